"""States: offices, membership, places, kinship and stances that noun phrases tell.

*Iranian President Ibrahim Raisi*; *Raisi, the president of Iran*; *Raisi is president of Iran*; *Yerevan, the capital of
Armenia*; *they are rivals*. One mechanism: a noun of the lexicon is said of somebody (by title, apposition, copula or the
line below a name), and its complement is the phrase that goes with it (*of Iran*, *Iran's*, *Iranian*).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.coref import Discourse
from kg.lexicon import Lexicon
from kg.mentions import Candidate, Words, title_in
from kg.predications import predicate_of, predications
from kg.standing import State, affiliations, described_places, members_by_compound, places, seats, situated, takes_part
from kg.state_offices import Said, counterpart_of, roles_of
from kg.syntax import children, first_conjunct, one_of, preposition
from kg.titles import (
    candidate_at,
    complements,
    named_within,
    surest,
)
from kg.venues import is_seat_of_state

ACTORS = frozenset({"Person", "Organization", "Country", "Group", "Place"})
LANDS = frozenset({"Country", "Place"})
# What may be in a state, and in what.
FITTING: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "capitalOf": (LANDS, LANDS),
    "locatedIn": (frozenset({"Place"}), LANDS),
    "relativeOf": (frozenset({"Person"}), frozenset({"Person"})),
    "partOf": (LANDS | {"Organization"}, LANDS | {"Organization"}),
    "memberOf": (ACTORS, ACTORS),
}
MUTUAL = frozenset({"rivalOf", "alliedWith", "enemyOf"})


def find_states(doc: Doc, discourse: Discourse, words: Words) -> Iterator[State]:
    """All states of a document."""
    for holder, noun, way in predications(doc, discourse, words):
        candidate = candidate_at(holder, discourse)
        if candidate is not None:
            former = _former(noun, words.lexicon) or _over(noun, way, words.lexicon)
            yield from _state_of(Said(holder, noun, way, candidate, former), discourse, words)
    yield from affiliations(doc, discourse, words)
    yield from places(doc, discourse, words)
    yield from situated(doc, discourse)
    yield from seats(doc, discourse, words)
    yield from described_places(doc, discourse, words)
    yield from members_by_compound(doc, discourse, words)


# --- What that says ----------------------------------------------------------------------------------


def _state_of(said: Said, discourse: Discourse, words: Words) -> Iterator[State]:
    title = title_in(said.noun, words)
    person = said.candidate.type == "Person" or (said.candidate.type == "Item" and said.candidate.kind == "pronoun")
    if title is not None and person:
        yield from roles_of(said, title, discourse, words)
    elif said.noun.lemma_.lower() in words.lexicon.counterparts and person:
        yield from counterpart_of(said, discourse, words)
    elif said.candidate.type == "Organization" and _is_parent(said.noun, words.lexicon):
        yield from _parent(said, discourse)
    else:
        yield from _standing(said, discourse, words.lexicon)


def _standing(said: Said, discourse: Discourse, lexicon: Lexicon) -> Iterator[State]:
    """Capitals, parts, members, relatives, allies and rivals."""
    relation = _relation(said, lexicon)
    if relation is None or said.candidate.type not in FITTING.get(relation, (ACTORS, ACTORS))[0]:
        return
    parts = complements(said.noun, relation)
    if not parts and relation == "partOf" and said.candidate.type in LANDS:
        # *A republic in southern Russia*.
        parts = complements(said.noun, "locatedIn")
    if relation == "memberOf":
        # Members *on Russia's border*: where they are.
        parts = [p for p in parts if preposition(p) not in ("on", "from")]
    if any(p.dep_ == "nmod:poss" for p in parts):
        # *Iran's Lebanese ally*: whose it is, not what it is.
        parts = [p for p in parts if p.dep_ != "amod"]
    if relation == "partOf" and takes_part(said.candidate, parts, discourse):
        relation = "memberOf"
    found = [_named(c, discourse, lexicon) for c in (parts if relation == "locatedIn" else surest(parts))]
    others = [c for c in found if c.i != said.holder.i and _fits(relation, said, candidate_at(c, discourse))]
    if said.noun.lemma_.lower() in lexicon.stances:
        # A *Shiite* rival is a Shiite.
        others = [c for c in others if not _is_of_people(c, discourse)]
    kin = _kin(said.noun) if relation == "relativeOf" else None
    for other in others:
        yield said.state(relation, other, kin)
    if not others and relation in MUTUAL and said.way == "copula":
        yield said.state(relation, None)


def _is_of_people(token: Token, discourse: Discourse) -> bool:
    """Whether a word is a people's, faith's or party's adjective."""
    candidate = candidate_at(token, discourse)
    named = candidate is not None and candidate.kind in ("name", "adjective") and candidate.type == "Group"
    return named and token.dep_ in ("amod", "compound")


def _relation(said: Said, lexicon: Lexicon) -> str | None:
    lemma = said.noun.lemma_.lower()
    if lemma in lexicon.kinship:
        return "relativeOf"
    if lemma in lexicon.capital_nouns:
        # *One of the capitals of Europe* is the capital of a part of it.
        return None if one_of(said.noun) is not None or not is_seat_of_state(said.noun, lexicon) else "capitalOf"
    if lemma in lexicon.part_nouns or (lemma in lexicon.territories and said.candidate.type in LANDS):
        return "partOf"
    if lemma in lexicon.settlements:
        return "locatedIn"
    return lexicon.stances.get(lemma) or ("memberOf" if lexicon.roles.get(lemma) == "memberOf" else None)


def _named(token: Token, discourse: Discourse, lexicon: Lexicon) -> Token:
    """The name in a description (*the Canadian group* **Borealis**, *the* **Volvo** *group*), else the description."""
    candidate = candidate_at(token, discourse)
    found = named_within(token, discourse, lexicon)
    if candidate is None or candidate.kind != "nominal" or candidate.type != "Organization" or found.i != token.i:
        return found
    names = [c for c in children(token, "compound") if c.i == token.i - 1]
    return next((c for c in names if (n := candidate_at(c, discourse)) is not None and n.kind == "name"), token)


def _kin(noun: Token) -> str:
    """What sort of relative: *son*, *son-in-law*."""
    following = noun.doc[noun.i + 1 : noun.i + 5].text.lower()
    return noun.lemma_.lower() + ("-in-law" if following == "-in-law" else "")


def _fits(relation: str, said: Said, candidate: Candidate | None) -> bool:
    """Whether something may be the object of a state: a capital is a country's, a relative a person's, a rival
    somebody's; a land is part of another, a company of another."""
    if candidate is None:
        return False
    if candidate.kind == "pronoun":
        return relation not in ("capitalOf", "partOf", "locatedIn")
    if relation == "partOf":
        mixed = candidate.gazetteer is not None and (said.candidate.type in LANDS) != (candidate.type in LANDS)
        named = candidate.kind == "name" or (said.candidate.type in LANDS and candidate.kind == "adjective")
        return named and candidate.type in FITTING[relation][1] and not mixed
    return candidate.type in FITTING.get(relation, (ACTORS, ACTORS))[1]


def _is_parent(noun: Token, lexicon: Lexicon) -> bool:
    """*parent company*, *majority owner*, *parent*."""
    before = noun.nbor(-1).lower_ if noun.i else ""
    return noun.lemma_.lower() in lexicon.parents or f"{before} {noun.lemma_.lower()}" in lexicon.parents


def _parent(said: Said, discourse: Discourse) -> Iterator[State]:
    """*Borealis, the parent company of Kivu Mining*: that is part of it."""
    for part in complements(said.noun, "partOf"):
        candidate = candidate_at(part, discourse)
        if candidate is not None and candidate.type == "Organization" and part.i != said.holder.i:
            yield said.state("partOf", said.holder)._replace(subject=part, apart=True)


def _former(noun: Token, lexicon: Lexicon) -> Token | None:
    if noun.lower_.startswith("ex-") and noun.lemma_.lower() not in lexicon.kinship:
        return noun
    # *Former Ohio senator Rosa Lund*: it may hang on the name.
    beside = children(noun.head, "amod") if noun.dep_ == "nmod:desc" else []
    for child in [*noun.children, *([noun.nbor(-1)] if noun.i else []), *beside]:
        if child.i < noun.i and (
            {child.lemma_.lower(), child.lower_} & lexicon.former or child.lower_.startswith("ex-")
        ):
            return child
    return None


def _over(noun: Token, way: str, lexicon: Lexicon) -> Token | None:
    """What says that a state is over: a copula in the past, a verb of leaving it, *served as*."""
    verb = first_conjunct(noun).head
    if way == "leaving" or (preposition(noun) == "as" and verb.lemma_ in lexicon.lasting):
        return verb if verb.tag_ in ("VBD", "VBN") and not children(verb, "aux", "mark") else None
    return _past_copula(noun) if way == "copula" else None


def _past_copula(noun: Token) -> Token | None:
    """*was* in the article's own voice: what was so is over; in reported words the tense only follows the reporting
    verb's."""
    said = one_of(noun) or predicate_of(noun)
    for copula in children(said, "cop"):
        if copula.lower_ in ("was", "were") and first_conjunct(said).dep_ in ("ROOT", "acl:relcl"):
            return copula
    return None
