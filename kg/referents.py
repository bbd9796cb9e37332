"""From the words in a slot to entities: conjuncts, plurals, speakers' *I* and *we*, and places that stand for
governments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.affiliation import body_of
from kg.attribution import Attribution, Quotation, source_of
from kg.coref import Discourse
from kg.dates import Expression
from kg.gazetteer import Gazetted
from kg.members import is_reciprocal, members_of
from kg.mentions import Candidate, Words, is_counted_rest, is_end_of
from kg.ontology import KINDS_OF_TYPE
from kg.quantities import past_quantity
from kg.syntax import children, conjuncts, preposition
from kg.venues import is_seat_of_state

FIRST_SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
SECOND = frozenset({"you", "your", "yours", "yourself", "yourselves"})
ACTING = frozenset({"actor", "organization-or-country"})


class Referent(NamedTuple):
    """An entity that fills a slot: its key, and the candidate whose words stand for it."""

    entity: str
    candidate: int


@dataclass
class Referents:
    """Finds entities for tokens. Keys: `c<number>` for a cluster of the discourse, `g<id>` for an entry of the
    gazetteer that acts: a country that only its capital or its officials' *we* brings in, a seat of government (*the
    Kremlin*). `acting` notes the place names that act, `governments` the entries they act for, `homes` what *our
    country* is."""

    doc: Doc
    discourse: Discourse
    words: Words
    attributions: Sequence[Attribution]
    quotations: Sequence[Quotation]
    times: Sequence[Expression] = ()
    governments: dict[str, str] = field(default_factory=dict)
    acting: dict[int, str] = field(default_factory=dict)
    homes: dict[int, str] = field(default_factory=dict)

    def kinds_of(self, token: Token) -> frozenset[str]:
        """All kinds of thing that a token may speak of; empty for what can fill no slot."""
        token = past_quantity(token, self.words.lexicon)
        if is_reciprocal(token):
            return KINDS_OF_TYPE["Person"] | KINDS_OF_TYPE["Country"]
        number = self.discourse.covering(token.i)
        if number is None or any(e.start <= token.idx < e.end for e in self.times):
            return frozenset()
        candidate = self.discourse.candidates[number]
        if candidate.kind == "pronoun":
            return self._kinds_of_pronoun(number, token)
        vague = token.lemma_.lower() in self.words.lexicon.vague and not (is_counted_rest(token) or is_end_of(token))
        # *The two sides, Armenia and Azerbaijan*: these are who is meant; which two sides else, isn't told.
        named = number in self.discourse.members and bool(children(token, "appos"))
        if candidate.kind == "nominal" and vague and not named:
            return frozenset()
        owner = self._owner(token)
        if owner is not None:
            return self.kinds_of(owner) | KINDS_OF_TYPE[candidate.type]
        kinds = KINDS_OF_TYPE[candidate.type]
        # *The tanker Aurelia* may be attacked as the tanker is.
        called = [token, *(children(token, "nmod:desc") if candidate.kind == "name" else ())]
        if any(t.lemma_.lower() in self.words.lexicon.targets for t in called):
            kinds |= {"target"}
        kinds |= {"governed"} if candidate.type == "Place" and self._is_governed(candidate, token) else frozenset()
        return kinds | ACTING if self._government(candidate) else kinds

    def _is_governed(self, candidate: Candidate, token: Token) -> bool:
        """Whether a place has people who answer for it: a town, a province or state, an institution."""
        lexicon = self.words.lexicon
        if candidate.kind == "nominal":
            return token.lemma_.lower() in lexicon.institutions | lexicon.settlements
        entry = self.words.gazetteer.entries.get(candidate.gazetteer or "")
        last = candidate.name.split()[-1]
        if entry is None:
            # *The Sahara* is no town.
            named = not children(token, "det") and last not in lexicon.name_words
            return named or last.lower() in lexicon.institutions
        return entry.is_city or entry.is_region

    def stands_for(self, token: Token) -> Token:
        """The noun of the last description that a pronoun for a thing takes up; the token itself where there is none."""
        number = self.discourse.at.get(token.i)
        entity = self.discourse.entity_of[number] if number is not None else None
        if entity is None or token.lower_.endswith(("self", "selves")):
            return token
        described = [c for c in self.discourse.mentions_of(entity) if c.kind == "nominal" and c.head < token.i]
        return self.doc[described[-1].head] if described else token

    def _kinds_of_pronoun(self, number: int, token: Token) -> frozenset[str]:
        if token.lower_ in FIRST_SINGULAR | FIRST_PLURAL:
            return (
                KINDS_OF_TYPE["Person"] | KINDS_OF_TYPE["Organization"]
                if self._speaker(token) is not None
                else frozenset()
            )
        if token.lower_ in SECOND:
            addressee = self._addressee(token)
            return self.kinds_of(addressee) if addressee is not None else frozenset()
        entity = self.discourse.entity_of[number]
        if number in self.discourse.members:
            return KINDS_OF_TYPE["Country"] | KINDS_OF_TYPE["Person"]
        if entity is None:
            return frozenset()
        mentions = [c for c in self.discourse.mentions_of(entity) if c.kind != "pronoun"]
        kinds = frozenset().union(*(KINDS_OF_TYPE[c.type] for c in mentions))
        return kinds | ACTING if any(self._government(c) for c in mentions) else kinds

    def of(self, token: Token, acts: bool) -> list[Referent]:
        """The entities of a token and its conjuncts, each once; `acts` where the slot wants an actor."""
        found: dict[str, Referent] = {}
        for part in members_of(token, self.discourse, self.words.lexicon):
            for referent in self._of_one(past_quantity(part, self.words.lexicon), acts):
                found.setdefault(referent.entity, referent)
        return list(found.values())

    def _of_one(self, token: Token, acts: bool) -> Iterator[Referent]:
        token = (self._owner(token) or token) if acts else token
        number = self.discourse.covering(token.i)
        if number is None:
            return
        candidate = self.discourse.candidates[number]
        if candidate.kind == "pronoun" and token.lower_ in FIRST_SINGULAR | FIRST_PLURAL:
            yield from self._of_speaker(token, number)
            return
        if candidate.kind == "pronoun" and token.lower_ in SECOND:
            addressee = self._addressee(token)
            if addressee is not None:
                yield from (Referent(r.entity, number) for r in self._of_one(addressee, acts=True))
            return
        if number in self.discourse.members:
            yield from (Referent(self._key(entity, acts), number) for entity in self.discourse.members[number])
            return
        home = self._home(token, candidate)
        if home is not None:
            self.homes[number] = self.government_key(home)
            yield Referent(self.homes[number], number)
            return
        capital = self._capital(token, candidate) if not acts else None
        if capital is not None:
            self.acting[number] = self.government_key(capital)
            yield Referent(self.acting[number], number)
            return
        government = self._land_of(candidate) or (self._government(candidate) if acts else None)
        entity = self.discourse.entity_of[number]
        if government is not None:
            key = self.government_key(government)
            self.acting[number] = key
            yield Referent(key, number)
        elif entity is not None:
            key = self._key(entity, acts)
            if key.startswith("g") and candidate.kind == "nominal":
                # *The state of Texas*: its description acts as its name would.
                self.acting[number] = key
            yield Referent(key, number)

    def _home(self, token: Token, candidate: Candidate) -> Gazetted | None:
        """Which state *our country*, *his country* is: that of the speaker, or of the one the pronoun stands for."""
        if candidate.kind != "nominal" or candidate.plural or token.lemma_.lower() not in self.words.lexicon.homelands:
            return None
        for owner in children(token, "nmod:poss"):
            number = self.discourse.at.get(owner.i)
            if owner.tag_ == "WP$":
                # *Kagame, whose country …*
                owner = next((clause.head for clause in token.ancestors if clause.dep_ == "acl:relcl"), owner)
            elif owner.pos_ != "PRON" or number is None or self.discourse.candidates[number].kind != "pronoun":
                continue
            for referent in self._of_one(owner, acts=True):
                found = self._country_of(referent)
                if found is not None:
                    return found
        unnamed = self._unnamed(token)
        return self._land_around(token, unnamed) if unnamed is not None else None

    def _unnamed(self, token: Token) -> int | None:
        """The entity of *the country* where the article calls it nothing else and says nothing more of it."""
        number = self.discourse.at.get(token.i)
        entity = self.discourse.entity_of[number] if number is not None else None
        plain = token.lemma_.lower() == "country" and all(c.dep_ in ("det", "case") for c in token.children)
        the = any(c.lower_ == "the" for c in children(token, "det"))
        if entity is None or not plain or not the or self.is_named(f"c{entity}"):
            return None
        return entity

    def _land_around(self, token: Token, entity: int) -> Gazetted | None:
        """The state in which the places lie that were named just before *the country* came up (*a hospital in Pretoria …
        **the country's** minister*), if it is but one."""
        first = self.doc[self.discourse.mentions_of(entity)[0].head]
        start = first.sent.start
        for _ in range(2):
            start = self.doc[start - 1].sent.start if start else 0
        entries = [
            self.words.gazetteer.entries.get(c.gazetteer or "")
            for c in self.discourse.candidates
            if start <= c.head < token.i and c.kind == "name" and c.type == "Place"
        ]
        states = {entry.country for entry in entries if entry is not None}
        code = states.pop() if len(states) == 1 else None
        return self.words.gazetteer.country(code)

    def _country_of(self, referent: Referent) -> Gazetted | None:
        """The state that somebody is of, or is."""
        key = referent.entity
        if not key.startswith("c"):
            acting = self.words.gazetteer.entries[key[1:]]
            return acting if acting.type == "Country" else self.words.gazetteer.country(acting.country)
        for mention in self.discourse.mentions_of(int(key[1:])):
            entry = self.words.gazetteer.entries.get(mention.gazetteer or "")
            code = mention.country or (entry.country if entry is not None else None)
            found = self.words.gazetteer.country(code)
            if found is not None:
                return found
        return None

    def parties(self, token: Token) -> list[Referent]:
        """The countries whose people one plural names (*Armenian and Azerbaijani troops*), none where it is not so."""
        modifiers = [c for c in children(token, "amod", "nmod:poss", "compound") if children(c, "conj")]
        lexicon, lemma = self.words.lexicon, token.lemma_.lower()
        if lexicon.roles.get(lemma) in ("holdsOffice", "speaksFor") or lemma in lexicon.state_servants:
            # *The ministers of Chad and Sudan*, *delegates from Hamas and Fatah*.
            marks = ("of", "from", "for")
            modifiers += [c for c in children(token, "nmod") if children(c, "conj") and preposition(c) in marks]
        found = {r.entity: r for m in modifiers for part in conjuncts(m) for r in self._of_one(part, acts=True)}
        # *The two countries' ministers*, *their presidents*.
        owners = [*children(token, "nmod:poss"), *(c for c in children(token, "nmod") if preposition(c) == "of")]
        for owner in owners if not found and token.tag_ in ("NNS", "NNPS") else []:
            if (number := self.discourse.at.get(owner.i)) is not None and number in self.discourse.members:
                found |= {r.entity: r for r in self._of_one(owner, acts=True) if self._country_of(r) is not None}
        return list(found.values()) if len(found) > 1 else []

    def _owner(self, token: Token) -> Token | None:
        """Who speaks through a website, statement or announcement, where the words say whose it is."""
        if token.lemma_.lower() not in self.words.lexicon.sources:
            return None
        noun = self.words.lexicon.nouns.get(token.lemma_.lower())
        body = noun is not None and noun.type == "Organization"
        # Reports *of troops* are about them.
        marks = ("by", "from") if token.lemma_.lower() in self.words.lexicon.hearsay else ("by", "from", "of")
        owners = [
            *children(token, "nmod:poss"),
            *(c for c in children(token, "nmod") if preposition(c) in marks),
        ]
        for owner in owners:
            number = self.discourse.covering(owner.i)
            if (
                number is not None
                and (number in self.discourse.members or self.discourse.entity_of[number] is not None)
                and "actor" in self.kinds_of(owner)
                # A country's newspapers say nothing for it, a company's website does.
                and not (body and self.discourse.candidates[number].type == "Country")
            ):
                return owner
        return None

    def _key(self, entity: int, acts: bool) -> str:
        """The key of a cluster; that of the country where the cluster is a capital and acts."""
        if acts:
            for mention in self.discourse.mentions_of(entity):
                government = self._government(mention)
                if government is not None:
                    return self.government_key(government)
        return f"c{entity}"

    def _government(self, candidate: Candidate) -> Gazetted | None:
        """What acts where a place's name is said to: the country of a capital, the body that sits in a building or
        governs a province."""
        if candidate.type != "Place" or candidate.gazetteer is None:
            return None
        entry = self.words.gazetteer.entries.get(candidate.gazetteer)
        if entry is None or entry.is_seat or entry.governs_itself:
            return entry
        state = self.words.gazetteer.country(entry.capital_of or entry.seat_of)
        if entry.stands_for and not any(
            state is not None and c.gazetteer == state.id for c in self.discourse.candidates
        ):
            # *Brussels* is the EU where nobody speaks of Belgium.
            return self.words.gazetteer.entries.get(entry.stands_for[0], state)
        return state

    def _land_of(self, candidate: Candidate) -> Gazetted | None:
        """The land for which a people's adjective stands (*the **Bavarian** premier*)."""
        entry = self.words.gazetteer.entries.get(candidate.gazetteer or "") if candidate.kind == "adjective" else None
        return self.words.gazetteer.entries.get(entry.homeland or "") if entry is not None else None

    def _capital(self, token: Token, candidate: Candidate) -> Gazetted | None:
        """The city that *the Senegalese capital* is, where the text doesn't call it by its name."""
        lexicon, gazetteer = self.words.lexicon, self.words.gazetteer
        if candidate.kind != "nominal" or candidate.plural or token.lemma_.lower() not in lexicon.capital_nouns:
            return None
        entity = self.discourse.entity_of[self.discourse.at[token.i]]
        if entity is None or self.is_named(f"c{entity}") or not is_seat_of_state(token, lexicon):
            return None
        return gazetteer.entries.get(gazetteer.capitals.get(candidate.country or "", ""))

    def government_key(self, entry: Gazetted) -> str:
        """The key of a country or seat that acts: the article's own entity if it names the country, else one of its
        own."""
        if entry.type == "Country" or not (entry.is_seat or entry.governs_itself):
            for candidate, entity in zip(self.discourse.candidates, self.discourse.entity_of, strict=True):
                if candidate.type == entry.type and candidate.gazetteer == entry.id and entity is not None:
                    return f"c{entity}"
        key = f"g{entry.id}"
        self.governments[key] = entry.id
        return key

    def of_entry(self, entry: Gazetted, number: int) -> Referent:
        """A body of the gazetteer that a title brings in (an *MEP*): the article's own entity if it names it."""
        for at, candidate in enumerate(self.discourse.candidates):
            entity = self.discourse.entity_of[at]
            if candidate.gazetteer == entry.id and entity is not None:
                return Referent(f"c{entity}", at)
        self.governments[f"g{entry.id}"] = entry.id
        return Referent(f"g{entry.id}", number)

    def is_named(self, key: str) -> bool:
        """Whether the article names the entity, or the gazetteer does."""
        if not key.startswith("c") or int(key[1:]) in self.discourse.offices:
            return True
        return any(c.kind in ("name", "adjective") for c in self.discourse.mentions_of(int(key[1:])))

    def is_entity(self, token: Token, known: Collection[str]) -> bool:
        """Whether a token speaks of an actor, a place or anything with a name; of other things only where they are in
        `known`."""
        if not self.kinds_of(token) or is_reciprocal(token):
            return False
        found = self.of(token, acts=False)
        return bool(found) and all(
            r.entity in known
            or self.is_named(r.entity)
            or any(c.type not in ("Item", "Event", "Agreement") for c in self.discourse.mentions_of(int(r.entity[1:])))
            for r in found
        )

    # -- speakers --

    def _speaker(self, token: Token) -> Token | None:
        """The speaker in whose words a token stands (not somebody who merely believes)."""
        for attribution in source_of(token.i, self.attributions, self.quotations).attributions:
            if attribution.speaker != token.i and not attribution.is_belief:
                speaker = self.doc[attribution.speaker]
                if speaker.lower_ not in FIRST_SINGULAR | FIRST_PLURAL:
                    return speaker
        return None

    def _addressee(self, token: Token) -> Token | None:
        """Whom a quotation with *you* is said to (*told Raisi*, *said to Raisi*), if its reporting words name him."""
        source = source_of(token.i, self.attributions, self.quotations)
        if source.manner != "quote" or source.attributions[0].cue is None:
            return None
        cue = self.doc[source.attributions[0].cue]
        told = [*children(cue, "iobj", "obj"), *(c for c in children(cue, "obl") if preposition(c) == "to")]
        named = [t for t in told if t.lower_ not in SECOND and "actor" in self.kinds_of(t)]
        return named[0] if named else None

    def spoken(self) -> Iterator[tuple[str, int]]:
        """(entity key, candidate) of every *I*, *we* and *you* that speaks of one entity."""
        for number, candidate in enumerate(self.discourse.candidates):
            token = self.doc[candidate.head]
            if candidate.kind == "pronoun" and token.lower_ in FIRST_SINGULAR | FIRST_PLURAL | SECOND:
                found = list(self._of_one(token, acts=True))
                if len(found) == 1:
                    yield found[0].entity, number

    def _of_speaker(self, token: Token, number: int) -> Iterator[Referent]:
        """*I* is the speaker; *we* said by somebody in office is the country, said for a body is the body."""
        speaker = self._speaker(token)
        if speaker is None or token.head.i == speaker.i:
            # Nobody is *our country* because it says so.
            return
        for referent in self._of_one(speaker, acts=True):
            if token.lower_ in FIRST_PLURAL:
                body = body_of(self.doc, self.discourse, referent.entity)
                if body is not None:
                    yield Referent(self._key(body, acts=True), number)
                    return
                country = self._office_country(referent)
                if country is not None:
                    yield Referent(self.government_key(country), number)
                    return
            yield Referent(referent.entity, number)

    def _office_country(self, referent: Referent) -> Gazetted | None:
        if not referent.entity.startswith("c"):
            return None
        mentions = self.discourse.mentions_of(int(referent.entity[1:]))
        if not any(
            c.title and self.words.lexicon.roles.get(c.title) in ("holdsOffice", "speaksFor") for c in mentions
        ) and not any(c.gazetteer and c.type == "Person" for c in mentions):
            return None
        for candidate in mentions:
            gazetted = self.words.gazetteer.entries.get(candidate.gazetteer or "")
            country = self.words.gazetteer.country(candidate.country or (gazetted.country if gazetted else None))
            if country is not None:
                return country
        return None
