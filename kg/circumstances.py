"""When and where an event happened: the time expressions and places that hang on its trigger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from spacy.tokens import Doc, Token

from kg.anchored import anchored
from kg.captions import dated_around, has_exact_date
from kg.coref import Discourse
from kg.dates import Expression, find_times
from kg.effects import voices
from kg.lexicon import Lexicon
from kg.model import Time
from kg.parse import Predicate
from kg.quotations import Quotation
from kg.syntax import CLAUSE, children, climb, is_cleft, preposition, subject

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
PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "inside", "on", "around", "across", "off", "within"})
# What comes after these is spoken of, fought or addressed, not a time; a bare day (*for Monday*) still is.
TOPICAL = frozenset({"about", "of", "to", "over", "against", "into", "with"})
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

    found = [e for e in find_times(doc.text, published, is_future) if not _counts(e, doc)]
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
    for relative in _sharers(trigger, lexicon):
        for expression in _hanging_on(relative, None, times):
            if relative.i != trigger.head.i or not _looks_ahead(relative, lexicon) or expression.start > trigger.idx:
                return expression.time if expression.anchored else None
    around = dated_around(trigger, times)
    return around.time if around is not None else None


def _hanging_on(token: Token, predicate: Predicate | None, times: Sequence[Expression]) -> Iterator[Expression]:
    """Expressions in a temporal phrase of a token, by the tree and by its ARGM-TMP, nearest first."""
    phrases = [c for c in token.children if c.dep_ in TEMPORAL]
    if predicate is not None:
        given = [token.doc[i] for i, role in predicate.args if role == "ARGM-TMP"]
        phrases += [p for p in given if not _dates_the_report(p, token) and not _in_other_clause(p, token)]
    found = []
    for phrase in phrases:
        if phrase.dep_ in ("nmod", "obl", "appos") and phrase.pos_ in ("NOUN", "PROPN") and not _is_time(phrase, times):
            continue
        if phrase.dep_ in ("nmod", "obl") and preposition(phrase) in TOPICAL and not _is_time(phrase, times, bare=True):
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


def _sharers(trigger: Token, lexicon: Lexicon) -> Iterator[Token]:
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
        return
    if trigger.dep_ == "conj" and any(c.i < trigger.head.i for c in trigger.head.children if c.dep_ in TEMPORAL):
        yield trigger.head
    for child in children(trigger, "advcl"):
        if child.tag_ == "VBG" and not _at_another_time(child):
            yield child
    for thing in children(trigger, "obj"):
        # Signed an accord on sharing the water *in Ashgabat on Thursday*.
        told = [c for c in children(thing, "acl") if c.tag_ == "VBG" and c.head.tag_ == "NN"]
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


# Prepositions before why something is done: where that is, the deed is not.
REASONS = frozenset(("over", "for", "after", "about", "despite"))


def place_of(
    trigger: Token,
    predicate: Predicate | None,
    discourse: Discourse,
    taken: frozenset[int],
    times: Sequence[Expression],
    lexicon: Lexicon,
) -> Token | None:
    """The head of the words that say where the event happened; `taken` holds tokens that fill other slots."""
    hosts = [trigger, *_sharers(trigger, lexicon)]
    for host in hosts:
        marked = [c for c in host.children if c.dep_ in ("obl", "nmod") and preposition(c) in PLACE_PREPOSITIONS]
        marked += (
            [
                t
                for i, role in predicate.args
                if role == "ARGM-LOC" and preposition(t := host.doc[i]) not in REASONS and not _is_told_apart(t, host)
            ]
            if predicate is not None and host is trigger
            else []
        )
        marked = [c for c in marked if preposition(c) not in ("against", "for")]
        marked = [c for c in marked if not _is_connective(c, lexicon) and not _is_left_out(c)]
        marked += [c for c in children(host, "advmod") if c.lower_ == "there"]
        marked += [host.head] if host.dep_.endswith(":relcl") and is_cleft(host.head) and preposition(host.head) else []
        found = next(filter(None, (_place_in(phrase, discourse, taken, lexicon) for phrase in marked)), None)
        if found is not None:
            return found
    if trigger.dep_ == "obj" and trigger.head.lemma_ in lexicon.hosting:
        # *Nairobi* hosted talks.
        organiser = subject(trigger.head)
        if organiser is not None and organiser.i not in taken and _is_place(organiser, discourse):
            return organiser
    if has_exact_date(trigger, times):
        marked = [t for t in trigger.sent if t.dep_ in ("obl", "nmod") and (preposition(t) or "") in PLACE_PREPOSITIONS]
        places = [p for t in marked if (p := _place_in(t, discourse, taken, lexicon)) is not None]
        return places[0] if len({p.i for p in places}) == 1 else None
    return None


def _is_told_apart(phrase: Token, trigger: Token) -> bool:
    """*Was bought by a trader **based in Zug***: where he is based, it wasn't bought."""
    verb = phrase.head
    return verb.i != trigger.i and verb.dep_ in ("acl", "acl:relcl") and trigger.is_ancestor(verb)


def _is_connective(phrase: Token, lexicon: Lexicon) -> bool:
    """*At the request of Tehran*: no place."""
    return f"{preposition(phrase)} {phrase.lemma_.lower()}" in lexicon.connectives


def _is_left_out(phrase: Token) -> bool:
    """*Invaded Ireland **instead of Egypt***."""
    return (preposition(phrase) or "").split()[0:1] in (["instead"], ["rather"], ["unlike"], ["except"], ["without"])


def place_at(noun: Token, discourse: Discourse, taken: frozenset[int], lexicon: Lexicon) -> Token | None:
    """The place that a noun's own phrase *in*, *at*, *near* somewhere names, None if there is none; `taken` as for
    `place_of`."""
    phrases = [c for c in children(noun, "nmod") if preposition(c) in ("in", "at", "near") and c.i > noun.i]
    return next(filter(None, (_place_in(phrase, discourse, taken, lexicon) for phrase in phrases)), None)


def _place_in(phrase: Token, discourse: Discourse, taken: frozenset[int], lexicon: Lexicon) -> Token | None:
    """The place a phrase names: its head, or the place its noun is in (*on the sidelines of a meeting in Yerevan*)."""
    if phrase.i in taken:
        return None
    number = discourse.covering(phrase.i)
    if number is not None:
        candidate = discourse.candidates[number]
        if candidate.kind == "pronoun" and candidate.type == "Place":
            # There.
            return phrase if discourse.entity_of[number] is not None else None
        if candidate.kind == "name" and (
            candidate.type in ("Place", "Country") or _is_venue(candidate.name, discourse, number)
        ):
            return phrase
    if phrase.pos_ in ("NOUN", "PROPN"):
        # *In favour of China* is no place, *in the streets of Paris* is one.
        bare = phrase.tag_ == "NN" and not children(phrase, "det", "amod", "nmod:poss", "compound")
        inner = PLACE_PREPOSITIONS if bare and preposition(phrase) == "in" else PLACE_PREPOSITIONS | {"of"}
        for child in phrase.children:
            if child.dep_ == "nmod" and preposition(child) in inner:
                found = _place_in(child, discourse, taken, lexicon)
                if found is not None:
                    return found
        if phrase.lemma_.lower() in lexicon.quarrels:
            # In the *Nile* dispute: what it is over.
            return None
        # In a *Vienna* hotel, at *Cairo's* airport.
        beside = children(phrase, "compound", "nmod:poss")
        return next((c for c in beside if c.i not in taken and _is_place(c, discourse)), None)
    return None


def _is_place(token: Token, discourse: Discourse) -> bool:
    """Whether a token is the name of a place that is no country."""
    number = discourse.covering(token.i)
    return (
        number is not None
        and discourse.candidates[number].kind == "name"
        and discourse.candidates[number].type == "Place"
        and discourse.candidates[number].head == token.i
    )


def _is_venue(name: str, discourse: Discourse, number: int) -> bool:
    """Seats of government are places after *at*."""
    return (
        discourse.candidates[number].subtype == "GovernmentBody"
        and " " in name
        and name.split()[-1] in ("House", "Palace", "Hill")
    )
