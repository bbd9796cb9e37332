"""Where the fillers of a frame's slots are looked for: semantic roles, prepositions, modifiers, clauses.

Roles are read by `kg.arguments`. Prepositional phrases are looked for on the
trigger, on its object and, for nouns, on the verb that lends them its subject (*hold* talks *with*).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Token

from kg.arguments import by_role, shared_object
from kg.complements import beneficiaries, causes, counterparties, doers, helped, in_complement, opened_by, undergoers
from kg.control import ADDRESSING, subject
from kg.lenders import PLACING, support_verb
from kg.lexicon import Lexicon
from kg.ontology import Frame, Ontology, Source
from kg.parse import Predicate
from kg.quantities import past_quantity
from kg.syntax import OBJECTS, children, conjuncts, is_passive, obliques, own_clause, preposition

# Sources that are no prepositions.
ROLES_AND_LINKS = frozenset(
    {
        "poss",
        "amod",
        "compound",
        "nsubj",
        "obj",
        "iobj",
        "comp",
        "beneficiary",
        "counterparty",
        "undergoer",
        "doer",
        "owner",
        "wielder",
        "holder",
        "mutual",
        "cause",
        "fronted",
        "clause",
    }
)


class Filler(NamedTuple):
    """A token that may fill a slot, and the source by which it was found."""

    token: Token
    source: Source


@dataclass(frozen=True)
class Reader:
    """What frames are matched with. `kind_of` tells of a token what kind of thing it speaks of ("actor", "person",
    "place", "thing" ...): all that fit. `stands_for` gives the noun that *it* or *them* takes up, the token itself where
    it takes up none; `cues` are the words that report a clause or a quotation."""

    ontology: Ontology
    lexicon: Lexicon
    kinds_of: Callable[[Token], frozenset[str]]
    stands_for: Callable[[Token], Token]
    cues: frozenset[int] = frozenset()


def candidates(
    source: Source,
    slot: str,
    token: Token,
    predicate: Predicate | None,
    found: Mapping[str, Filler],
    reader: Reader,
    frame: Frame,
) -> Iterator[Token]:
    where = source.where
    if where.startswith("ARG"):
        yield from by_role(where, token, predicate, reader.lexicon)
    elif where in ("poss", "amod", "compound"):
        # A verb's theme may carry its counterpart: sought *Russian* support.
        host = found["theme"].token if token.pos_ == "VERB" and slot == "object" and "theme" in found else token
        yield from _modifiers(where, host)
    elif where == "wielder":
        yield from _wielders(token, predicate, reader)
    elif where == "iobj":
        yield from children(token, "iobj")
    elif where in ("nsubj", "obj"):
        yield from _by_label(where, token)
    elif where == "comp":
        yield from in_complement(token)
    elif where == "beneficiary":
        yield from beneficiaries(token, reader.lexicon)
    elif where == "counterparty":
        yield from counterparties(found["theme"].token, reader.lexicon) if "theme" in found else ()
    elif where == "undergoer":
        yield from undergoers(token)
    elif where == "doer":
        yield from doers(token)
    elif where == "cause":
        yield from causes([token, *([found["theme"].token] if "theme" in found else ())], reader.lexicon)
    elif where == "mutual":
        # Traded accusations: each of them is whom the other accuses.
        if "subject" in found:
            yield found["subject"].token
    elif where == "fronted":
        yield from opened_by(token)
    elif where == "clause":
        yield from helped(token)
    elif where == "holder":
        yield from _holders(token, predicate, reader)
    elif where == "owner":
        yield from _owners(found, reader)
    else:
        # *Of* belongs to the noun before it: to a theme only where the frame asks for that noun (come to the *aid of*).
        nested = where != "of" or slot == "theme" or bool(frame.heads["theme"])
        # *Called the ban **on women** unlawful*: nobody was called on.
        nested = nested and (token.lemma_, where) not in ADDRESSING
        agents = {c.i for c in children(token, "obl:agent")} if slot == "object" and where == "by" else set()
        nouns = _by_preposition(where, token, found if nested else {}, reader, nested, frame.companions)
        yield from (noun for noun in nouns if noun.i not in agents)


def _modifiers(where: str, noun: Token) -> Iterator[Token]:
    if noun.pos_ not in ("NOUN", "PROPN"):
        return
    for child in noun.children:
        if (
            (where == "poss" and child.dep_ == "nmod:poss")
            or (where == "amod" and child.dep_ == "amod")
            or (
                where == "compound"
                and child.dep_ in ("compound", "nmod:unmarked", "nmod")
                and preposition(child) is None
            )
        ):
            yield child


def _wielders(token: Token, predicate: Predicate | None, reader: Reader) -> Iterator[Token]:
    """Whose an attack or a weapon is that does what the verb says (*U.S. airstrikes* killed, *missiles fired by
    Israel* hit)."""
    instruments = list(by_role("ARG0", token, predicate, reader.lexicon))
    if is_passive(token) and not children(token, "obl:agent"):
        # *Killed **in** a Turkish drone strike*.
        instruments += [noun for mark, noun in obliques(token) if mark == "in"]
    for instrument in instruments:
        if instrument.lemma_.lower() not in reader.lexicon.instruments:
            continue
        yield from children(instrument, "nmod:poss", "amod")
        named = {instrument.lemma_.lower(), *(f"{t.lower_} {instrument.lemma_.lower()}" for t in instrument.lefts)}
        if not named & reader.lexicon.explosions:
            whose = children(instrument, "compound", "nmod:unmarked")
            # *Syrian **government** shelling* is Syria's.
            yield from whose
            yield from (nation for noun in whose for nation in children(noun, "amod", "nmod:poss"))
        yield from (noun for mark, noun in obliques(instrument) if mark in ("by", "from"))
        for clause in children(instrument, "acl"):
            # *Drones supplied by Turkey*: Turkey doesn't fly them.
            made = clause.lemma_ in reader.lexicon.transfer_verbs | reader.lexicon.creation
            yield from children(clause, "obl:agent") if not made else ()


def _holders(token: Token, predicate: Predicate | None, reader: Reader) -> Iterator[Token]:
    """Whose what needs or depends is (*Armenia's economy* leans on, the *Armenian economy*)."""
    for holding in [*by_role("ARG0", token, predicate, reader.lexicon), *_by_label("nsubj", token)]:
        if holding.lemma_.lower() in reader.lexicon.holdings:
            yield from children(holding, "nmod:poss", "amod", "compound")
            yield from (noun for mark, noun in obliques(holding) if mark == "of")


def _by_label(label: str, token: Token) -> Iterator[Token]:
    if label == "nsubj":
        found = subject(token)
        if found is not None:
            yield found
    else:
        yield from children(token, *OBJECTS) or shared_object(token)


def _owners(found: Mapping[str, Filler], reader: Reader) -> Iterator[Token]:
    """Whose a theme is: rejected *Russia's* proposal, a request *from* Modi, the *UN* call."""
    if "theme" not in found:
        return
    theme = found["theme"].token
    yield from children(theme, "nmod:poss")
    yield from (noun for mark, noun in obliques(theme) if mark in ("by", "from"))
    yield from (t for t in children(theme, "amod", "compound") if not _half(t))
    # An offer *of talks from* Egypt.
    inside = [noun for mark, noun in obliques(theme) if mark == "of"]
    yield from (noun for within in inside for mark, noun in obliques(within) if mark == "from" and noun.pos_ == "PROPN")
    for clause in children(theme, "acl"):
        yield from children(clause, "obl:agent")
    inner = past_quantity(theme, reader.lexicon)
    for clause in children(inner, "acl") if inner.i != theme.i else ():
        # Wrote off *$2 billion of debt* owed by Sudan.
        yield from children(clause, "obl:agent")


def _half(token: Token) -> bool:
    """A part of a compound of two: *Franco*-*German*."""
    return any(t.text in ("-", "–") for t in token.doc[max(token.i - 1, 0) : token.i + 2])


def _by_preposition(
    mark: str,
    token: Token,
    found: Mapping[str, Filler],
    reader: Reader,
    nested: bool,
    companions: frozenset[str],
) -> Iterator[Token]:
    """Phrases with a preposition on the trigger, its object or theme, or the verb that lends it its subject."""
    places = [token, *children(token, "obj")]
    theme = found["theme"].token if "theme" in found else None
    if theme is not None and (theme.sent == token.sent or theme.pos_ == "NOUN"):
        # Cut ties *with Doha* in 2017 and restored them: what *them* takes up tells with whom.
        # Talks on *ties between* others: it is they who have them.
        about = mark == "between" and preposition(theme) in ("on", "about", "over")
        apart = about and bool(reader.ontology.frames_for(None, f"{theme.lemma_.lower()}.n"))
        places += [] if apart else [theme, past_quantity(theme, reader.lexicon)]
        # An agreement on *fishing with* Vietnam.
        places += [c for c in children(theme, "acl", "nmod") if mark == "with" and c.tag_ == "VBG"]
    if token.pos_ == "VERB":
        # Discussed the crisis and the ceasefire *with* the leaders; declared a state of siege *in* the province.
        last = [conjuncts(t)[-1] for t in children(token, "obj") if mark == "with" and children(t, "conj")]
        places += last + [noun for t in places[1:] for of, noun in obliques(t) if of == "of" and t.lemma_ == "state"]
    if mark == "with" and token.pos_ == "NOUN" and children(token, "cop"):
        # Is at daggers *drawn with* Chile.
        places += [c for c in children(token, "acl") if c.tag_ == "VBN" and c.i == token.i + 1]
    if mark == "with":
        # Clashed for the first *time with* members of the church.
        # Conferred by video *link with* him.
        places += [
            noun
            for how, noun in obliques(token)
            if how in ("by", "over", "via") or (how == "for" and noun.lemma_ == "time")
        ]
    if mark == "to" and token.pos_ == "VERB" and children(token, "obj"):
        # Passed intelligence on *movements to* Latvia.
        places += [noun for how, noun in obliques(token) if how in ("on", "about")]
    if mark in ("from", "by") and token.pos_ == "NOUN":
        # Support for *Ukraine from* Seoul.
        places += [noun for _, noun in obliques(token) if noun.pos_ == "PROPN"]
    if mark == "for" and token.pos_ == "ADJ":
        # Dependent on *Romania for* power: a name has no purpose.
        places += [noun for _, noun in obliques(token) if noun.pos_ == "PROPN"]
    # What helps to choose the frame may carry the phrase too: went to *war against*, in *touch with*.
    helpers = [t for t in own_clause(token) if companions and t.lemma_.lower() in companions and t.i != token.i]
    places += helpers
    lender = support_verb(token, reader.lexicon) if token.pos_ in ("NOUN", "PROPN") else None
    if lender is not None:
        places.append(lender)
    if mark == "between" and token.dep_ == "nsubj" and token.pos_ == "NOUN" and token.head.pos_ == "VERB":
        # A truce took hold *between* them.
        places.append(token.head)
    if token.pos_ == "NOUN" and (own := found.get("subject")) is not None and own.source.where in ("of", "by"):
        # The build-up of *troops near* Lachin, a strike by *jets on* Tyre.
        places += [own.token] if mark in PLACING | {"on", "against"} else []
    if mark == "by" and token.pos_ == "NOUN":
        # The release of two nurses *by Mali*.
        places += [noun for of, noun in obliques(token) if of == "of"]
    if mark == "by" and token.pos_ == "VERB":
        # The sale *by Niger* was approved: by somebody else.
        nested = False
    seen = set()
    for place in places if nested else [*places[:1], *helpers]:
        for preposition_, noun in obliques(place):
            if preposition_ == mark and noun.i not in seen and noun.i != token.i:
                seen.add(noun.i)
                yield noun
