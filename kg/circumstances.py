"""When and where an event happened: the time expressions and places that hang on its trigger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Token

from kg.adverbials import NEARBY
from kg.anchored import anchored
from kg.captions import dated_around
from kg.dates import Expression, find_times
from kg.effects import voices
from kg.lexicon import Lexicon
from kg.model import Time
from kg.parse import Predicate
from kg.quotations import Quotation
from kg.syntax import CLAUSE, RELATIVES, SUBJECTS, children, climb, preposition

TEMPORAL = frozenset(
    {
        "obl",
        "obl:unmarked",
        "nmod:unmarked",
        "nmod",
        "advmod",
        "obl:tmod",
        "nmod:tmod",
        "nummod",
        "appos",
        "list",
        "dep",
        "advcl",
    }
)
# What comes after these is spoken of, fought or addressed, not a time; a bare day (*for Monday*) still is.
TOPICAL = frozenset({"about", "of", "to", "over", "against", "into", "with"})
# Nor is the time of what something comes before or after its own.
AROUND = frozenset({"after", "before", "since", "following", "despite", "amid"})
CALENDAR = frozenset(
    {"night", "day", "morning", "afternoon", "evening", "eve", "week", "weekend", "month", "summer", "spring", "winter",
     "autumn", "fall", "start", "beginning", "middle", "end", "course", "hour", "period", "anniversary"}
)  # fmt: skip
FUTURE_MARKS = frozenset({"will", "shall", "'ll", "’ll", "would"})


def times_of_document(
    doc: Doc, published: date | None, lexicon: Lexicon | None = None, quotations: Sequence[Quotation] = ()
) -> list[Expression]:
    """The time expressions of a document; relative ones as seen from the day of publication (None: not known), or from
    the time before them, outside of the quotations. With a lexicon, what is refused or fails doesn't look ahead."""
    by_offset = {token.idx: token for token in doc}

    def is_future(offset: int) -> bool:
        token = by_offset.get(offset) or next((t for t in doc if t.idx <= offset < t.idx + len(t)), None)
        return token is not None and _in_future(token, lexicon)

    def is_open(offset: int) -> bool:
        token = by_offset.get(offset) or next((t for t in doc if t.idx <= offset < t.idx + len(t)), None)
        return token is not None and in_present(token)

    found = [e for e in find_times(doc.text, published, is_future, is_open) if not _counts(e, doc)]
    return anchored(doc, found, quotations, lexicon, published, is_future)


def _in_future(token: Token, lexicon: Lexicon | None) -> bool:
    """Whether the clause around a token tells what is to come."""
    for governor in [token, *climb(token)]:
        if governor.pos_ in ("VERB", "AUX") or children(governor, "cop"):
            marks = [c for c in governor.children if c.dep_ == "aux"]
            if any(m.lower_ in FUTURE_MARKS for m in marks):
                return True
            if any(m.tag_ == "MD" for m in marks) and not any(m.lemma_ == "have" for m in marks):
                # May meet on Friday; but: may have met.
                return True
            if governor.tag_ == "VB" and any(m.lower_ == "to" for m in children(governor, "mark")):
                if lexicon is not None and governor.head.lemma_ in lexicon.transparent and governor.dep_ == "xcomp":
                    # Forced it to turn back on Monday: when it was forced.
                    continue
                effects = lexicon.effects.get(governor.head.lemma_, ()) if lexicon is not None else ()
                if any(effect.polarity == "negative" for effect in effects):
                    # Refused to meet him on Friday: that was then.
                    continue
                # An infinitive looks ahead from what governs it: plans to visit on Friday.
                return True
            # Elections set for March; but: what set off riots did so then.
            planned = lexicon is not None and governor.lemma_ in lexicon.scheduling
            return planned and not children(governor, "compound:prt")
    return False


def in_present(token: Token) -> bool:
    """Whether the clause around a token tells in the simple present what was or is to come: *flies to Delhi on 3 August*."""
    verb = next((t for t in [token, *climb(token)] if t.pos_ == "VERB" or children(t, "cop")), None)
    if verb is None or verb.tag_ not in ("VBZ", "VBP") or children(verb, "aux", "aux:pass"):
        return False
    return bool(children(verb, *SUBJECTS)) or verb.dep_ == "conj"


def _counts(expression: Expression, doc: Doc) -> bool:
    """A four-digit number before a noun counts things (*in 2000 cases*)."""
    words = [t for t in doc if expression.start <= t.idx < expression.end]
    number = next((t for t in words if t.text.isdigit() and len(t.text) == 4), None)
    return (
        number is not None
        and number.dep_ == "nummod"
        and number.head.pos_ == "NOUN"
        and number.head.i == number.i + 1
        and number.head.tag_ == "NNS"
    )


def time_of(trigger: Token, predicate: Predicate | None, times: Sequence[Expression], lexicon: Lexicon) -> Time | None:
    """The time of the event that a token names, None where the text gives none."""
    own = list(_hanging_on(trigger, predicate, times))
    if own:
        return next((e.time for e in own if e.anchored), None)
    for relative in sharers(trigger, lexicon):
        for expression in _hanging_on(relative, None, times):
            if relative.i != trigger.head.i or not _looks_ahead(relative, lexicon) or expression.start > trigger.idx:
                return expression.time if expression.anchored else None
    dated = _dated_before_when(trigger, times)
    if dated is not None:
        return dated
    around = dated_around(trigger, times)
    return around.time if around is not None else None


def _dated_before_when(trigger: Token, times: Sequence[Expression]) -> Time | None:
    """The time that a clause with *when* or *in which* takes up: *since 2014, **when** Egypt expelled him*: in 2014
    itself."""
    when = next((c for c in children(trigger, "advmod") if c.lower_ == "when"), None)
    first = next((t for t in trigger.subtree if t.dep_ != "punct"), None)
    if when is None or first is None or first.i != when.i or when.i < 2:
        return None
    last = when.nbor(-2) if when.nbor(-1).text == "," else when.nbor(-1)
    found = next((e.time for e in times if e.anchored and e.start <= last.idx < e.end), None)
    if found is None:
        return None
    # Read anew without *since* or *until*.
    words = re.sub(r"^(since|until|till|by|after|before)\s+", "", found.text, flags=re.IGNORECASE)
    own = [e.time for e in find_times(f"in {words}", None, lambda _: False) if e.time.earliest is not None]
    closed = found.earliest is not None and found.latest is not None
    return replace(own[0], text=words) if own else (found if closed and words == found.text else None)


def _hanging_on(token: Token, predicate: Predicate | None, times: Sequence[Expression]) -> Iterator[Expression]:
    """Expressions in a temporal phrase of a token, by the tree and by its ARGM-TMP, nearest first."""
    phrases = [c for c in token.children if c.dep_ in TEMPORAL or (c.dep_ == "compound" and c.pos_ == "NUM")]
    if predicate is not None:
        given = [token.doc[i] for i, role in predicate.args if role == "ARGM-TMP"]
        phrases += [p for p in given if not _dates_the_report(p, token) and not _in_other_clause(p, token)]
    found = []
    for phrase in phrases:
        if phrase.dep_ in ("nmod", "obl", "appos") and phrase.pos_ in ("NOUN", "PROPN") and not _is_time(phrase, times):
            continue
        apart = preposition(phrase) in TOPICAL or (preposition(phrase) in AROUND and not _is_calendar(phrase, times))
        if phrase.dep_ in ("nmod", "obl") and apart and not _is_time(phrase, times, bare=True):
            # Spoke about *the July 4 attacks*: that day is the attacks'.
            continue
        if phrase.dep_ == "advcl":
            continue
        found += [e for e in times if _is_time(phrase, [e])]
    yield from sorted(found, key=lambda e: abs(e.start - token.idx))


def _dates_the_report(phrase: Token, token: Token) -> bool:
    """Whether a phrase hangs on the verb that reports what a token tells, outside of what it reports (*said **on
    Tuesday** that Iran sold …*, *"Iran sold …," he said **on Tuesday***)."""
    verb = phrase.head
    if verb.dep_ == "parataxis" and verb.head.i == token.i:
        return True
    clause = token
    while clause.head.i != clause.i and clause.head.i != verb.i:
        clause = clause.head
    if clause.head.i != verb.i or clause.dep_ not in ("ccomp", "parataxis") or verb.i == token.i:
        return False
    return verb.i < phrase.i < clause.left_edge.i or clause.i < verb.i < phrase.i


def _in_other_clause(phrase: Token, token: Token) -> bool:
    """Whether a clause stands between a phrase and the word above it (*sent troops after rebels seized Gao **in
    2012***)."""
    passed = False
    for governor in [phrase, *climb(phrase)]:
        if governor.i == token.i:
            return passed
        # Counts it a friend and has sent rice *since the 1990s*.
        second = governor.dep_ == "conj" and governor.pos_ == "VERB" and phrase.i > governor.i > token.i
        passed = passed or governor.dep_ in CLAUSE or second
    return False


def _is_time(phrase: Token, times: Sequence[Expression], bare: bool = False) -> bool:
    """Whether a phrase's head, or a part of its name, stands in a time expression; `bare`: only the head counts."""
    parts = () if bare else ("nmod:unmarked", "nummod", "flat", "compound", "amod", "case")
    inside = [phrase, *(c for c in phrase.children if c.dep_ in parts)]
    if phrase.lemma_.lower() in CALENDAR:
        # The night of 5 June, the week of Monday.
        inside += [c for c in children(phrase, "nmod") if preposition(c) in ("of", "on", "in")]
    return any(e.start <= t.idx < e.end for e in times for t in inside)


def _is_calendar(phrase: Token, times: Sequence[Expression]) -> bool:
    """*The end of June*; not *the start of his term* in June."""
    of = [c for c in children(phrase, "nmod") if preposition(c) == "of"]
    return phrase.lemma_.lower() in CALENDAR and all(_is_time(c, times, bare=True) for c in of)


def sharers(trigger: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Words whose time is the trigger's too: the verb that supports an event noun, the first of coordinated verbs if
    its time comes before both, participles around a verb."""
    if trigger.pos_ in ("NOUN", "PROPN"):
        lending = lexicon.support_verbs | lexicon.hosting
        if trigger.dep_ in ("obj", "obl", "nsubj:pass") and trigger.head.lemma_ in lending:
            yield trigger.head
        if trigger.dep_ == "nsubj:pass" and trigger.head.lemma_ in lexicon.scheduling:
            # A meeting is set for Friday.
            yield trigger.head
        if trigger.dep_ == "nsubj" and trigger.head.lemma_ in lexicon.occurrence:
            # The talks took place, began, ended.
            yield trigger.head
        # Talks *which took place in May*.
        told = [c for c in children(trigger, "acl:relcl") if c.lemma_ in lexicon.occurrence | lexicon.scheduling]
        yield from (c for c in told if any(s.lower_ in RELATIVES for s in children(c, *SUBJECTS)))
        return
    if trigger.dep_ == "conj" and any(c.i < trigger.head.i for c in trigger.head.children if c.dep_ in TEMPORAL):
        yield trigger.head
    if trigger.dep_ == "advcl" and trigger.head.dep_ in ("advmod", "xcomp") and trigger.head.lower_ in NEARBY:
        # *Came* close to attacking it in May.
        yield trigger.head.head
    for child in children(trigger, "advcl"):
        if child.tag_ == "VBG" and not _at_another_time(child):
            yield child
    for thing in children(trigger, "obj"):
        # Signed an accord on sharing the water *in Ashgabat on Thursday*.
        made = lexicon.nouns.get(thing.lemma_.lower())
        told = [c for c in children(thing, "acl") if c.tag_ == "VBG" and made is not None and made.type == "Agreement"]
        yield from (c for c in told if any(m.lower_ in ("on", "for", "about") for m in children(c, "mark", "case")))
    if trigger.dep_ == "advcl" and trigger.tag_ == "VBG" and not _at_another_time(trigger):
        yield trigger.head
    if trigger.dep_ == "xcomp" or voices(trigger, lexicon):
        yield trigger.head
    if trigger.lemma_ in lexicon.transparent:
        # Forced it to turn back *on Monday*.
        yield from children(trigger, "xcomp")


def _at_another_time(clause: Token) -> bool:
    """Whether what a gerund tells comes before or after its clause, or is what somebody is blamed or thanked for."""
    return any(
        m.lower_ in ("of", "for", "before", "after", "since", "despite") for m in children(clause, "mark", "case")
    )


def _looks_ahead(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb's own time is not that of its infinitive: promised *on Monday* to visit."""
    return verb.lemma_ in lexicon.speech | lexicon.attitudes and verb.lemma_ not in lexicon.transparent
