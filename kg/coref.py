"""Coreference within an article: which mentions speak of the same entity.

Names first (exact, acronyms, short forms, titles with surnames), then appositions, definite descriptions by role and
type (*the Russian leader*, *the ministry*), then pronouns by agreement and salience. Text is never rewritten: the
result is an entity for each mention, and for plurals such as *both countries* the entities they stand for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Token

from kg.frames import wanted_kinds
from kg.gazetteer import Gazetteer
from kg.lexicon import Lexicon
from kg.mentions import UNKNOWN, Candidate, Words, noun_type
from kg.model import EntityType
from kg.naming import name_key
from kg.ontology import KINDS_OF_TYPE, Ontology
from kg.parse import Predicate, predicates
from kg.spelling import is_acronym, same_person
from kg.syntax import SUBJECTS, children, conjuncts, subject

ACTORS: frozenset[EntityType] = frozenset(("Person", "Organization", "Country", "Group"))
KINDS: frozenset[EntityType] = frozenset(("Item", "Group", "Place", "Event", "Agreement"))
# How many sentences back a pronoun or description may reach.
REACH = 4


@dataclass(frozen=True)
class Discourse:
    """Candidates with their entities. `entity_of[i]` is the number of candidate i's entity, None for a pronoun that
    refers to nothing known; `members[i]` lists the entities that a plural mention stands for; `at` finds the
    candidate of a head token."""

    candidates: tuple[Candidate, ...]
    entity_of: tuple[int | None, ...]
    members: Mapping[int, tuple[int, ...]]
    at: Mapping[int, int]

    def mentions_of(self, entity: int) -> list[Candidate]:
        """The mentions of an entity, in order."""
        return [c for c, e in zip(self.candidates, self.entity_of, strict=True) if e == entity]

    def covering(self, token: int) -> int | None:
        """The candidate in whose name a token stands, else the one it heads."""
        if token in self.at:
            return self.at[token]
        for number, candidate in enumerate(self.candidates):
            if candidate.kind in ("name", "adjective") and candidate.start <= token < candidate.end:
                return number
        return None


def resolve_coreference(
    doc: Doc, candidates: tuple[Candidate, ...], words: Words, ontology: Ontology, published: date | None
) -> Discourse:
    """Cluster the candidates of a document into entities.

    The ontology's frames say what kind of thing a verb takes, by which a pronoun's antecedent is chosen.
    """
    state = _Clusters(doc, candidates, words, ontology, published)
    state.cluster_names()
    state.cluster_appositions()
    state.cluster_rest()
    return state.discourse()


class _Clusters:
    """The growing clustering: an entity number for each candidate, decided in order of position."""

    def __init__(
        self,
        doc: Doc,
        candidates: tuple[Candidate, ...],
        words: Words,
        ontology: Ontology,
        published: date | None,
    ) -> None:
        self.doc, self.candidates, self.words, self.ontology = doc, candidates, words, ontology
        self.published = published
        self.roles: dict[int, Predicate] = {p.word: p for p in predicates(doc)}
        self.entity: list[int | None] = [None] * len(candidates)
        self.members: dict[int, tuple[int, ...]] = {}
        self.first: dict[int, Candidate] = {}
        self.full: dict[int, list[Candidate]] = {}
        self.at = {c.head: n for n, c in enumerate(candidates)}
        self.sentence = _sentence_numbers(doc)

    def discourse(self) -> Discourse:
        return Discourse(self.candidates, tuple(self.entity), self.members, self.at)

    def assign(self, number: int, entity: int | None) -> int:
        """Put a candidate into an entity, a new one if None."""
        if entity is None:
            entity = len(self.first)
            self.first[entity] = self.candidates[number]
        self.entity[number] = entity
        if self.candidates[number].kind in ("name", "adjective"):
            self.full.setdefault(entity, []).append(self.candidates[number])
        return entity

    # -- names --

    def cluster_names(self) -> None:
        """Names join the entity of a longer or equal name anywhere in the article, so that a headline's *Putin* is
        the text's."""
        named = [n for n, c in enumerate(self.candidates) if c.kind in ("name", "adjective")]
        # Longest names first: short ones then find their full form. Position breaks ties.
        for number in sorted(named, key=lambda n: (-len(name_key(self.candidates[n].name).split()), n)):
            self.assign(number, self._entity_of_name(number))

    def _entity_of_name(self, number: int) -> int | None:
        candidate = self.candidates[number]
        found = [e for e, names in self.full.items() if any(same_name(candidate, other, self.words) for other in names)]
        if not found:
            return None
        if len(found) == 1:
            return found[0]
        # Several fit (two Schmidts): the one named last before this mention, else the one named most.
        before = [e for e in found if any(c.start < candidate.start for c in self.full[e])]
        if before:
            return max(before, key=lambda e: max(c.start for c in self.full[e] if c.start < candidate.start))
        return max(found, key=lambda e: (len(self.full[e]), -e))

    # -- appositions --

    def cluster_appositions(self) -> None:
        """*Raisi, the president of Iran,* and *spokesman John Kirby*: the description is the named person."""
        for number, candidate in enumerate(self.candidates):
            if candidate.kind != "nominal":
                continue
            partner = self._apposition(self.doc[candidate.head])
            if (
                partner is not None
                and self.entity[number] is None
                and self._may_describe(candidate, self.candidates[partner])
            ):
                self.assign(number, self.entity[partner])

    def _apposition(self, head: Token) -> int | None:
        """The name that is in apposition to a noun, on either side."""
        near = [*children(head, "appos", "flat"), *([head.head] if head.dep_ == "appos" else [])]
        for token in near:
            number = self.at.get(token.i)
            if number is not None and self.candidates[number].kind == "name":
                return number
        return None

    def _may_describe(self, nominal: Candidate, name: Candidate) -> bool:
        if nominal.plural:
            return False
        if nominal.type == "Item":
            # A noun that the lexicon doesn't know (*the match referee Joel Aguilar*) may be anything.
            return nominal.definite and noun_type(self.doc[nominal.head], self.words) is UNKNOWN
        return nominal.type == name.type or {nominal.type, name.type} <= {"Country", "Place", "Organization"}

    # -- descriptions and pronouns, left to right --

    def cluster_rest(self) -> None:
        for number, candidate in enumerate(self.candidates):
            if self.entity[number] is not None:
                continue
            if candidate.kind == "pronoun":
                self._resolve_pronoun(number)
            elif candidate.kind == "nominal":
                self._resolve_nominal(number)

    def _resolve_nominal(self, number: int) -> None:
        pair = self._plural_description(number) or self._plural_roles(number)
        if pair:
            self.members[number] = pair
        antecedent = None if pair else self._antecedent(number)
        self.assign(number, antecedent)

    def _antecedent(self, number: int) -> int | None:
        """The entity a description speaks of, None for a new one."""
        candidate = self.candidates[number]
        same = self._same_description(number)
        if same is not None:
            return same
        if (
            candidate.type == "Person"
            and not candidate.plural
            and (candidate.definite or candidate.country or self._bodies(self.doc[candidate.head]))
        ):
            found = self._person_described(number)
            return found if found is not None or candidate.country else self._shortened(number)
        if not candidate.definite and candidate.country is None:
            return None
        if candidate.type == "Organization" and candidate.definite:
            found = self._organization_described(number)
            return found if found is not None else self._shortened(number)
        if candidate.type == "Country" and candidate.definite and not candidate.plural:
            return self._last(number, lambda c: c.type == "Country" and c.kind == "name", reach=3)
        return self._shortened(number)

    def _same_description(self, number: int) -> int | None:
        """An earlier description in the same words, the last one that may be meant: a bare plural is the kind itself
        wherever it stands, *the* and *this* point back, *a* and *another* bring up a new one, and other numbers and
        owners are other things."""
        candidate = self.candidates[number]
        if self._is_new(candidate):
            return None
        key = name_key(candidate.name)
        for other in range(number - 1, -1, -1):
            earlier, entity = self.candidates[other], self.entity[other]
            if earlier.kind != "nominal" or entity is None or name_key(earlier.name) != key:
                continue
            if earlier.country != candidate.country or not (candidate.type in KINDS or candidate.definite):
                continue
            if self._quantity(earlier) in (self._quantity(candidate), frozenset()) and self._same_owner(other, number):
                return entity
        return None

    def _is_new(self, candidate: Candidate) -> bool:
        """Whether a description's determiner brings up something new."""
        head = self.doc[candidate.head]
        return not candidate.plural and any(
            c.lower_ in self.words.lexicon.introducing for c in children(head, "det", "amod")
        )

    def _quantity(self, candidate: Candidate) -> frozenset[str]:
        """The numerals and ordinals of a description."""
        return frozenset(
            c.lower_ for c in self.doc[candidate.head].children
            if c.dep_ == "nummod" or (c.dep_ == "amod" and c.tag_ == "JJ" and c.lower_ in self.words.lexicon.quantifying)
        )  # fmt: skip

    def _same_owner(self, earlier: int, later: int) -> bool:
        """Whether two descriptions may have one owner: the same entity, or none said of the later."""
        owners = [self._owner_of(number) for number in (earlier, later)]
        return owners[1] is None or owners[0] == owners[1]

    def _owner_of(self, number: int) -> int | None:
        """The entity of a description's possessor; -1 for an owner that is no known entity, None without an owner."""
        for child in children(self.doc[self.candidates[number].head], "nmod:poss"):
            at = self.at.get(child.i)
            entity = self.entity[at] if at is not None else None
            return -1 if entity is None else entity
        return None

    def _shortened(self, number: int) -> int | None:
        """*the station* after *the bus station* or *Victoria Station*: what was last called by the same noun, if a
        definite description adds nothing to it (strict head match with word inclusion, after Raghunathan et al.
        2010)."""
        candidate = self.candidates[number]
        head = self.doc[candidate.head]
        if not candidate.definite or head.lemma_ in self.words.lexicon.vague:
            return None
        if self._restricted(head) or children(head, "nmod:poss"):
            return None
        own = set(name_key(candidate.name).split())

        def fits(earlier: Candidate) -> bool:
            words = name_key(earlier.name).split()
            if earlier.kind == "name":
                last = words[-1:] == [head.lemma_.lower()] and len(words) > 1
                return last and own <= set(words) and not candidate.plural and earlier.type != "Person"
            same = self.doc[earlier.head].lemma_ == head.lemma_ and earlier.plural == candidate.plural
            return earlier.kind == "nominal" and same and own <= set(words)

        return self._last(number, fits, reach=2 * REACH)

    def _restricted(self, head: Token) -> bool:
        """Whether a description says by itself which one it means (*the attack on the port*)."""
        return any(c.dep_ in ("acl", "acl:relcl") or (c.dep_ == "nmod" and c.i > head.i) for c in head.children)

    def _person_described(self, number: int) -> int | None:
        """*the Russian leader*, *the CIA director*, *his Iranian counterpart*: the person of that country or body and
        role, by the article first, then by the gazetteer."""
        candidate = self.candidates[number]
        lemma = self.doc[candidate.head].lemma_.lower()
        counterpart = lemma in self.words.lexicon.counterparts and candidate.country is not None
        bodies = self._bodies(self.doc[candidate.head])
        if candidate.title is None and not counterpart and not (bodies and lemma in self.words.lexicon.generic_roles):
            return None
        return self._holder(number, candidate.country, bodies)

    def _plural_roles(self, number: int) -> tuple[int, ...] | None:
        """*the leaders of Iran and Turkey*, *his Iranian and Turkish counterparts*: the persons in that role, if the
        article names them all."""
        candidate = self.candidates[number]
        head = self.doc[candidate.head]
        lemma = head.lemma_.lower()
        lexicon = self.words.lexicon
        if not candidate.plural or (lemma not in lexicon.counterparts and lexicon.roles.get(lemma) != "holdsOffice"):
            return None
        countries = [
            found.country
            for child in head.children
            if child.dep_ in ("amod", "nmod:poss", "nmod", "compound")
            for part in conjuncts(child)
            if (at := self.at.get(part.i)) is not None and (found := self.candidates[at]).type == "Country"
        ]
        if len(countries) < 2 or None in countries:
            return None
        holders = [self._holder(number, country, set()) for country in countries]
        found_all = tuple(holder for holder in holders if holder is not None)
        return found_all if len(set(found_all)) == len(countries) else None

    def _holder(self, number: int, country: str | None, bodies: set[int]) -> int | None:
        """The person named before a description who holds its role, for a country or at a body."""
        candidate = self.candidates[number]
        lemma = self.doc[candidate.head].lemma_.lower()
        counterpart = lemma in self.words.lexicon.counterparts and country is not None
        role = candidate.title or lemma
        if counterpart:
            return self._counterpart(number, country)
        for other in range(number - 1, -1, -1):
            earlier, entity = self.candidates[other], self.entity[other]
            if earlier.kind != "name" or earlier.type != "Person" or entity is None:
                continue
            if bodies:
                if bodies & self._bodies_of(entity) and self._role_fits_body(entity, lemma, candidate.title):
                    return entity
            elif self._fits_role(entity, role, country):
                return entity
        return None

    def _counterpart(self, number: int, country: str | None) -> int | None:
        """The person of a country in the same office as somebody named in the sentence; else the last of the country."""
        head = self.doc[self.candidates[number].head]
        here = {e for n, e in enumerate(self.entity[:number]) if self.doc[self.candidates[n].head].sent == head.sent}
        offices = {c.title for entity in here if entity is not None for c in self.mentions(entity) if c.title}
        last: int | None = None
        for other in range(number - 1, -1, -1):
            earlier, entity = self.candidates[other], self.entity[other]
            if earlier.kind != "name" or earlier.type != "Person" or entity is None:
                continue
            mentions = self.mentions(entity)
            if entity not in here and any(c.country == country for c in mentions):
                last = entity if last is None else last
                if {c.title for c in mentions} & offices:
                    return entity
        return last

    def _role_fits_body(self, entity: int, lemma: str, title: str | None) -> bool:
        titles = {c.title for c in self.mentions(entity) if c.title}
        if lemma in self.words.lexicon.generic_roles or not titles:
            return True
        return any(_roles_agree(title or lemma, t, self.words.lexicon) for t in titles)

    def _bodies(self, noun: Token) -> set[int]:
        """Entities of the organisations that a noun's modifiers and complements name (the *CIA* director, an analyst
        *at the Institute*)."""
        found = set()
        for child in noun.children:
            if child.dep_ in ("compound", "nmod:poss", "nmod", "amod", "nmod:unmarked", "flat"):
                number = self.at.get(child.i)
                if (
                    number is not None
                    and self.candidates[number].kind == "name"
                    and self.candidates[number].type == "Organization"
                ):
                    entity = self.entity[number]
                    if entity is not None:
                        found.add(entity)
        return found

    def _bodies_of(self, entity: int) -> set[int]:
        """Entities of the organisations that a person's titles, appositions and predicates name."""
        found: set[int] = set()
        for mention in self.mentions(entity):
            head = self.doc[mention.head]
            nouns = [
                head,
                *children(head, "nmod:desc", "appos", "compound", "acl:relcl"),
                *([head.head] if head.dep_ in ("appos", "nsubj", "nmod:desc") else []),
            ]
            for noun in nouns:
                found |= self._bodies(noun)
        return found

    def _fits_role(self, entity: int, role: str, country: str | None) -> bool:
        titles = {c.title for c in self.mentions(entity) if c.title}
        countries = {c.country for c in self.mentions(entity) if c.country}
        gazetted = {c.gazetteer for c in self.full.get(entity, []) if c.gazetteer}
        known = (self.words.gazetteer.entries[id_].country for id_ in gazetted)
        countries |= {country for country in known if country}
        if country and not countries and not gazetted:
            return False
        if country and countries and country not in countries:
            return False
        if any(_roles_agree(role, title, self.words.lexicon) for title in titles):
            return True
        if not country and len(countries) == 1:
            country = next(iter(countries))
        return bool(country) and self._held(gazetted, country or "", role)

    def _held(self, gazetted: set[str], country: str, role: str) -> bool:
        office = "leader" if role == "leader" else role
        return any(e.id in gazetted for e in self.words.gazetteer.holders(country, office, self.published))

    def _organization_described(self, number: int) -> int | None:
        """*the ministry*, *the agency*: the last organisation that has the word in its name or is of that sort."""
        head = self.doc[self.candidates[number].head].lemma_.lower()
        wanted = self.candidates[number]

        def fits(c: Candidate) -> bool:
            if c.type != "Organization" or c.kind != "name":
                return False
            return head in name_key(c.name).split() or (
                wanted.subtype is not None and c.subtype == wanted.subtype and c.subtype != "GovernmentBody"
            )

        return self._last(number, fits, reach=REACH)

    def _plural_description(self, number: int) -> tuple[int, ...] | None:
        """*the two countries*, *both sides*, *the two leaders*: the entities coordinated or named last."""
        candidate = self.candidates[number]
        head = self.doc[candidate.head]
        if (
            head.lemma_.lower() not in self.words.lexicon.plural_descriptions
            or not candidate.plural
            or candidate.country
        ):
            return None
        marks = {t.lower_ for t in head.children if t.i < head.i}
        if not (marks & {"two", "both"} or (candidate.definite and head.lemma_ in ("country", "side", "party"))):
            return None
        if any(c.dep_ in ("acl:relcl", "acl") or c.dep_ == "nmod" for c in head.children):
            return None
        noun = self.words.lexicon.nouns.get(head.lemma_.lower())
        wanted: frozenset[EntityType] = frozenset(("Country", "Organization", "Group"))
        if noun is not None and noun.type in ("Person", "Country"):
            wanted = frozenset((noun.type,))
        elif head.lemma_ in ("government", "capital"):
            wanted = frozenset(("Country",))
        found: list[int] = []
        doer = subject(head.head) if head.dep_ in ("obj", "iobj", "obl") else None
        apart = self._entity_at(doer) if doer is not None else None
        for entity in self._before(number, wanted):
            if entity not in found and entity != apart:
                found.append(entity)
            if len(found) == 2:
                return tuple(reversed(found))
        return None

    def _before(self, number: int, wanted: frozenset[EntityType]) -> Iterator[int]:
        """Entities of some types mentioned before a candidate within reach, latest first; countries also by their
        adjectives."""
        sentence = self.sentence[self.candidates[number].head]
        for other in range(number - 1, -1, -1):
            earlier, entity = self.candidates[other], self.entity[other]
            if sentence - self.sentence[earlier.head] > REACH:
                return
            named = entity is not None and earlier.kind in ("name", "adjective") and earlier.type in wanted
            if named and entity is not None and not self._only_places(earlier):
                yield entity

    def _only_places(self, candidate: Candidate) -> bool:
        """Whether a country's name only says where a place is (*Yerevan, **Armenia***)."""
        head = self.doc[candidate.head]
        above = self.at.get(head.head.i)
        return (
            head.dep_ in ("appos", "nmod:unmarked", "list", "obl:unmarked")
            and above is not None
            and self.candidates[above].type == "Place"
        )

    def _last(self, number: int, fits: Callable[[Candidate], bool], reach: int) -> int | None:
        sentence = self.sentence[self.candidates[number].head]
        for other in range(number - 1, -1, -1):
            earlier, entity = self.candidates[other], self.entity[other]
            if sentence - self.sentence[earlier.head] > reach:
                return None
            if entity is not None and fits(earlier):
                return entity
        return None

    def mentions(self, entity: int) -> list[Candidate]:
        return [c for c, e in zip(self.candidates, self.entity, strict=True) if e == entity]

    # -- pronouns --

    def _resolve_pronoun(self, number: int) -> None:
        candidate = self.candidates[number]
        token = self.doc[candidate.head]
        lower = token.lower_
        if lower in ("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your", "yours"):
            return
        if candidate.plural:
            self._resolve_they(number)
            return
        if candidate.type == "Person":
            found = self._most_salient(
                number, lambda c: c.type == "Person" and not c.plural and _gender_fits(c, candidate)
            )
        else:
            speaks = self._speaks(token)
            found = self._most_salient(number, lambda c: self._may_be_it(c, speaks))
        if found is not None:
            self.assign(number, found)

    def _may_be_it(self, earlier: Candidate, speaks: bool) -> bool:
        """*it* is a country, body or thing; what *it* says, a body or a place that stands for one."""
        if earlier.plural or earlier.kind == "adjective":
            return False
        if earlier.type in ("Country", "Organization"):
            return True
        if earlier.type == "Place" and self.doc[earlier.head].dep_ in SUBJECTS:
            return self._stands_for_government(earlier)
        return not speaks and earlier.type in ("Item", "Event", "Agreement")

    def _resolve_they(self, number: int) -> None:
        """*they* is a plural mention, or a coordination, of the sentences before."""
        best: tuple[float, int] | None = None
        for other, earlier in enumerate(self.candidates[:number]):
            entity = self.entity[other]
            if entity is None or earlier.kind == "adjective" or not self._may_precede(earlier, number):
                continue
            group = self._coordinated(other)
            plural = group or (earlier.plural and earlier.type in ACTORS | {"Item"}) or other in self.members
            body = earlier.type in ("Organization", "Country") and earlier.kind == "name"
            body = body and self.doc[earlier.head].dep_ not in ("compound", "nmod:poss", "nmod:desc", "amod", "appos")
            if not (plural or body):
                continue
            score = self._salience(other, number) + (0.5 if earlier.type in ACTORS else 0.0)
            # A body is *they* where nothing plural is near (*the team lost their lead*).
            score -= 0.0 if plural else 2.5
            if best is None or score >= best[0]:
                best = (score, other)
        if best is None:
            return
        chosen = best[1]
        group = self._coordinated(chosen)
        if group and not self.candidates[chosen].plural:
            self.members[number] = group
            self.assign(number, None)
        else:
            if chosen in self.members:
                self.members[number] = self.members[chosen]
            self.assign(number, self.entity[chosen])

    def _coordinated(self, number: int) -> tuple[int, ...] | None:
        """The entities of a coordination of actors that a candidate begins."""
        head = self.doc[self.candidates[number].head]
        if head.dep_ == "conj":
            return None
        parts = [self.at.get(token.i) for token in conjuncts(head)]
        if len(parts) < 2 or any(p is None for p in parts):
            return None
        numbers = [p for p in parts if p is not None]
        if any(self.candidates[p].type not in ACTORS | {"Place"} for p in numbers):
            return None
        entities = [self.entity[p] for p in numbers]
        return tuple(e for e in entities if e is not None) if all(e is not None for e in entities) else None

    def _most_salient(self, number: int, fits: Callable[[Candidate], bool]) -> int | None:
        best: tuple[float, int] | None = None
        for other, earlier in enumerate(self.candidates[:number]):
            entity = self.entity[other]
            if entity is None or not fits(self._named(other)) or not self._may_precede(earlier, number):
                continue
            score = self._salience(other, number)
            if best is None or score >= best[0]:
                best = (score, entity)
        return best[1] if best else None

    def _named(self, number: int) -> Candidate:
        """A candidate; for a thing's pronoun what it stands for, so that it weighs as that."""
        candidate, entity = self.candidates[number], self.entity[number]
        if candidate.kind != "pronoun" or candidate.type == "Person" or entity is None:
            return candidate
        return next((c for c in self.mentions(entity) if c.kind == "name"), candidate)

    def _may_precede(self, earlier: Candidate, number: int) -> bool:
        """Within reach, and not the pronoun's own clause-mate object (*he met him*)."""
        candidate = self.candidates[number]
        distance = self.sentence[candidate.head] - self.sentence[earlier.head]
        if not 0 <= distance <= REACH - 1:
            return False
        pronoun, other = self.doc[candidate.head], self.doc[earlier.head]
        verb = pronoun.head
        if self._speaks(pronoun) and any(
            c.dep_ == "ccomp" and c.i < pronoun.i and other.i in {t.i for t in c.subtree} for c in verb.children
        ):
            # In "Moscow may buy them, it added" somebody else than Moscow adds it.
            return False
        apart = any(t.text in (";", ":") for t in self.doc[other.i : pronoun.i]) if other.i < pronoun.i else False
        if pronoun.head.dep_ == "parataxis" and other.head.i == pronoun.head.head.i and not apart:
            # In "Putin, he said, wanted ..." somebody else speaks.
            return False
        reflexive = pronoun.lower_.endswith(("self", "selves"))
        if pronoun.dep_ in ("obj", "iobj") and not reflexive:
            if verb.lemma_ in self.words.lexicon.denials and pronoun.lower_ == "it":
                # What is denied is that something is so.
                return earlier.type in ("Item", "Event", "Agreement")
            own = subject(verb)
            if own is not None and self._entity_at(own) == self._entity_at(other) is not None:
                # Nobody does it to himself without saying so (*lies west of Mali and sells it fish*).
                return False
        return reflexive or pronoun.dep_ == "nmod:poss" or pronoun.head.i != other.head.i or distance > 0

    def _entity_at(self, token: Token) -> int | None:
        number = self.at.get(token.i)
        return self.entity[number] if number is not None else None

    def _salience(self, other: int, number: int) -> float:
        """Nearer sentences, subjects and entities mentioned often weigh more (after Lappin & Leass 1994)."""
        earlier, candidate = self.candidates[other], self.candidates[number]
        distance = self.sentence[candidate.head] - self.sentence[earlier.head]
        head = self.doc[earlier.head]
        score = 4.0 - 2.0 * distance - (1.0 if distance > 1 else 0.0)
        if head.dep_ in SUBJECTS:
            score += 2.0 if self._is_main(head) else 1.2
        elif head.dep_ == "obl:agent":
            score += 1.2
        elif head.dep_ in ("obj", "iobj"):
            score += 0.6
        pronoun = self.doc[candidate.head]
        quantified = pronoun.dep_ == "nmod" and pronoun.head.lemma_ in self.words.lexicon.quantities
        role = pronoun.head.dep_ if quantified else pronoun.dep_
        condition = pronoun.head
        bound = condition.dep_ == "advcl" and any(m.lower_ in ("unless", "until") for m in children(condition, "mark"))
        if bound and head.dep_ == "obj" and head.head.i == condition.head.i < condition.i:
            # Will punish *them* unless they give way: what is asked is asked of whom the threat hits.
            score += 3.0
        if role in SUBJECTS and head.dep_ in SUBJECTS:
            score += 0.5
        elif role in ("obj", "iobj"):
            # Objects go on as objects: "officials saw drones ... Moscow may buy them".
            score += 1.5 if head.dep_ in ("obj", "nsubj:pass") else -0.5
            score += 1.0 if earlier.type == "Item" else 0.0
        if distance <= 1 and self._speaks(head) and self._speaks(self.doc[candidate.head]):
            # Who spoke last goes on speaking.
            score += 1.2
        entity = self.entity[other]
        named = self._named(other)
        if named.type in ACTORS:
            score += 0.7
        wanted = wanted_kinds(pronoun, self.roles.get(pronoun.head.i), self.ontology)
        if wanted and not wanted & (self._kinds(named) | {"any"}):
            score -= 3.0
        score += 0.15 * min(5, sum(e == entity for e in self.entity[:number]))
        return score + 0.0005 * earlier.start / max(1, len(self.doc))

    def _kinds(self, candidate: Candidate) -> frozenset[str]:
        kinds = KINDS_OF_TYPE[candidate.type]
        return kinds | KINDS_OF_TYPE["Country"] if self._stands_for_government(candidate) else kinds

    def _stands_for_government(self, candidate: Candidate) -> bool:
        """Whether a place's name may stand for a government: a capital's, or a seat's."""
        if candidate.type != "Place" or candidate.gazetteer is None:
            return False
        entry = self.words.gazetteer.entries[candidate.gazetteer]
        return entry.is_seat or entry.capital_of is not None

    def _speaks(self, head: Token) -> bool:
        return head.dep_ in SUBJECTS and head.head.lemma_ in self.words.lexicon.speech

    def _is_main(self, head: Token) -> bool:
        return head.head.dep_ == "ROOT" or head.head.dep_ == "conj"


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers = [0] * len(doc)
    for number, sentence in enumerate(doc.sents):
        for token in sentence:
            numbers[token.i] = number
    return numbers


def _gender_fits(earlier: Candidate, pronoun: Candidate) -> bool:
    return earlier.gender is None or pronoun.gender is None or earlier.gender == pronoun.gender


def _roles_agree(described: str, title: str, lexicon: Lexicon) -> bool:
    """*the leader* may be a president; *the minister* a foreign minister; *the official* anyone in office."""
    if described == title or title.endswith(" " + described) or described.endswith(" " + title):
        return True
    if described in ("leader", "ruler"):
        return title in lexicon.leader_roles
    return described == "official" and lexicon.roles.get(title) in ("holdsOffice", "speaksFor", "leads")


# --- Names -------------------------------------------------------------------------------------------


def same_name(a: Candidate, b: Candidate, words: Words) -> bool:
    """Whether two names of one article name the same thing."""
    gazetteer = words.gazetteer
    if a.gazetteer and a.gazetteer == b.gazetteer and a.type == b.type:
        return True
    if a.gazetteer and b.gazetteer and a.type == b.type and a.type in ("Country", "Place"):
        return False
    if {a.type, b.type} == {"Person"}:
        return same_person(a.name, b.name)
    left, right = _canonical(a, gazetteer), _canonical(b, gazetteer)
    if left == right and left:
        return a.type == b.type or {a.type, b.type} <= {"Organization", "Place", "Item", "Event", "Agreement"}
    if "Person" in (a.type, b.type):
        # The model takes a bare surname for something else now and then, in headlines above all.
        person, other = (a, b) if a.type == "Person" else (b, a)
        bare = other.gazetteer is None and " " not in other.name and " " in person.name
        return left == right or (bare and same_person(other.name, person.name))
    if a.type == b.type and a.type in ("Organization", "Item", "Event", "Agreement"):
        return (
            is_acronym(a.name, b.name)
            or is_acronym(b.name, a.name)
            or (a.type == "Organization" and _is_short_form(left, right, words.lexicon.company_forms))
        )
    return False


def _canonical(candidate: Candidate, gazetteer: Gazetteer) -> str:
    """A name's key with nationality words replaced by the country's code: *American* and *US* Institute are one."""
    words = name_key(candidate.name).split()
    if len(words) < 2:
        return " ".join(words)
    return " ".join(_country_code(word, gazetteer) for word in words if word not in ("the", "&", "and"))


def _country_code(word: str, gazetteer: Gazetteer) -> str:
    for entry in [*gazetteer.described(word), *gazetteer.named(word)]:
        if entry.type == "Country" and entry.country:
            return entry.country
    return word


def _is_short_form(a: str, b: str, forms: frozenset[str]) -> bool:
    """*Gazprom* and *Gazprom PJSC*; not *Bank* and *Bank of China*: the short form begins the long one and is more
    than one common word."""
    short, long = sorted((a.split(), b.split()), key=len)
    if len(short) == len(long) or not short:
        return False
    return long[: len(short)] == short and (
        len(short) > 1 or (len(long) == 2 and len(short[0]) > 4 and long[1] in forms)
    )
