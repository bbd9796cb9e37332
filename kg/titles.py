"""What a role noun says: its title in full, the relation that it tells, and whose office it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Token

from kg.control import RANKS
from kg.coref import Discourse
from kg.lexicon import Lexicon
from kg.mentions import Candidate, Words
from kg.syntax import RELATIVES, children, conjuncts, preposition
from kg.title_words import is_superlative, modifiers

# An ambassador *to*, an analyst *at*; of relatives, rivals, capitals only *of* and *to*.
ROLE_PREPOSITIONS = frozenset({"of", "at", "for", "in", "to", "with", "from", "on"})
OTHER_PREPOSITIONS = frozenset({"of", "to", "with"})
IN = frozenset({"in"})
OWNING = frozenset({"of", "at", "with"})
PERSONAL = frozenset({"holdsOffice", "leads", "speaksFor", "worksFor", "memberOf"})


# --- The title ---------------------------------------------------------------------------------------


class Office(NamedTuple):
    """What a role tells, and of which states and bodies."""

    relation: str
    bodies: list[Token]


def office_of(noun: Token, title: str, discourse: Discourse, words: Words) -> Office:
    """What a role noun tells, and of whom: of what it goes with, else of what its field goes with (director of research
    *at* the Institute)."""
    relation = _relation(noun, title, discourse, words)
    bodies = _bodies(noun, relation, title, discourse, words)
    fields = [c for c in complements(noun, relation) if c.i > noun.i and _is_field(c, title, discourse, words)]
    if not bodies:
        inner = [c for f in fields for c in children(f, "nmod") if preposition(c) in OWNING]
        bodies = [c for c in inner if may_employ(c, noun, relation, title, discourse, words)]
    if relation == "leads" and bodies and (fields or _has_region(noun, bodies, discourse)):
        relation = "holdsOffice"
    return Office(_told_by_body(relation, bodies, title, discourse, words), surest(bodies))


def _has_region(noun: Token, bodies: list[Token], discourse: Discourse) -> bool:
    """Whether a land before a role is what somebody is in charge of at a body (Human Rights Watch's *Brazil* director)."""
    lands = [c for c in children(noun, "compound") if c not in bodies and _type(c, discourse) in ("Country", "Place")]
    return bool(lands) and any(_type(b, discourse) == "Organization" for b in bodies)


def _relation(noun: Token, title: str, discourse: Discourse, words: Words) -> str:
    """Who leads something leads the whole of it, no *police chief*, *deputy head* or *mission chief*."""
    relation = words.lexicon.roles[title]
    if relation == "leads":
        beyond = [c for c in modifiers(noun, discourse) if c.lower_ not in title.split() and c.text != "-"]
        if any(_is_partial(c, words) for c in beyond):
            return "holdsOffice"
    return relation


def _told_by_body(relation: str, bodies: list[Token], title: str, discourse: Discourse, words: Words) -> str:
    """A lawmaker of a party, or its minister, is a member of it, its leader holds an office in it; a chief of staff works for a person."""
    found = [c for b in bodies if (c := candidate_at(b, discourse)) is not None]
    if relation == "holdsOffice" and any(c.type == "Person" for c in found):
        return "worksFor"
    if title == "leader" and any(c.type == "Group" for c in found):
        return "leads"
    elected = title.split()[-1] in words.lexicon.elected or title.endswith("minister")
    return (
        "memberOf" if relation == "holdsOffice" and elected and any(c.subtype == "Party" for c in found) else relation
    )


def _is_field(token: Token, title: str, discourse: Discourse, words: Words) -> bool:
    candidate = candidate_at(token, discourse)
    thing = candidate is not None and candidate.kind == "nominal" and candidate.type == "Item"
    return thing or (candidate is not None and _is_portfolio(token, candidate, title, words))


def _is_partial(modifier: Token, words: Words) -> bool:
    """Whether a modifier makes a head that of a part: *deputy* head, *intelligence* chief; not *party* chief."""
    lemma = modifier.lemma_.lower()
    if modifier.lower_ in words.lexicon.deputies or lemma in words.lexicon.deputies:
        return True
    noun = modifier.dep_ == "compound" and modifier.pos_ in ("NOUN", "PROPN") and lemma not in words.lexicon.roles
    return noun and lemma not in words.lexicon.wholes


# --- Whose it is -------------------------------------------------------------------------------------


def _bodies(noun: Token, relation: str, title: str, discourse: Discourse, words: Words) -> list[Token]:
    """The states and organisations that a role is in: those that own it or that it is *of* or *at*; else that which it is
    *for*; else its nationality; else where it is held. Envoys are sent *to* a place that isn't theirs."""
    told = list(_told(noun, relation, title, discourse, words.lexicon))
    if _is_compared(noun):
        # Who is *Europe's youngest minister* is no minister of Europe.
        told = [c for c in told if not _is_wide(c, discourse, words)]
    found = [c for c in told if may_employ(c, noun, relation, title, discourse, words)]
    nations = [c for c in found if _is_nationality(c, discourse)]
    firm = [c for c in found if c not in nations and (_is_owner(c, noun) or preposition(c) in OWNING)]
    if title.split()[-1] in words.lexicon.envoys | words.lexicon.ministers and len(nations + firm) > 1:
        # Turkey's *EU* affairs minister, the Saudi *UN* ambassador: what they deal with.
        firm = [c for c in firm if c.dep_ != "compound" or _type(c, discourse) != "Organization"]
    if any(c.i > noun.i for c in firm):
        return [c for c in firm if c.dep_ != "compound"] or firm
    served = [c for c in found if preposition(c) in ("for", "in") and _type(c, discourse) == "Organization"]
    if served and not firm and title.split()[-1] not in words.lexicon.envoys:
        return served
    if nations and relation == "leads" and any(preposition(c) == "of" and c not in found for c in told):
        # The Russian head of somebody else's mission is a Russian.
        return firm
    if any(_type(c, discourse) == "Organization" for c in firm):
        return firm
    return sorted([*firm, *nations], key=found.index) or found


def _is_compared(noun: Token) -> bool:
    """Whether somebody is the oldest, youngest or first of those in an office."""
    return any(is_superlative(c) or c.lower_ in RANKS for c in children(noun, "amod"))


def _is_wide(token: Token, discourse: Discourse, words: Words) -> bool:
    """Whether something is the world, or a part of it of many states."""
    candidate = candidate_at(token, discourse)
    entry = words.gazetteer.entries.get(candidate.gazetteer or "") if candidate is not None else None
    return entry is not None and entry.type == "Place" and entry.country is None and not entry.is_city


def _told(noun: Token, relation: str, title: str, discourse: Discourse, lexicon: Lexicon) -> Iterator[Token]:
    """What a role noun goes with, without what is part of its title (*chief of **staff** of the army*)."""
    for part in complements(noun, relation):
        if not _is_inside(part, title):
            yield named_within(part, discourse, lexicon)
        elif part.i > noun.i:
            yield from children(part, "nmod")


def complements(noun: Token, relation: str) -> list[Token]:
    """What a role noun goes with: *of Iran*, *at the Center*, *Iran's*, *Iranian*, *CIA* director; after a comma too."""
    found: list[Token] = []
    prepositions = ROLE_PREPOSITIONS if relation in PERSONAL else IN if relation == "locatedIn" else OTHER_PREPOSITIONS
    if relation == "speaksFor":
        # A military spokesman *in Baghdad*: where he is.
        prepositions = prepositions - IN
    for child in noun.children:
        if child.dep_ == "nmod:poss" or (child.dep_ in ("amod", "compound", "nmod:unmarked") and child.i < noun.i):
            found.append(child)
        elif child.dep_ in ("nmod", "obl") and preposition(child) in prepositions and child.i > noun.i:
            found.extend(conjuncts(child))
        elif child.lower_ in RELATIVES and preposition(child) in prepositions and noun.dep_ == "acl:relcl":
            # The league *of which* Chad is a member.
            found.append(noun.head)
        elif (child.dep_ in ("nmod", "obl") and preposition(child) is None and child.i < noun.i) or (
            child.dep_ in ("appos", "list", "conj")
            and relation in PERSONAL
            and child.i > noun.i
            and any(t.text == "," for t in child.doc[noun.i : child.i])
            and (child.dep_ != "conj" or child.doc[child.i - 1].text == ",")
        ):
            found.append(child)
    if noun.dep_ in ("compound", "nmod:desc", "amod") and relation in PERSONAL | {"partOf"}:
        # "Iranian President Raisi", with the adjective hung on the name instead of the title.
        hung = ("nmod:poss",) if found else ("amod", "compound", "nmod:poss")
        found += [c for c in children(noun.head, *hung) if c.i < noun.i]
    if not found and relation in PERSONAL and noun.head.i > noun.i and noun.nbor(1).text == ",":
        found = [noun.head]
    return found


def surest(found: Sequence[Token]) -> list[Token]:
    """A place after *in* is where the sentence happens if something else says whose it is."""
    surer = [c for c in found if preposition(c) != "in"]
    return surer or list(found)


def _is_inside(token: Token, title: str) -> bool:
    """Whether a complement is part of the title (*secretary of state*), or of a hyphened word (*Ivy League-trained*)."""
    behind = token.doc[token.i + 1].text if token.i + 1 < len(token.doc) else ""
    return title.endswith(f" of {token.lower_}") or behind == "-"


def _is_name(token: Token, discourse: Discourse) -> bool:
    candidate = candidate_at(token, discourse)
    return candidate is not None and candidate.kind == "name"


def named_within(token: Token, discourse: Discourse, lexicon: Lexicon) -> Token:
    """The name in a description of a land or body (*Pakistan's **Punjab** province*, *the state of **Hesse***, *the **Fidesz** party*, *the
    think tank, the **Brookings Institution***), else the description."""
    candidate = candidate_at(token, discourse)
    if candidate is None or candidate.kind != "nominal":
        return token
    inner = children(token, "appos", "flat") if candidate.type in ("Organization", "Group", "Item") else []
    inner = [c for c in inner if candidate.type != "Item" or _type(c, discourse) == "Organization"]
    if token.lemma_.lower() in lexicon.territories | lexicon.settlements:
        inner += children(token, "compound")
        inner += [c for c in children(token, "nmod") if preposition(c) == "of"]
    if candidate.subtype in ("Party", "Company", "NewsAgency", "ArmedGroup"):
        inner += [
            c for c in children(token, "compound") if c.i == token.i - 1 and _type(c, discourse) == "Organization"
        ]
    return next((c for c in inner if _is_name(c, discourse)), token)


def _is_owner(token: Token, noun: Token) -> bool:
    return preposition(token) is None or token.i < noun.i


def _is_nationality(token: Token, discourse: Discourse) -> bool:
    """*Kenyan* director, *US* envoy."""
    candidate = candidate_at(token, discourse)
    country = candidate is not None and candidate.type in ("Country", "Group")
    return country and token.dep_ in ("amod", "compound")


def _type(token: Token, discourse: Discourse) -> str | None:
    candidate = candidate_at(token, discourse)
    return candidate.type if candidate is not None else None


def may_employ(token: Token, noun: Token, relation: str, title: str, discourse: Discourse, words: Words) -> bool:
    candidate = candidate_at(token, discourse)
    if candidate is None or noun.i in range(candidate.start, candidate.end):
        return False
    # Persons have spokesmen and lawyers; what other offices are of, no person is.
    serves = relation == "speaksFor" or bool({title, title.split()[-1]} & words.lexicon.retainers)
    if candidate.kind == "pronoun":
        # *Its* premier, where *it* is a country or a body; *his* lawyer.
        if token.lower_ in ("his", "her"):
            return serves and discourse.entity_of[discourse.at[token.i]] is not None
        return token.lower_ == "its" and _stands_for_body(token, discourse)
    if candidate.type == "Person" and candidate.kind in ("name", "nominal"):
        known = candidate.kind == "name" or (candidate.title is not None and not candidate.plural)
        return serves and known and (preposition(token) in ("to", "for", "of") or token.dep_ == "nmod:poss")
    if candidate.kind == "nominal":
        known = candidate.definite or any(_tells_which(c, discourse) for c in children(token, "nmod:poss"))
        return candidate.type in ("Organization", "Country", "Group") and known
    if not (candidate.type in ("Organization", "Country", "Place") or candidate.kind == "adjective"):
        return False
    if candidate.type == "Organization":
        return not (
            _is_portfolio(token, candidate, title, words) or _is_destination(token, candidate, noun, title, words)
        )
    if candidate.kind == "adjective" and candidate.country is None:
        return False
    if relation in ("worksFor", "speaksFor") and not _serves_state(token, title, candidate, words):
        return False
    return not _is_destination(token, candidate, noun, title, words)


def _is_destination(token: Token, candidate: Candidate, noun: Token, title: str, words: Words) -> bool:
    """Whether somebody is sent there: envoys *to* anybody, *in* and *for* a state; chiefs *for* a state; what a minister
    without another field is *for*."""
    mark = preposition(token)
    sent = title.split()[-1] in words.lexicon.envoys
    if candidate.type == "Organization":
        return sent and mark == "to"
    plain = title in words.lexicon.ministers and not children(noun, "compound")
    sent = sent or (mark == "for" and plain)
    return mark == "on" or (sent and mark in ("to", "in", "for")) or (mark in ("to", "for") and _is_chief(title, words))


def _is_chief(title: str, words: Words) -> bool:
    return words.lexicon.roles.get(title) == "leads"


def _serves_state(token: Token, title: str, candidate: Candidate, words: Words) -> bool:
    """Whether who has a country's adjective or name works for its state (*Syrian officer*, *Kremlin aide*) and is not only
    from there, or knows it well (*Cuban scientist*, *Syria expert*)."""
    if {title, title.split()[-1]} & words.lexicon.state_servants or preposition(token) in ("for", "at"):
        return True
    entry = words.gazetteer.entries.get(candidate.gazetteer or "")
    return entry is not None and entry.is_seat


def _is_portfolio(token: Token, candidate: Candidate, title: str, words: Words) -> bool:
    """Whether what looks like a body is what a minister is in charge of (*Minister of Community Development*)."""
    unknown = candidate.kind == "name" and candidate.gazetteer is None and candidate.subtype is None
    beside = preposition(token) in ("of", "for") or token.dep_ in ("compound", "amod")
    return unknown and beside and title.split()[-1] in words.lexicon.ministers and not candidate.name.isupper()


def _tells_which(owner: Token, discourse: Discourse) -> bool:
    """Whether a possessor says whose a body is: a name, or *his* and the like."""
    return owner.tag_ == "PRP$" or _is_name(owner, discourse)


def _stands_for_body(pronoun: Token, discourse: Discourse) -> bool:
    entity = discourse.entity_of[discourse.at[pronoun.i]]
    mentions = discourse.mentions_of(entity) if entity is not None else []
    return any(
        (c.kind == "name" or (c.kind == "nominal" and c.definite)) and c.type in ("Organization", "Country", "Group")
        for c in mentions
    )


def candidate_at(token: Token, discourse: Discourse) -> Candidate | None:
    """The mention that covers a token."""
    number = discourse.covering(token.i)
    return discourse.candidates[number] if number is not None else None
