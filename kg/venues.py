"""Where an event happened: the place that hangs on its trigger."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.captions import has_exact_date
from kg.circumstances import sharers
from kg.control import subject
from kg.coref import Discourse
from kg.dates import Expression
from kg.lexicon import Lexicon
from kg.parse import Predicate
from kg.syntax import children, is_cleft, preposition

PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "inside", "on", "around", "across", "off", "within"})


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
    hosts = [trigger, *sharers(trigger, lexicon)]
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
        marked = [c for c in marked if preposition(c) not in ("against", "for", "from")]
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
    if phrase.pos_ == "NOUN" and (called := _called(phrase, discourse)) is not None and called.i not in taken:
        return called
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
        named = next((c for c in beside if c.i not in taken and _is_place(c, discourse)), None)
        return named or (phrase if number is not None and _is_known(phrase, number, discourse, lexicon) else None)
    return None


def _called(noun: Token, discourse: Discourse) -> Token | None:
    """The name right behind a noun for a place (*in the Senegalese capital, **Dakar***, *in the border town **Rosso***)."""
    names = [c for c in children(noun, "appos") if c.i > noun.i and _is_place(c, discourse)]
    return names[0] if names and names[0].left_edge.i <= noun.i + 2 else None


def is_seat_of_state(capital: Token, lexicon: Lexicon) -> bool:
    """Whether *capital* is that of a state: *the Italian fashion capital* is another town."""
    before = children(capital, "amod", "compound")
    return not any(c.lemma_.lower() in lexicon.capital_kinds for c in before)


def _is_known(noun: Token, number: int, discourse: Discourse, lexicon: Lexicon) -> bool:
    """Whether a description is of a place that the text names, or of the capital of a state (*in **the Senegalese
    capital***)."""
    candidate, entity = discourse.candidates[number], discourse.entity_of[number]
    if candidate.kind != "nominal" or candidate.type != "Place" or entity is None:
        return False
    if noun.lemma_.lower() in lexicon.capital_nouns and candidate.country is not None:
        return is_seat_of_state(noun, lexicon)
    return any(c.kind == "name" and c.type == "Place" for c in discourse.mentions_of(entity))


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
