"""States: offices, membership, places, kinship and stances that noun phrases tell.

*Iranian President Ibrahim Raisi*; *Raisi, the president of Iran*; *Raisi is president of Iran*; *John Drennan of the
Institute*; *Yerevan, the capital of Armenia*; *they are rivals*. One mechanism: a noun of the lexicon is said of
somebody (by title, apposition, copula or the line below a name), and its complement is the phrase that goes with it
(*of Iran*, *Iran's*, *Iranian*).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.coref import Discourse
from kg.lexicon import Lexicon
from kg.mentions import Candidate, Words, title_in
from kg.predications import Predication, predications
from kg.syntax import children, conjuncts, first_conjunct, preposition

# Prepositions of a complement: an ambassador *to*, an analyst *at*; of relatives, rivals, capitals only *of* and *to*.
ROLE_PREPOSITIONS = frozenset({"of", "at", "for", "in", "to", "with", "from"})
OTHER_PREPOSITIONS = frozenset({"of", "to", "with"})
PERSONAL = frozenset({"holdsOffice", "leads", "speaksFor", "worksFor", "memberOf"})


class State(NamedTuple):
    """A state as the text tells it: head tokens of its slots. `trigger` is the noun that tells it; `title` is an
    office's title in lower case with its token; `former` holds where the text says that it is over. `presupposed`
    holds for titles and appositions, which the article tells by the way even inside quotations."""

    relation: str
    subject: Token
    object: Token | None
    trigger: Token
    title: str | None
    former: Token | None
    presupposed: bool
    frame: str


def find_states(doc: Doc, discourse: Discourse, words: Words) -> Iterator[State]:
    """All states of a document."""
    for predication in predications(doc, discourse, words):
        yield from _state_of(predication, discourse, words)
    yield from _affiliations(doc, discourse)
    yield from _places(doc, discourse)
    yield from _members_by_compound(doc, discourse, words)


# --- What that says ----------------------------------------------------------------------------------


def _state_of(predication: Predication, discourse: Discourse, words: Words) -> Iterator[State]:
    holder, noun, way = predication
    lexicon = words.lexicon
    lemma = noun.lemma_.lower()
    title = title_in(noun, words)
    candidate = _candidate(holder, discourse)
    if candidate is None:
        return
    former = noun if title is not None and noun.lower_.startswith("ex-") else _former(noun, lexicon)
    former = former or (_past_copula(noun) if way == "copula" else None)
    presupposed = way != "copula"
    if (
        title is not None
        and candidate.type in ("Person", "Item")
        and (candidate.type == "Person" or candidate.kind == "pronoun")
    ):
        yield from _roles(holder, noun, title, former, way, discourse, words)
        return
    if lemma in lexicon.counterparts and candidate.kind == "name" and way == "apposition":
        yield from _counterpart(holder, noun, discourse, words)
        return
    relation = (
        lexicon.stances.get(lemma)
        or ("relativeOf" if lemma in lexicon.kinship else None)
        or ("capitalOf" if lemma in lexicon.capital_nouns else None)
        or (
            "partOf" if lemma in lexicon.part_nouns and candidate.type in ("Place", "Country", "Organization") else None
        )
    )
    if lemma in ("member",) and relation is None:
        relation = "memberOf"
    if relation is None:
        return
    if lemma in lexicon.stances and candidate.type not in ("Person", "Organization", "Country", "Group", "Place"):
        # Inflation is nobody's enemy.
        return
    if relation == "capitalOf" and candidate.type not in ("Place", "Country"):
        return
    if relation == "relativeOf" and candidate.type != "Person":
        return
    others = [c for c in _complements(noun, relation) if c.i != holder.i and _fits(relation, _candidate(c, discourse))]
    for other in others:
        yield State(
            relation,
            holder,
            other,
            noun,
            _kin(noun) if relation == "relativeOf" else None,
            former,
            presupposed,
            f"{way}-{relation}",
        )
    if not others and relation in ("rivalOf", "alliedWith", "enemyOf") and way == "copula":
        yield State(relation, holder, None, noun, None, former, presupposed, f"{way}-{relation}")


def _counterpart(holder: Token, noun: Token, discourse: Discourse, words: Words) -> Iterator[State]:
    """*His Uzbek counterpart, Aziz Tursunov*, who holds the office that *he* holds."""
    numbers = [discourse.at.get(owner.i) for owner in children(noun, "nmod:poss")]
    entities = [discourse.entity_of[number] for number in numbers if number is not None]
    titles = {c.title for e in entities if e is not None for c in discourse.mentions_of(e) if c.title}
    offices = [title for title in titles if words.lexicon.roles.get(title) == "holdsOffice"]
    for country in children(noun, "amod"):
        candidate = _candidate(country, discourse)
        if len(offices) == 1 and candidate is not None and candidate.type == "Country":
            yield State("holdsOffice", holder, country, noun, offices[0], None, True, "apposition-holdsOffice")


def _kin(noun: Token) -> str:
    """What sort of relative: *son*, *son-in-law*."""
    following = noun.doc[noun.i + 1 : noun.i + 5].text.lower()
    return noun.lemma_.lower() + ("-in-law" if following == "-in-law" else "")


def _fits(relation: str, candidate: Candidate | None) -> bool:
    """Whether something may be the object of a state: a capital is a country's, a relative a person's, a rival
    somebody's."""
    if candidate is None:
        return False
    if relation == "capitalOf":
        return candidate.type in ("Country", "Place")
    if relation == "relativeOf":
        return candidate.type == "Person" or candidate.kind == "pronoun"
    if relation == "partOf":
        return candidate.type in ("Country", "Place", "Organization") and candidate.kind == "name"
    return candidate.type in ("Person", "Organization", "Country", "Group", "Place") or candidate.kind == "pronoun"


def _roles(
    holder: Token, noun: Token, title: str, former: Token | None, way: str, discourse: Discourse, words: Words
) -> Iterator[State]:
    relation = words.lexicon.roles[title]
    organisations = [c for c in _complements(noun, relation) if _may_employ(c, discourse)]
    if any(c.i < noun.i for c in organisations):
        # The Fund's mission chief *for Suriname* is not Suriname's.
        organisations = [c for c in organisations if preposition(c) != "for" or not _is_state(c, discourse)]
    if not organisations and noun.dep_ in ("compound", "nmod:desc") and relation in PERSONAL:
        # "Justice Minister Isaias Tesfay of Eritrea"
        behind = [c for c in children(noun.head, "nmod") if preposition(c) == "of" and c.i > noun.head.i]
        organisations = [c for c in behind if _may_employ(c, discourse)]
    spelled = _spelled_title(noun, discourse)
    spelled = words.gazetteer.spellings.get(spelled, spelled)
    if not organisations:
        yield State(relation, holder, None, noun, spelled, former, way != "copula", f"{way}-{relation}")
    for organisation in organisations[:2]:
        yield State(relation, holder, organisation, noun, spelled, former, way != "copula", f"{way}-{relation}")


def _is_state(token: Token, discourse: Discourse) -> bool:
    candidate = _candidate(token, discourse)
    return candidate is not None and candidate.type in ("Country", "Place")


def _spelled_title(noun: Token, discourse: Discourse) -> str:
    """The title with its modifiers, without country, organisation and articles: *senior program officer*."""
    parts = [noun]
    for child in noun.children:
        inside = discourse.covering(child.i)
        named = inside is not None and discourse.candidates[inside].kind in ("name", "adjective")
        if (
            child.i < noun.i
            and child.dep_ in ("amod", "compound")
            and not named
            and not any(_in_name(t, discourse) for t in child.subtree)
            and child.lemma_.lower() not in ("former", "ex", "late", "then", "current", "new", "outgoing", "longtime")
        ):
            parts += [
                t for t in child.subtree if t.dep_ in ("amod", "compound", "punct") and not _in_name(t, discourse)
            ]
    ordered = sorted({t.i: t for t in parts}.values(), key=lambda t: t.i)
    return " ".join(t.text for t in ordered).replace(" - ", "-").lower().removeprefix("ex-")


def _in_name(token: Token, discourse: Discourse) -> bool:
    number = discourse.covering(token.i)
    return number is not None and discourse.candidates[number].kind in ("name", "adjective")


def _complements(noun: Token, relation: str) -> list[Token]:
    """What a role noun is of: *of Iran*, *at the Center*, *Iran's*, *Iranian*, *CIA* director; after a line's comma
    too."""
    found: list[Token] = []
    prepositions = ROLE_PREPOSITIONS if relation in PERSONAL else OTHER_PREPOSITIONS
    for child in noun.children:
        if child.dep_ == "nmod:poss" or (child.dep_ in ("amod", "compound", "nmod:unmarked") and child.i < noun.i):
            found.append(child)
        elif child.dep_ in ("nmod", "obl") and preposition(child) in prepositions and child.i > noun.i:
            found.extend(conjuncts(child))
        elif (child.dep_ in ("nmod", "obl") and preposition(child) is None and child.i < noun.i) or (
            child.dep_ in ("appos", "list", "conj")
            and relation in PERSONAL
            and child.i > noun.i
            and any(t.text == "," for t in child.doc[noun.i : child.i])
            and (child.dep_ != "conj" or child.doc[child.i - 1].text == ",")
        ):
            found.append(child)
    if not found and noun.dep_ in ("compound", "nmod:desc") and relation in PERSONAL:
        # "Iranian President Raisi", with the adjective hung on the name instead of the title.
        found = [c for c in noun.head.children if c.dep_ in ("amod", "compound", "nmod:poss") and c.i < noun.i]
    if not found and relation in PERSONAL and noun.head.i > noun.i and noun.nbor(1).text == ",":
        found = [noun.head]
    # A place after *in* is where the sentence happens, one after *to* where somebody is sent, if the office says
    # otherwise whose it is.
    surer = [c for c in found if preposition(c) not in ("in", "to")]
    return surer or found


def _may_employ(token: Token, discourse: Discourse) -> bool:
    candidate = _candidate(token, discourse)
    if candidate is None:
        return False
    if candidate.kind == "pronoun":
        # *Its* premier, where *it* is a country or a body.
        return token.lower_ == "its" and _stands_for_body(token, discourse)
    if candidate.kind == "nominal":
        return candidate.type in ("Organization", "Country", "Group") and candidate.definite
    return candidate.type in ("Organization", "Country", "Place") or (
        candidate.kind == "adjective" and candidate.country is not None
    )


def _stands_for_body(pronoun: Token, discourse: Discourse) -> bool:
    entity = discourse.entity_of[discourse.at[pronoun.i]]
    mentions = discourse.mentions_of(entity) if entity is not None else []
    return any(c.kind == "name" and c.type in ("Organization", "Country") for c in mentions)


def _former(noun: Token, lexicon: Lexicon) -> Token | None:
    for child in [*noun.children, *([noun.nbor(-1)] if noun.i else [])]:
        if child.i < noun.i and (child.lemma_.lower() in lexicon.former or child.lower_.startswith("ex-")):
            return child
    return None


def _past_copula(noun: Token) -> Token | None:
    """*was* in the article's own voice: what was so is over; in reported words the tense only follows the reporting
    verb's."""
    for copula in children(noun, "cop"):
        if copula.lower_ in ("was", "were") and first_conjunct(noun).dep_ in ("ROOT", "acl:relcl"):
            return copula
    return None


def _candidate(token: Token, discourse: Discourse) -> Candidate | None:
    number = discourse.covering(token.i)
    return discourse.candidates[number] if number is not None else None


# --- Affiliations and places without a role noun -----------------------------------------------------


def _affiliations(doc: Doc, discourse: Discourse) -> Iterator[State]:
    """*John Drennan of the Institute of Peace*, *USIP's Drennan*."""
    for candidate in discourse.candidates:
        if candidate.kind != "name" or candidate.type != "Person":
            continue
        head = doc[candidate.head]
        for child in head.children:
            other = _candidate(child, discourse)
            if other is None or other.kind != "name" or other.type != "Organization":
                continue
            if child.dep_ == "nmod:poss" or (
                child.dep_ == "nmod" and preposition(child) in ("of", "from", "at", "with")
            ):
                yield State("worksFor", head, child, head, None, None, True, "affiliation")


def _places(doc: Doc, discourse: Discourse) -> Iterator[State]:
    """*Yerevan, Armenia*; *the Armenian capital Yerevan* is a predication, not this."""
    for candidate in discourse.candidates:
        if candidate.kind != "name" or candidate.type != "Place":
            continue
        head = doc[candidate.head]
        for child in head.children:
            other = _candidate(child, discourse)
            after_comma = candidate.end < len(doc) and doc[candidate.end].text == "," and child.i == candidate.end + 1
            if (
                other is not None
                and other.kind == "name"
                and other.type in ("Country", "Place")
                and child.dep_ in ("appos", "nmod:unmarked", "list", "nmod", "conj", "obl:unmarked")
                and after_comma
                and (candidate.gazetteer is not None or other.gazetteer is not None)
                and not children(child, "cc")
            ):
                yield State("locatedIn", head, child, head, None, None, True, "place-comma")


def _members_by_compound(doc: Doc, discourse: Discourse, words: Words) -> Iterator[State]:
    """*NATO member Turkey*."""
    for candidate in discourse.candidates:
        if candidate.kind != "name" or candidate.type not in ("Country", "Organization"):
            continue
        for title in children(doc[candidate.head], "nmod:desc", "compound"):
            if words.lexicon.roles.get(title.lemma_.lower()) == "memberOf":
                for other in [c for c in title.children if c.dep_ in ("compound", "nmod:poss", "amod")]:
                    found = _candidate(other, discourse)
                    if found is not None and found.type == "Organization":
                        yield State("memberOf", doc[candidate.head], other, title, None, None, True, "title-memberOf")
