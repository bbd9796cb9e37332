"""Repairs of a parse by what is known about names: a name is one noun, and a title before it belongs to it.

A name's inner tokens may have caught its preposition, conjuncts or head (*Supreme Leader Ayatollah Ali Khamenei*).
Before relations are read, every name hangs by one token, and what the parser hung on its parts hangs on that token.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from kg.mentions import Candidate, Words, title_in
from kg.parse import PREDICATES, predicates
from kg.syntax import RELATIVES, SUBJECTS, children, obliques

# What a part of a name may not govern: it belongs to the name as a whole.
MOVED = frozenset(
    ("conj", "cc", "case", "appos", "nmod", "acl:relcl", "acl", "punct", "nmod:desc", "amod", "det", "nmod:poss")
)


def repair_tree(doc: Doc, names: Sequence[Candidate], words: Words) -> None:
    """Change heads and labels of a parsed Doc in place."""
    for name in names:
        if name.kind == "name":
            _collapse(doc, name)
    for name in names:
        if name.kind == "name" and name.type == "Person":
            # A name may have two titles before it: each takes its turn.
            while _attach_title(doc, name, words):
                pass
            _join_title_chain(doc[name.head])
            _coordinate(doc[name.head])
    for name in names:
        if name.kind == "name":
            _put_before_description(doc, name)
            _raise_apposition(doc, name, words)
    _right_voice(doc)
    _relate_clauses(doc)
    _join_countries(doc, names)
    _free_recipients(doc, names, words)
    _part_interrupted(doc, words)
    _turn_reporting_clauses(doc, words)
    _join_split_quotes(doc, words)


def _collapse(doc: Doc, name: Candidate) -> None:
    """Hang the parts of a name on its head token, and their other dependents on that too."""
    inside = range(name.start, name.end)
    head = doc[name.head]
    for index in inside:
        token = doc[index]
        if token.i == head.i:
            continue
        outward = token.head.i not in inside
        if outward and token.dep_ != "punct":
            if _is_ancestor(token, head):
                # The name's head takes the place of a part that governs it: a tree has no circles.
                head.head, head.dep_ = token.head, token.dep_
            token.head = head
            token.dep_ = "flat" if token.i > head.i else "compound"
        for child in list(token.children):
            if child.i not in inside and child.dep_ in MOVED and not _is_ancestor(child, head):
                child.head = head


def _attach_title(doc: Doc, name: Candidate, words: Words) -> bool:
    """A role noun right before a person's name is its title, however the parser took it; the name takes its place.

    True if anything was changed.
    """
    head, start = doc[name.head], name.start
    while start > 0 and doc[start - 1].dep_ == "nmod:desc" and doc[start - 1].head.i == head.i:
        start = doc[start - 1].left_edge.i
    if start == 0 or doc[start - 1].pos_ not in ("NOUN", "PROPN"):
        return False
    title = doc[start - 1]
    if title.head.i in range(name.start, name.end) and title.dep_ in ("nmod:desc", "compound", "flat"):
        return False
    is_title = title_in(title, words) is not None or title.lower_ in words.lexicon.honorifics
    if title.dep_ in ("compound", "flat") or not is_title or title.tag_ in ("NNS", "NNPS"):
        return False
    related = (
        head.head.i == title.i
        or (head.head.i == title.head.i and head.dep_ == title.dep_)
        or head.dep_ in ("conj", "appos", "flat", "list", "dep", "parataxis", "nmod", "compound")
        or title.dep_ in ("nmod:unmarked", "conj", "nsubj", "obj")
    )
    if not related or (_is_ancestor(head, title) and head.head.i != title.i):
        return False
    return _swap(title, head)


def _join_title_chain(head: Token) -> None:
    """*Supreme Leader Ayatollah* Ali Khamenei: a title that hangs on another title belongs to the name."""
    for title in [c for c in head.children if c.dep_ == "nmod:desc"]:
        for inner in [c for c in title.children if c.dep_ == "nmod:desc" and c.i < title.i]:
            inner.head = head


def _coordinate(head: Token) -> None:
    """A name after another that was taken for its title is coordinated with it (*Raisi and* Ali Khamenei)."""
    if head.dep_ == "nmod:desc" and head.i > head.head.i and any(c.dep_ == "cc" for c in head.children):
        head.dep_ = "conj"


def _put_before_description(doc: Doc, name: Candidate) -> None:
    """*its neighbour Somalia*, *the newspaper Le Soir*: a common noun right before its name describes it; the name takes
    its place."""
    head = doc[name.head]
    noun = head.head
    close = head.dep_ == "appos" and noun.i == name.start - 1 and noun.tag_ == "NN"
    if close and not children(head, "case", "cc") and not children(noun, "case"):
        _swap(noun, head)


def _raise_apposition(doc: Doc, name: Candidate, words: Words) -> None:
    """*The mayor of Kyiv, Vitali Klitschko, …*: a person is in no apposition to a place, but to the office that goes with
    it."""
    head = doc[name.head]
    place = head.head
    office = place.head
    if name.type != "Person" or head.dep_ != "appos" or place.dep_ != "nmod" or place.pos_ != "PROPN":
        return
    if office.pos_ == "NOUN" and office.i < place.i and title_in(office, words) is not None:
        head.head = office


def _right_voice(doc: Doc) -> None:
    """*Nigeria accused Twitter*: a verb in the past tense with an object and no auxiliary is in the active voice."""
    for verb in doc:
        active = (
            verb.tag_ in ("VBD", "VBZ", "VBP") and children(verb, "obj") and not children(verb, "aux:pass", "obl:agent")
        )
        for patient in children(verb, "nsubj:pass") if active else []:
            patient.dep_ = "nsubj"


def _relate_clauses(doc: Doc) -> None:
    """*Saw drones in Iran that Moscow may want to buy*: a clause with *that* which is no argument of the verb that has an
    object already, and lacks an object itself, tells which thing is meant."""
    arguments = {p.word: {i for i, _ in p.args} for p in predicates(doc)}
    for verb in doc:
        if verb.pos_ != "VERB" or verb.i not in arguments:
            continue
        things = [c for c in children(verb, "obj") if c.pos_ == "NOUN"]
        clauses = [c for c in children(verb, "ccomp") if any(m.lower_ == "that" for m in children(c, "mark"))]
        if len(things) != 1 or len(clauses) != 1 or clauses[0].i in arguments[verb.i] or clauses[0].i < things[0].i:
            continue
        innermost = clauses[0]
        while children(innermost, "xcomp"):
            innermost = children(innermost, "xcomp")[0]
        if innermost.pos_ == "VERB" and not children(innermost, "obj", "ccomp", "aux:pass", "cop"):
            clauses[0].head, clauses[0].dep_ = things[0], "acl:relcl"


def _join_countries(doc: Doc, names: Sequence[Candidate]) -> None:
    """*Japan, Philippines sign pact*: a country is in no apposition to another, but coordinated with it."""
    countries = {name.head for name in names if name.kind == "name" and name.type == "Country"}
    for index in countries:
        token = doc[index]
        if token.dep_ == "appos" and token.head.i in countries and token.head.i < index:
            token.dep_ = "conj"


def _free_recipients(doc: Doc, names: Sequence[Candidate], words: Words) -> None:
    """*sold Azerbaijan drones*: a name between a verb of giving and its object is who gets it, not a modifier."""
    for name in names:
        if name.kind != "name" or name.type not in ("Country", "Organization", "Person", "Place") or name.start == 0:
            continue
        head, verb = doc[name.head], doc[name.start - 1]
        thing = head.head
        between = thing.i > head.i and thing.dep_ == "obj" and thing.head.i == verb.i
        if not between or head.dep_ not in ("compound", "nmod:unmarked", "nmod") or children(head, "case"):
            continue
        told = any(mark in ("to", "for") for token in (verb, thing) for mark, _ in obliques(token))
        if verb.lemma_ in words.lexicon.transfer_verbs and not told and thing.tag_ != "NNP":
            head.head, head.dep_ = verb, "iobj"


def _turn_reporting_clauses(doc: Doc, words: Words) -> None:
    """*…, adds Burns.*: the noun after a verb of saying that has its content before it and no subject is who
    speaks."""
    for verb in doc:
        if (
            verb.pos_ != "VERB"
            or verb.lemma_ not in words.lexicon.speech
            or any(c.dep_ in SUBJECTS for c in verb.children)
        ):
            continue
        said = [c for c in verb.children if c.dep_ in ("ccomp", "parataxis") and c.i < verb.i]
        after = [c for c in verb.children if c.dep_ == "obj" and c.i > verb.i and c.pos_ in ("NOUN", "PROPN")]
        inserted = verb.dep_ == "parataxis" and verb.head.i < verb.i and verb.tag_ in ("VBD", "VBZ", "VBP")
        if (said or inserted) and after and after[0].left_edge.i == verb.i + 1:
            after[0].dep_ = "nsubj"


def _part_interrupted(doc: Doc, words: Words) -> None:
    """*Nepal, says Deuba, needs India*, which parsers read as Nepal saying that Deuba needs India: a verb of saying
    right between two commas with the noun after it tells who speaks, and the noun before the commas belongs to what is
    said."""
    for verb in doc:
        if verb.pos_ != "VERB" or verb.tag_ not in ("VBD", "VBZ") or verb.lemma_ not in words.lexicon.speech:
            continue
        clause = next((c for c in children(verb, "ccomp") if c.i > verb.i), None)
        if clause is None:
            _set_apart(verb)
            continue
        subjects = [*children(verb, "nsubj"), *children(clause, "nsubj")]
        first = next((c for c in subjects if c.i < verb.i), None)
        second = next((c for c in children(clause, "nsubj") if c.i > verb.i), None)
        if first is None or second is None or children(clause, "mark"):
            continue
        words_before = [t for t in doc[first.left_edge.i : verb.i] if not t.is_space]
        commas = [t.i for t in words_before if t.text == ","]
        end = max(t.i for t in second.subtree if t.text != ",") + 1
        if commas != [verb.i - 1] or second.left_edge.i != verb.i + 1 or doc[end].text != ",":
            continue
        _exchange(doc, verb, first, clause, second)


def _set_apart(verb: Token) -> None:
    """*The junta, said Issoufou, had freed him*; *Moscow, a diplomat says, has recalled him*: a verb of saying between
    commas that was hung on the subject belongs beside the clause, with the noun next to it as its own subject."""
    noun = verb.head
    clause = noun.head
    inserted = verb.dep_ in ("appos", "parataxis", "acl", "acl:relcl") and noun.dep_ in ("nsubj", "nsubj:pass")
    if not inserted or not noun.i < verb.i < clause.i or children(verb, "mark", "obj"):
        return
    if any(t.lower_ in RELATIVES for t in verb.subtree):
        return
    own = children(verb, "nsubj") or [
        c for c in children(clause, "nsubj", "appos") if c.i > verb.i and c.left_edge.i == verb.i + 1
    ]
    if own:
        own[0].head, own[0].dep_ = verb, "nsubj"
        verb.head, verb.dep_ = clause, "parataxis"


def _join_split_quotes(doc: Doc, words: Words) -> None:
    """*"The Cubans," said Grant, "have trained our doctors"*: a quoted noun before a verb of saying is the subject of the
    quoted clause after it that has none."""
    for verb in doc:
        if verb.pos_ != "VERB" or verb.lemma_ not in words.lexicon.speech:
            continue
        quoted = [
            c for c in children(verb, "ccomp", "dislocated") if c.i < verb.i and c.pos_ in ("NOUN", "PROPN", "PRON")
        ]
        clauses = [c for c in children(verb, "ccomp", "parataxis") if c.i > verb.i and c.pos_ in ("VERB", "AUX")]
        if len(quoted) != 1 or len(clauses) != 1 or children(quoted[0], "cop", *SUBJECTS):
            continue
        finite = clauses[0].tag_ in ("VBD", "VBZ", "VBP") or children(clauses[0], "aux", "aux:pass")
        if finite and not children(clauses[0], "mark", *SUBJECTS):
            quoted[0].head, quoted[0].dep_ = clauses[0], "nsubj"


def _exchange(doc: Doc, verb: Token, first: Token, clause: Token, second: Token) -> None:
    """Make a reported clause the main one, with the reporting verb's subject as its own, and its subject the
    speaker."""
    if verb.dep_ == "ROOT":
        clause.head, clause.dep_ = clause, "ROOT"
    else:
        clause.head, clause.dep_ = verb.head, verb.dep_
    verb.head, verb.dep_ = clause, "parataxis"
    first.head, second.head = clause, verb
    roles = {verb.i: {first.i: second.i}, clause.i: {second.i: first.i}}
    doc.user_data[PREDICATES] = tuple(
        p._replace(
            args=tuple((roles[p.word].get(i, i), role) for i, role in p.args if p.word != verb.i or role != "ARG1")
        )
        if p.word in roles
        else p
        for p in predicates(doc)
    )


def _swap(title: Token, head: Token) -> bool:
    """Put the name where its title stands in the tree, and the title under it, unless the name governs the title."""
    above, dep = title.head, title.dep_
    if above.i == title.i:
        return False
    if head.i == above.i or _is_ancestor(head, above):
        return False
    head.head = above
    head.dep_ = dep
    for child in list(title.children):
        # Articles and what describes the office stay with the title; the rest of the phrase belongs to the person.
        if child.dep_ in ("case", "cc", "conj", "punct", "appos", "acl:relcl") and child.i != head.i:
            child.head = head
    title.head = head
    title.dep_ = "nmod:desc"
    return True


def _is_ancestor(token: Token, other: Token) -> bool:
    """Whether a token governs the other, however far."""
    return any(ancestor.i == token.i for ancestor in other.ancestors)
