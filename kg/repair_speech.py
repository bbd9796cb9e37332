"""Repairs of reporting clauses: who speaks, and what belongs to what is said."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from kg.content import says
from kg.control import subject
from kg.mentions import Words
from kg.parse import PREDICATES, give_role, predicates
from kg.quotations import CLOSE, STRAIGHT
from kg.syntax import RELATIVES, SUBJECTS, children, is_passive


def repair_reporting(doc: Doc, words: Words) -> None:
    """Change heads and labels around verbs of saying in place."""
    _part_interrupted(doc, words)
    _turn_reporting_clauses(doc, words)
    _join_split_quotes(doc, words)
    _return_participles(doc, words)
    _set_sources_apart(doc)
    _part_from_modal(doc)
    for verb in doc:
        if verb.dep_ == "parataxis" and says(verb, words.lexicon):
            _keep_phrases(verb)


def _keep_phrases(verb: Token) -> None:
    """*Togo, its president said **on Tuesday**, had arrested them*: what stands between a verb of saying and the comma
    behind it tells when and where somebody spoke."""
    clause, doc = verb.head, verb.doc
    end = next((t.i for t in doc[verb.i : clause.i] if t.text == ","), None) if clause.i > verb.i else None
    if end is None:
        return
    for phrase in [c for host in (clause, verb) for c in children(host, "obl", "obl:unmarked", "advmod")]:
        if verb.i < phrase.left_edge.i and all(t.i <= end for t in phrase.subtree):
            phrase.head = verb
            give_role(clause, phrase.i, None)


def _turn_reporting_clauses(doc: Doc, words: Words) -> None:
    """*…, adds Burns.*, *…, its premier, Aqqaluk Olsen, hinted*: the noun beside a verb of saying that has its content
    before it and no subject is who speaks, and whom a speaker before it speaks to if there is one."""
    for verb in doc:
        if verb.pos_ != "VERB" or verb.lemma_ not in words.lexicon.speech:
            continue
        if subjects := children(verb, *SUBJECTS):
            if subjects[0].i < verb.i < subjects[-1].left_edge.i == verb.i + 1:
                # A verb has one subject: *"…," Putin told **Raisi*** speaks to the second.
                subjects[-1].dep_ = "obj"
            continue
        said = [c for c in verb.children if c.dep_ in ("ccomp", "parataxis") and c.i < verb.i]
        after = [c for c in verb.children if c.dep_ == "obj" and c.i > verb.i and c.pos_ in ("NOUN", "PROPN")]
        inserted = verb.dep_ == "parataxis" and verb.head.i < verb.i and verb.tag_ in ("VBD", "VBZ", "VBP")
        if (said or inserted) and after and after[0].left_edge.i == verb.i + 1:
            after[0].dep_ = "nsubj"
        elif (said or inserted) and (speaker := _apposed(verb, said[-1] if said else verb.head)) is not None:
            speaker.head, speaker.dep_ = verb, "nsubj"
        elif (speaker := _postposed(verb, bool(said), words)) is not None:
            speaker.dep_ = "nsubj"
            verb.dep_ = verb.dep_ if said else "parataxis"


def _apposed(verb: Token, said: Token) -> Token | None:
    """The noun right before a verb of saying at the end of what is said, alone or with a name between commas, which
    parsers hang on what is said (*… to Canada, **its premier**, Aqqaluk Olsen, hinted*)."""
    if verb.tag_ not in ("VBD", "VBZ") or is_passive(verb) or not said.is_ancestor(verb.nbor(-1)):
        return None
    doc = verb.doc
    commas = [t.i for t in doc[said.i : verb.i] if t.text == ","]
    named = commas[-1:] == [verb.i - 1]
    if len(commas) < (3 if named else 1):
        return None
    if not named:
        return _head_of(doc[commas[-1] + 1 : verb.i], said)
    noun, name = _head_of(doc[commas[-3] + 1 : commas[-2]], said), _head_of(doc[commas[-2] + 1 : commas[-1]], said)
    if noun is None or name is None or (noun.pos_ == name.pos_) or noun.is_ancestor(said):
        return None
    if not noun.is_ancestor(name):
        name.head, name.dep_ = noun, "appos"
    return noun


def _head_of(words: Span, said: Token) -> Token | None:
    """The noun that a stretch without verbs and without a preposition before it says more of; None if there is none."""
    heads = [t for t in words if t.head.i not in range(words.start, words.end) and not t.is_punct]
    plain = heads and not any(t.pos_ in ("VERB", "AUX", "CCONJ") for t in words) and not children(heads[0], "case")
    fits = plain and len(heads) == 1 and heads[0].pos_ in ("NOUN", "PROPN") and said.is_ancestor(heads[0])
    return heads[0] if fits else None


def _postposed(verb: Token, said: bool, words: Words) -> Token | None:
    """Who speaks after a comma and a verb at the end of a sentence, where the parser took him for whom something is done
    to (*…, alleged **the consul***)."""
    clause = verb.head
    beside = verb.dep_ in ("conj", "advcl", "parataxis") and clause.dep_ == "ROOT" and not children(verb, "mark", "cc")
    if verb.tag_ not in ("VBD", "VBZ", "VBN") or verb.i == 0 or verb.nbor(-1).text not in (",", "”", '"'):
        return None
    if not said and (not beside or clause.i > verb.i or any(c.dep_.startswith("aux") for c in verb.children)):
        return None
    nouns = [c for c in children(verb, "obj", "iobj") if c.i > verb.i]
    if len(nouns) != 1 or nouns[0].left_edge.i != verb.i + 1 or any(c.i > nouns[0].i for c in children(verb, "ccomp")):
        return None
    return nouns[0] if _can_speak(nouns[0], words) and not children(nouns[0], "conj") else None


def _part_interrupted(doc: Doc, words: Words) -> None:
    """*Nepal, says Deuba, needs India*, which parsers read as Nepal saying that Deuba needs India: a verb of saying
    right between two commas with the noun after it tells who speaks, and the noun before the commas belongs to what is
    said."""
    for verb in doc:
        if verb.pos_ != "VERB" or verb.tag_ in ("VB", "VBG") or not says(verb, words.lexicon):
            continue
        clause = next((c for c in children(verb, "ccomp") if c.i > verb.i), None)
        if clause is None:
            _set_apart(verb, words)
        else:
            _part_after_auxiliary(verb, clause)
        if clause is None or verb.tag_ not in ("VBD", "VBZ"):
            continue
        subjects = [*children(verb, "nsubj"), *children(clause, "nsubj")]
        first = next((c for c in subjects if c.i < verb.i), None)
        second = next((c for c in [*children(clause, "nsubj"), *children(verb, "obj")] if c.i > verb.i), None)
        if first is None or second is None or children(clause, "mark"):
            continue
        words_before = [t for t in doc[first.left_edge.i : verb.i] if not t.is_space]
        commas = [t.i for t in words_before if t.text == ","]
        end = max(t.i for t in second.subtree if t.text != ",") + 1
        if commas != [verb.i - 1] or second.left_edge.i != verb.i + 1 or doc[end].text != ",":
            continue
        _exchange(doc, verb, first, clause, second)


def _set_apart(verb: Token, words: Words) -> None:
    """*The junta, said Issoufou, had freed him*; *Moscow, a diplomat says, has recalled him*; *Guinea, Le Monde reported
    on Friday, has offered it*: a verb of saying between commas that was hung on the subject, or whose subject was,
    belongs beside the clause, with the noun next to it as its own subject."""
    clause = _interrupted(verb)
    if clause is None or any(t.lower_ in RELATIVES for t in verb.subtree):
        return
    noun = next(c for c in children(clause, *SUBJECTS, "obl:unmarked") if c.i < verb.i)
    if children(verb, "nsubj:pass"):
        noun.dep_ = "nsubj" if noun.dep_ == "obl:unmarked" else noun.dep_
        verb.head, verb.dep_ = clause, "parataxis"
        return
    own = (
        children(verb, "nsubj")
        or _inverted(verb)
        or [c for c in children(clause, "nsubj", "appos") if c.i > verb.i and c.left_edge.i == verb.i + 1]
    )
    found = own[0] if own else _inserted_speaker(verb, noun, clause, words)
    if found is not None:
        found.head, found.dep_ = verb, "nsubj"
        verb.head, verb.dep_, verb.tag_ = clause, "parataxis", "VBD" if verb.tag_ == "VBN" else verb.tag_
        give_role(verb, found.i, "ARG0")


def _part_after_auxiliary(verb: Token, clause: Token) -> None:
    """*Guyana will never, its president vowed, cede Essequibo*: what stands before the first comma belongs to the clause
    behind the second."""
    doc, subjects = verb.doc, children(verb, "nsubj")
    if len(subjects) != 2 or children(clause, "mark", *SUBJECTS) or subjects[1].i > verb.i:
        return
    commas = [t.i for t in doc[subjects[0].i : clause.i] if t.text == ","]
    if len(commas) != 2 or not commas[0] < subjects[1].left_edge.i < verb.i < commas[1] + 1:
        return
    if not any(c.i < commas[0] for c in children(verb, "aux")):
        return
    if verb.dep_ == "ROOT":
        clause.head, clause.dep_ = clause, "ROOT"
    else:
        clause.head, clause.dep_ = verb.head, verb.dep_
    for word in [c for c in verb.children if c.i < commas[0]]:
        word.head = clause
    verb.head, verb.dep_ = clause, "parataxis"
    give_role(clause, subjects[0].i, "ARG0")


def _interrupted(verb: Token) -> Token | None:
    """The clause whose subject and verb a verb of saying stands between, set off by commas; None if there is none."""
    nobody = [c for c in children(verb, "nsubj:pass") if c.lower_ == "it"]
    if (
        children(verb, "mark", "obl:agent")
        or (children(verb, "aux:pass") and not nobody)
        or (children(verb, "obj") and verb.lemma_ != "tell" and not _inverted(verb))
    ):
        return None
    above = verb.head
    if above.dep_ == "appos" and verb.dep_ in ("acl", "acl:relcl") and verb.tag_ == "VBN":
        above = above.head
    if verb.dep_ not in ("appos", "parataxis", "acl", "acl:relcl"):
        return None
    clause = above if above.i > verb.i else above.head
    nouns = [
        c
        for c in children(clause, *SUBJECTS, "obl:unmarked")
        if c.i < verb.i and (c.i == above.i or clause.i == above.i)
    ]
    if not nouns or not verb.i < clause.i or children(clause, "mark"):
        return None
    before, after = verb.doc[nouns[0].i : verb.i], verb.doc[verb.i : clause.i]
    return clause if all(any(t.text == "," for t in part) for part in (before, after)) else None


def _inverted(verb: Token) -> list[Token]:
    """Whoever speaks right behind an inserted verb of saying, between commas, taken for its object (*, claims **Poland**,
    *)."""
    doc, found = verb.doc, children(verb, "obj")
    if len(found) != 1 or children(verb, "nsubj") or verb.i == 0 or doc[verb.i - 1].text != ",":
        return []
    end = max(t.i for t in found[0].subtree if t.text != ",") + 1
    return found if found[0].left_edge.i == verb.i + 1 and end < len(doc) and doc[end].text == "," else []


def _inserted_speaker(verb: Token, noun: Token, clause: Token, words: Words) -> Token | None:
    """The noun of all that stands between the comma and an inserted verb of saying, if it is one who speaks."""
    doc = verb.doc
    commas = [t.i for t in doc[noun.i : verb.i] if t.text == ","]
    found = _head_of(doc[commas[-1] + 1 : verb.i], clause) if len(commas) == 1 else None
    return found if found is not None and _can_speak(found, words) else None


def _can_speak(noun: Token, words: Words) -> bool:
    type_ = words.lexicon.nouns.get(noun.lemma_.lower())
    source = noun.lemma_.lower() in words.lexicon.sources
    return noun.pos_ == "PROPN" or source or (type_ is not None and type_.type in ("Person", "Organization", "Group"))


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


def _return_participles(doc: Doc, words: Words) -> None:
    """*Rossi said the delay was a scandal, **adding** that …*: a participle of saying that was hung on what is said
    belongs to who says it, where the subject of what is said is none that speaks, and *adding* always does."""
    for verb in doc:
        speaks = verb.tag_ == "VBG" and verb.lemma_ in words.lexicon.speech and verb.dep_ in ("advcl", "acl")
        if not speaks or children(verb, "mark", *SUBJECTS) or not any(t.text == "," for t in doc[verb.i - 2 : verb.i]):
            continue
        said = host = verb.head if verb.head.dep_ not in ("obj", "obl") else verb.head.head
        while said.dep_ in ("conj", "xcomp") and said.head.i < said.i:
            said = said.head
        reporter = said.head
        told = said.dep_ == "ccomp" and reporter.i < said.i and reporter.lemma_ in words.lexicon.speech
        speaker = subject(reporter) if told and not is_passive(reporter) else None
        inner = subject(host)
        quoted = doc[verb.i - 1].text in CLOSE | STRAIGHT
        # Of *one of the militias* the militias are who may speak.
        heads = [inner, *children(inner, "nmod")] if inner is not None else []
        mute = said.pos_ != "VERB" or not any(t.pos_ == "PRON" or _can_speak(t, words) for t in heads)
        if speaker is not None and (quoted or mute or verb.lemma_ in words.lexicon.continuing):
            verb.head, verb.dep_ = reporter, "advcl"
            give_role(verb, speaker.i, "ARG0")


def _part_from_modal(doc: Doc) -> None:
    """*Rossi told him that Mali would help and **urged** Iran to leave*: a past or present tense can't follow *would*;
    it goes with the reporting verb of its tense."""
    for verb in doc:
        if verb.tag_ not in ("VBD", "VBZ") or verb.dep_ != "conj" or children(verb, "aux", "aux:pass", *SUBJECTS):
            continue
        said = [c for c in children(verb.head, "ccomp") if c.i < verb.i]
        first = verb.head if verb.head.dep_ == "ccomp" else said[-1] if said else verb
        modal = first.tag_ == "VB" and any(c.tag_ == "MD" for c in children(first, "aux"))
        reporter, speaker = first.head, subject(first.head)
        if modal and reporter.i < first.i and reporter.tag_ == verb.tag_ and speaker is not None:
            verb.head = reporter
            if not is_passive(reporter):
                give_role(verb, speaker.i, "ARG0")


def _set_sources_apart(doc: Doc) -> None:
    """*Peru, which according to Rossi attacked it*: a source takes no part in what it tells; the relative pronoun
    does."""
    for noun in doc:
        verb = noun.head
        if verb.pos_ != "VERB" or not any(c.lower_ == "according" for c in children(noun, "case")):
            continue
        acts = any(p.word == verb.i and (noun.i, "ARG0") in p.args for p in predicates(doc))
        give_role(verb, noun.i, None)
        own = [c for c in children(verb, "nsubj", "obj") if c.tag_ in ("WDT", "WP") and c.i < verb.i]
        if own and acts and not is_passive(verb) and len(children(verb, *SUBJECTS)) == (own[0].dep_ == "nsubj"):
            own[0].dep_ = "nsubj"
            give_role(verb, own[0].i, "ARG0")


def _exchange(doc: Doc, verb: Token, first: Token, clause: Token, second: Token) -> None:
    """Make a reported clause the main one, with the reporting verb's subject as its own, and its subject the
    speaker."""
    if verb.dep_ == "ROOT":
        clause.head, clause.dep_ = clause, "ROOT"
    else:
        clause.head, clause.dep_ = verb.head, verb.dep_
    verb.head, verb.dep_ = clause, "parataxis"
    first.head, second.head, second.dep_ = clause, verb, "nsubj"
    roles = {verb.i: {first.i: second.i}, clause.i: {second.i: first.i}}
    doc.user_data[PREDICATES] = tuple(
        p._replace(
            args=tuple((roles[p.word].get(i, i), role) for i, role in p.args if p.word != verb.i or role != "ARG1")
        )
        if p.word in roles
        else p
        for p in predicates(doc)
    )
