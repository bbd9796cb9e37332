"""What is said: the tokens that a reporting word gives to its speaker, and where they end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.lexicon import Lexicon
from kg.quotations import CLOSE, OPEN, STRAIGHT
from kg.syntax import SUBJECTS, children, particle, preposition

# Verbs of saying that parsers hang on what is said when they stand inside or after it.
CORE_CUES = frozenset(("say", "add", "tell"))
# Verbs whose object or infinitive is what they charge or own up to, and claimed to be so.
CHARGES = frozenset(("accuse", "charge", "blame", "deny", "admit", "claim"))
# Prepositions whose phrase tells what is spoken of, wanted or judged.
TOPICAL = frozenset(("for", "on", "to", "about", "over", "against", "with", "of", "as", "from", "into", "at"))
DASHES = frozenset(("—", "–", "--", "-"))


def says(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb reports, by itself or with its particle: *it was theirs, she **went on***; who *went on to visit
    Rome*, or *went on television*, says nothing by it."""
    found = particle(verb)
    if verb.lemma_ in lexicon.speech or f"{verb.lemma_} {found}" not in lexicon.speech:
        return verb.lemma_ in lexicon.speech
    further = children(verb, "xcomp", "obl", "obj", "advcl")
    inserted = verb.dep_ in ("parataxis", "acl:relcl", "acl", "appos")
    return not further and (inserted or bool(children(verb, "ccomp")))


def judged_by_particle(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb with its particle is another word than the verb of speech: *rule out*."""
    found = particle(verb)
    return found is not None and f"{verb.lemma_} {found}" in lexicon.effects


def misplaced(verb: Token, lexicon: Lexicon) -> Token | None:
    """The reporting verb with which a reporting verb is coordinated, where the parser hung it on what is reported:
    *he **says** Iran may leave, but **insists** …*. They agree in tense, and what is reported doesn't."""
    first = verb.head
    if verb.dep_ != "conj" or any(c.dep_ in SUBJECTS for c in verb.children):
        return None
    governor = first.head
    if first.dep_ == "ccomp" and governor.lemma_ in lexicon.speech and governor.tag_ == verb.tag_ != first.tag_:
        return governor if verb.tag_ in ("VBD", "VBZ") and children(first, "aux") else None
    return None


def clauses_of(verb: Token, args: Iterable[tuple[int, str]], lexicon: Lexicon) -> set[int]:
    """The tokens of what is said: the complement clause; the clause around an inserted verb; the clause of a role."""
    content: set[int] = set()
    for child in verb.children:
        if _is_said(child, verb):
            content |= {t.i for t in child.subtree}
            content |= _charged(child, verb)
    for noun in children(verb, "obj") if not content else ():
        # *Pointed out the fact that …*.
        content |= {t.i for c in children(noun, "acl") if noun.lemma_ == "fact" and _is_that(c) for t in c.subtree}
    if not content and verb.lemma_ in CORE_CUES:
        content |= {t.i for clause in _on_conditions(verb) for t in clause.subtree}
    inserted = verb.dep_ == "ccomp" and verb.i > verb.head.i and not content and verb.lemma_ in CORE_CUES
    if (verb.dep_ == "parataxis" and _is_inserted(verb)) or inserted:
        own = {t.i for t in verb.subtree}
        content |= {t.i for t in verb.head.subtree if t.i < _told_apart(verb)} - own
    if not content and _echoes(verb, args, lexicon):
        own = {t.i for t in verb.subtree}
        content |= {t.i for t in verb.head.subtree} - own
    if not content and verb.dep_ == "advcl" and any(m.lower_ == "as" for m in children(verb, "mark")):
        content |= _quoted_as(verb)
    if not content and _interrupts(verb):
        own = {t.i for t in verb.subtree}
        content |= {t.i for t in verb.head.head.subtree} - own
    for index, role in args:
        argument = verb.doc[index]
        if role == "ARG1" and _is_clause(argument) and argument.i != verb.i:
            tokens = {t.i for t in argument.subtree}
            content |= tokens if verb.i not in tokens else set()
    return content


def _is_that(clause: Token) -> bool:
    return any(m.lower_ == "that" for m in children(clause, "mark"))


def _told_apart(verb: Token) -> int:
    """Where something else is told: the semicolon behind an inserted verb (*Rebels shelled Gao, Mali says; they deny it*)."""
    after = verb.doc[verb.right_edge.i + 1 : verb.sent.end]
    return next((t.i for t in after if t.text == ";"), verb.sent.end) if verb.i > verb.head.i else verb.sent.end


def _on_conditions(verb: Token) -> Iterator[Token]:
    """Clauses with *that* which the parser hung on a phrase between (*said on condition of anonymity **that** …*)."""
    for phrase in children(verb, "obl"):
        for noun in [phrase, *children(phrase, "nmod")]:
            yield from (
                c
                for c in children(noun, "acl", "acl:relcl")
                if c.i > verb.i and any(m.lower_ == "that" for m in children(c, "mark")) and c.tag_ != "VB"
            )


def _echoes(verb: Token, args: Iterable[tuple[int, str]], lexicon: Lexicon) -> bool:
    """*As Museveni said on Monday, …*, *as reported by Reuters*: what is said is the clause around."""
    if verb.dep_ != "advcl" or verb.lemma_ not in lexicon.echoes or children(verb, "obj", "ccomp", "xcomp"):
        return False
    marks = [m.lower_ for m in children(verb, "mark", "advmod")]
    past = any(m.lower_ == "had" for m in children(verb, "aux"))
    return marks == ["as"] and verb.tag_ != "VBG" and not past and all(role != "ARG1" for _, role in args)


def _interrupts(verb: Token) -> bool:
    """Whether a verb of saying stands between commas after a subject, which parsers take for a relative clause:
    *Nigeria, the spokesman added, would not …*."""
    if verb.dep_ != "acl:relcl" or verb.lemma_ not in CORE_CUES or verb.head.dep_ not in SUBJECTS:
        return False
    own = [c for c in verb.children if c.dep_ in SUBJECTS and c.tag_ not in ("WP", "WDT")]
    between = verb.doc[verb.head.i + 1]
    return bool(own) and between.text == "," and not any(_complements(c) for c in verb.children)


def _quoted_as(verb: Token) -> set[int]:
    """*Rebels left Gao, Reuters quoted him **as saying***: what stands before."""
    quoting = verb.head
    if verb.tag_ != "VBG" or quoting.lemma_ not in ("quote", "cite"):
        return set()
    said = [c for c in children(quoting, "ccomp") if c.i < quoting.i]
    if not said and quoting.dep_ == "parataxis" and quoting.head.i < quoting.i:
        return {t.i for t in quoting.head.subtree} - {t.i for t in quoting.subtree}
    return {t.i for clause in said for t in clause.subtree}


def _is_clause(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX", "ADJ") and token.dep_ in ("ccomp", "ROOT", "parataxis", "conj")


def _is_said(child: Token, verb: Token) -> bool:
    if child.dep_ in ("ccomp", "csubj"):
        return True
    if child.dep_ == "parataxis":
        # *Mali accuses Niger of it, Niger accuses Mali*: that is told, not said by Mali.
        beside = verb.lemma_ in CHARGES and child.i > verb.i and bool(children(verb, "obj"))
        return not has_cue_subject(child) and not beside
    if child.dep_ == "xcomp":
        return verb.lemma_ in CHARGES
    return child.dep_ == "advcl" and verb.lemma_ in CHARGES and bool(children(child, "mark"))


def _charged(clause: Token, verb: Token) -> set[int]:
    """Who is accused belongs to what he is accused of."""
    if clause.dep_ not in ("advcl", "xcomp") or verb.lemma_ not in CHARGES:
        return set()
    return {t.i for child in children(verb, "obj", "orphan") for t in child.subtree}


def _is_inserted(verb: Token) -> bool:
    """Whether a verb of saying stands inside or after what is said, set off by commas; a clause after a semicolon
    tells something else."""
    if any(_complements(c) for c in verb.children) and not (children(verb, "obj") and verb.lemma_ in CORE_CUES):
        return False
    first, last = sorted((verb.i, verb.head.i))
    return not any(t.text in (";", ":") for t in verb.doc[first:last])


def _complements(child: Token) -> bool:
    if child.dep_ == "obl":
        return child.pos_ in ("NOUN", "PROPN", "VERB") and preposition(child) in ("of", "about")
    return child.dep_ in ("obj", "ccomp") and child.pos_ in ("NOUN", "PROPN", "VERB")


def has_cue_subject(token: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in token.children) and token.lemma_ in CORE_CUES


def objects_of(verb: Token, lexicon: Lexicon) -> set[int]:
    """The tokens of what is wanted, judged, announced, talked about: object, infinitive, topical phrases."""
    content: set[int] = set()
    addressed = verb.lemma_ in lexicon.addressing
    for child in verb.children:
        if child.dep_ in ("obj", "ccomp", "xcomp"):
            content |= set() if addressed and child.dep_ == "obj" else {t.i for t in child.subtree}
        elif child.dep_ == "obl" and child.i > verb.i and preposition(child) in TOPICAL:
            content |= without_preposition(child) if not content or preposition(child) != "to" else set()
        elif child.dep_ == "advcl" and child.i > verb.i and any(m.lower_ in TOPICAL for m in children(child, "mark")):
            content |= {t.i for t in child.subtree} if content or verb.lemma_ in lexicon.attitudes else set()
    return content


def without_preposition(phrase: Token) -> set[int]:
    marks = {t.i for mark in children(phrase, "case") for t in mark.subtree}
    return {t.i for t in phrase.subtree} - marks


def trimmed(content: set[int], verb: Token, lexicon: Lexicon) -> frozenset[int]:
    """Content without what the parser hung on it by mistake and what the writer adds behind a dash, and without
    punctuation at its ends."""
    doc = verb.doc
    for token in [doc[i] for i in sorted(content)]:
        if _comments(token, lexicon) or _contrasts(token, lexicon):
            content -= {t.i for t in token.subtree}
    if not content:
        return frozenset()
    if verb.i < min(content):
        for token in [doc[i] for i in sorted(content)]:
            if _same(misplaced(token, lexicon), verb):
                content -= {t.i for t in token.subtree}
                content -= {c.i for c in children(token.head, "cc") if c.i < token.i}
        content = _before_dash(content, doc)
    return trim(content, doc)


def _comments(token: Token, lexicon: Lexicon) -> bool:
    """Whether a noun of speech with a clause stands behind what somebody says (*…, a charge that Gitega denied*)."""
    told = token.lemma_ in lexicon.hearsay | lexicon.attitude_nouns or token.lemma_ in CHARGES
    apart = token.dep_ in ("appos", "parataxis") and token.doc[token.left_edge.i - 1].text == ","
    apart = apart or (token.dep_ in ("appos", "parataxis") and token.left_edge.text == ",")
    return told and apart and token.pos_ == "NOUN" and bool(children(token, "acl", "acl:relcl"))


def _contrasts(clause: Token, lexicon: Lexicon) -> bool:
    """Whether a clause tells what somebody else says (*Ankara says it did, **while Moscow says** it didn't*)."""
    apart = clause.left_edge.i > 0 and "," in (clause.left_edge.text, clause.doc[clause.left_edge.i - 1].text)
    marked = any(m.lower_ in ("while", "whereas", "though", "although") for m in children(clause, "mark"))
    reports = clause.lemma_ in lexicon.speech | lexicon.denials and any(c.dep_ in SUBJECTS for c in clause.children)
    return clause.dep_ == "advcl" and apart and marked and reports


def _same(token: Token | None, other: Token) -> bool:
    return token is not None and token.i == other.i


def _before_dash(content: set[int], doc: Doc) -> set[int]:
    """The part of indirect speech before a single dash outside quotation marks."""
    ordered = sorted(content)
    if any(doc[i].text in OPEN | STRAIGHT for i in ordered[:2]):
        return content
    dashes = [i for i in ordered if doc[i].text in DASHES and (doc[i - 1].whitespace_ or doc[i].text == "—")]
    inside = [i for i in dashes if sum(doc[j].text in OPEN | CLOSE | STRAIGHT for j in ordered if j < i) % 2 == 0]
    if len(inside) != 1 or inside[0] - ordered[0] < 3:
        return content
    return {i for i in content if i < inside[0]}


def trim(content: Iterable[int], doc: Doc) -> frozenset[int]:
    """Tokens without white space and, at both ends, punctuation other than quotation marks."""
    ordered = [i for i in sorted(content) if not doc[i].is_space]
    keep = OPEN | CLOSE | STRAIGHT | {"(", ")", "‘", "’", "'", "[", "]", "$", "#", "@"}
    while ordered and doc[ordered[0]].is_punct and doc[ordered[0]].text not in keep:
        ordered.pop(0)
    while ordered and doc[ordered[-1]].is_punct and doc[ordered[-1]].text not in keep:
        ordered.pop()
    return frozenset(ordered)
