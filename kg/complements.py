"""The clause under a word, and who takes part in it: in what is agreed, refused, demanded, promised, threatened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kg.control import subject
from kg.lenders import PLACING
from kg.lexicon import Lexicon
from kg.markers import is_negated
from kg.syntax import OBJECTS, SUBJECTS, children, is_passive, obliques, preposition

# Prepositions before whom something is done for.
BENEFITING = frozenset(("to", "for", "with", "toward", "towards", "between"))


def in_complement(token: Token) -> Iterator[Token]:
    """Who takes part in what is agreed, refused, threatened, demanded: subject, objects and phrases of the clause that
    hangs on a word (*threatened to close the border with **Iraq***), nearest clause first."""
    for clause in children(token, "xcomp", "ccomp", "acl", "advcl"):
        purpose = any(m.lower_ == "to" for m in children(clause, "mark")) and not children(token, "obj")
        if clause.dep_ == "advcl" and not purpose:
            continue
        if any(m.lower_ in ("whether", "if") for m in children(clause, "mark")):
            # Refused to say *if Iran had armed them*: that is what was asked, not what was refused.
            continue
        yield from (c for c in clause.children if c.dep_ in SUBJECTS)
        # Refused to meet *his counterpart* in Brussels: objects before phrases.
        for part in [*children(clause, "obj", "iobj"), clause]:
            if part is not clause:
                yield part
                yield from (c for c in children(part, "nmod:poss", "amod", "compound") if c.pos_ != "PRON")
            yield from (noun for mark, noun in obliques(part) if not _is_elsewhere(mark, part, clause))
        yield from in_complement(clause)


def _is_elsewhere(mark: str, part: Token, clause: Token) -> bool:
    """Whether a phrase names nobody to whom something is promised or allowed: let the ship go **to Tunis**, offered to
    host talks **between rivals**."""
    if part is clause:
        there = clause.dep_ == "advcl" and mark in PLACING
        return there or (clause.lemma_ in ("go", "come", "land", "dock") and mark in {"to", "into", "from"} | PLACING)
    return mark in PLACING or mark in ("between", "among")


def beneficiaries(token: Token, lexicon: Lexicon) -> Iterator[Token]:
    """For whom what is promised is done: whom phrases with *to*, *for* and *with* name, and the object of its clause,
    unless it is the promiser's own or only made then."""
    for clause in _promised(token):
        if is_negated(clause, lexicon):
            # Vowed *never to recognise Kosovo*: nothing is promised them.
            continue
        yield from children(clause, "iobj")
        objects = [o for o in children(clause, "obj") if not _is_own(o)]
        # Agreed to work *with China*; to support them *with advice*.
        marks = BENEFITING - {"with"} if children(clause, "obj") else BENEFITING
        yield from (noun for mark, noun in obliques(clause) if mark in marks)
        yield from (
            o for o in objects if clause.lemma_ not in lexicon.creation | lexicon.harming and not _is_means(o, lexicon)
        )
        for part in [clause, *children(clause, "obj")]:
            # Agreed to host *Solih's talks*: they are his already.
            event = (noun := lexicon.nouns.get(part.lemma_.lower())) is not None and noun.type == "Event"
            yield from (c for c in children(part, "nmod:poss") if c.pos_ != "PRON" and not event)
            inner = obliques(part) if part is not clause else ()
            yield from (noun for mark, noun in inner if mark in BENEFITING - {"between"})
        yield from _relieved(clause, lexicon)
        yield from beneficiaries(clause, lexicon)


def _relieved(clause: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Who is freed of a restriction or of troops, or let do something: to lift sanctions *on **Mali***, withdraw *from
    **Syria***, allow the return *of **workers***, open the border *for **Libyans** to trade*."""
    if clause.lemma_ in lexicon.leaving_lands:
        yield from (noun for mark, noun in obliques(clause) if mark == "from")
    wanted = {"on", "against"} if clause.lemma_ in lexicon.easing else set()
    wanted |= {"of"} if clause.lemma_ in lexicon.allowing else set()
    for thing in children(clause, "obj"):
        yield from (noun for mark, noun in obliques(thing) if mark in wanted)
    for purpose in children(clause, "advcl"):
        if any(m.lower_ == "for" for m in children(purpose, "mark")):
            yield from children(purpose, "nsubj")


def _is_means(token: Token, lexicon: Lexicon) -> bool:
    """Whether it is with his own that somebody does what he promised: ships, or troops of whom nothing is told (*agreed to
    pull back **troops***)."""
    troops = lexicon.hypernyms.get("troop")
    bare = not children(token, "amod", "compound", "nmod:poss", "nmod", "det")
    return token.lemma_ in lexicon.military or (bare and troops is not None and token.lemma_ in troops.words)


def undergoers(token: Token) -> Iterator[Token]:
    """To whom what is threatened would be done: never who does it."""
    for clause in _promised(token):
        parts = [clause, *children(clause, "iobj", "obj")]
        yield from (o for o in parts[1:] if not _is_own(o))
        for part in parts:
            yield from (c for c in children(part, "nmod:poss") if c.pos_ != "PRON")
            yield from (noun for mark, noun in obliques(part) if mark not in PLACING and not _is_own(noun))
        yield from undergoers(clause)


def causes(hosts: Iterable[Token], lexicon: Lexicon) -> Iterator[Token]:
    """For whose good something is given: *for **Lebanon's** reconstruction*, *towards the rebuilding of **Beirut***, *to
    support **refugees***, *to meet the needs of **families***. `hosts` are the trigger and what is given."""
    for host in hosts:
        for mark, noun in obliques(host):
            if mark in ("for", "toward", "towards") and noun.pos_ == "NOUN":
                yield from children(noun, "nmod:poss", "amod")
                yield from (inner for of, inner in obliques(noun) if of == "of")
        for clause in children(host, "advcl", "acl"):
            if clause.lemma_ in lexicon.benefiting and clause.tag_ == "VB":
                for helped in children(clause, "obj"):
                    yield helped
                    yield from children(helped, "nmod:poss")
                    yield from (inner for of, inner in obliques(helped) if of in ("of", "in"))


def counterparties(accord: Token, lexicon: Lexicon) -> Iterator[Token]:
    """With whom an agreement to give or get something is: *a deal to supply **Sinopec** with gas*, *to buy jets from
    **Airbus***."""
    for clause in children(accord, "acl"):
        if clause.lemma_ in lexicon.transfer_verbs and clause.tag_ == "VB":
            marks = dict(obliques(clause))
            yield from children(clause, "iobj")
            yield from children(clause, "obj") if "with" in marks else ()
            yield from (noun for mark, noun in marks.items() if mark in ("to", "from", "for"))


def _promised(token: Token) -> Iterator[Token]:
    """The clauses of what is promised or threatened."""
    for clause in children(token, "xcomp", "ccomp", "acl", "advcl"):
        purpose = any(m.lower_ == "to" for m in children(clause, "mark")) and not children(token, "obj")
        if clause.dep_ != "advcl" or purpose:
            yield clause


def _is_own(token: Token) -> bool:
    return any(c.pos_ == "PRON" for c in children(token, "nmod:poss"))


def doers(token: Token) -> Iterator[Token]:
    """Who is to do what the clause under a word says (*called for **Rwanda** to leave*)."""
    for clause in children(token, "xcomp", "ccomp", "acl", "advcl"):
        if clause.dep_ != "advcl" or any(m.lower_ == "for" for m in children(clause, "mark")):
            # Said *we must act*: who speaks asks it of his own side.
            yield from (c for c in children(clause, "nsubj") if c.lower_ not in ("we", "i"))


def governed(token: Token) -> Iterator[Token]:
    """The clauses that a word governs; a noun's may hang on the noun of its phrase (*calls on **Mali to leave***)."""
    yield from children(token, "ccomp", "xcomp", "acl")
    yield from (c for c in children(token, "advcl") if any(m.lower_ in ("for", "from") for m in children(c, "mark")))
    # Leaned on them *to leave*, gave them a week *to leave*: what they shall do, not what for it was done.
    asked = [t for t in (token, *children(token, "obj")) if token.pos_ == "VERB"]
    until = any(mark in ("until", "till") for mark, _ in obliques(token))
    addressed = bool(children(token, "iobj")) or not children(token, "obj") or until
    for clause in [c for t in asked if addressed for c in children(t, "advcl", "acl")]:
        if clause.tag_ == "VB" and any(m.lower_ == "to" for m in children(clause, "mark")):
            yield clause
    # Is committed *to defeating* them.
    yield from (c for c in children(token, "advcl") if c.tag_ == "VBG" and any(m.lower_ == "to" for m in c.lefts))
    if token.pos_ == "NOUN":
        for _, noun in obliques(token):
            yield from children(noun, "acl")


def is_headed(clause: Token, words: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether a clause has one of some words as its head or beside it (*said Israel **must** end it*, *refused **to***);
    the head of *an act of aggression* is the last noun."""
    denied = any(c.lower_ in ("not", "never") for c in clause.children)
    instance = clause.lemma_.lower() in lexicon.instances
    heads = [clause, *(noun for mark, noun in obliques(clause) if instance and mark == "of")]
    return (any(head.lemma_.lower() in words for head in heads) and not denied) or any(
        w.lemma_.lower() in words for w in children(clause, "aux", "mark")
    )


def names_its_object(verb: Token) -> bool:
    """*Called him a liar*: a noun or adjective is said of the object; nobody is met or telephoned so."""
    said = [c for c in children(verb, "xcomp") if c.pos_ in ("NOUN", "ADJ", "PROPN") and not children(c, "mark", "cop")]
    return bool(said) and any(c.i < said[0].i for c in children(verb, *OBJECTS))


def has_content(verb: Token, wanted: frozenset[str], cues: frozenset[int]) -> bool:
    """Whether a verb reports a clause or quotation ("content"; `cues` are the words that do), or stands without object
    and phrase ("alone"), if that is wanted."""
    if "content" in wanted and (verb.i in cues or children(verb, "ccomp")):
        return True
    return "alone" in wanted and not children(verb, "obj", "obl", "advcl", "xcomp", "compound:prt")


def helped(token: Token) -> Iterator[Token]:
    """Who acts with what a phrase tells: ***Libya** rebuilt the port with Turkey's help*."""
    verb = token.head
    if token.dep_ == "obl" and preposition(token) == "with" and verb.pos_ == "VERB":
        found = next(iter(children(verb, "obl:agent")), None) if is_passive(verb) else subject(verb)
        yield from [found] if found is not None else []


def opened_by(token: Token) -> Iterator[Token]:
    """The subject of the clause that a phrase opens and is true of: *On a visit to Kyiv, **Sanchez** promised tanks*."""
    verb = token.head
    # *While on a visit*: its preposition may be hung as a second mark.
    marks = {preposition(token), *(m.lower_ for m in children(token, "mark"))}
    if token.dep_ == "obl" and marks & {"on", "in", "at"}:
        yield from (c for c in children(verb, "nsubj", "nsubj:pass")[:1] if token.i < c.i)
