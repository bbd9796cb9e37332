"""Coreference of descriptions: appositions, the same words again, *the ministry*, *the two countries*."""

from __future__ import annotations

from spacy.tokens import Token

from kg.coref.clusters import KINDS, REACH, Clusters
from kg.coref.hypernyms import taken_up
from kg.coref.lands import country_meant, is_country, own_country
from kg.coref.plurals import named_apart, plural_description
from kg.coref.roles import bodies_of_noun, person_described, plural_roles
from kg.mentions import UNKNOWN, Candidate, noun_type
from kg.naming import name_key
from kg.syntax import SUBJECTS, children, conjuncts, first_conjunct, preposition


def cluster_appositions(known: Clusters) -> None:
    """*Raisi, the president of Iran,* and *spokesman John Kirby*: the description is the named person."""
    for number, candidate in enumerate(known.candidates):
        if candidate.kind != "nominal":
            continue
        head = known.doc[candidate.head]
        partner = _apposition(known, head)
        partner = partner if partner is not None else _named_behind(known, candidate)
        if (
            partner is not None
            and known.entity[number] is None
            and _may_describe(known, candidate, known.candidates[partner])
        ):
            known.assign(number, known.entity[partner])


def _apposition(known: Clusters, head: Token) -> int | None:
    """The name that is in apposition to a noun, on either side."""
    near = [*children(head, "appos", "flat"), *([head.head] if head.dep_ == "appos" else [])]
    for token in near:
        number = known.at.get(token.i)
        if number is not None and known.candidates[number].kind == "name":
            return number
    return None


def _named_behind(known: Clusters, candidate: Candidate) -> int | None:
    """The name that says which land or town a description is of: *the island nation **of Kiribati***."""
    head, lexicon = known.doc[candidate.head], known.words.lexicon
    if candidate.plural or not candidate.definite or head.lemma_.lower() not in lexicon.named_lands:
        return None
    for token in children(head, "nmod"):
        number = known.at.get(token.i)
        name = known.candidates[number] if number is not None else None
        if name is None or name.kind != "name" or preposition(token) != "of" or children(token, "conj", "nmod:poss"):
            continue
        if name.type in ("Country", "Place") and name.start == head.i + 2:
            return number
    return None


def _may_describe(known: Clusters, nominal: Candidate, name: Candidate) -> bool:
    if nominal.plural:
        return False
    if nominal.type == "Item":
        # A noun that the lexicon doesn't know (*the match referee Joel Aguilar*) may be anything.
        return nominal.definite and noun_type(known.doc[nominal.head], known.words) is UNKNOWN
    lemma = known.doc[nominal.head].lemma_.lower()
    parties = known.words.lexicon.parties | set(known.words.lexicon.stances)
    if nominal.type in ("Person", "Group") and name.type in ("Organization", "Country") and lemma in parties:
        # *The owner, Calypso Shipping*, *its ally, the League*.
        return True
    return nominal.type == name.type or {nominal.type, name.type} <= {"Country", "Place", "Organization"}


def resolve_nominal(known: Clusters, number: int) -> None:
    pair = named_apart(known, number) or plural_description(known, number) or plural_roles(known, number)
    if pair:
        known.members[number] = pair
    unclear = _is_one_of_two(known, number)
    antecedent = None if pair or unclear else _antecedent(known, number)
    if antecedent is None and not pair and not unclear:
        antecedent = taken_up(known, number)
    entity = known.assign(number, antecedent)
    body = next((c for c in known.mentions(entity) if _ends_in(known, c, number)), None)
    if body is not None and known.candidates[number].type in KINDS and not _is_where(known, number):
        known.take_for(number, body)


def _ends_in(known: Clusters, body: Candidate, number: int) -> bool:
    """Whether a body's name has a description's noun for its head: *the fund* after *the Nordic Seed Fund*."""
    if body.kind != "name" or body.type != "Organization":
        return False
    words = name_key(body.name).split()
    head = known.doc[known.candidates[number].head].lemma_.lower()
    return len(words) > 1 and words[words.index("of") - 1 if "of" in words else -1] == head


def _is_where(known: Clusters, number: int) -> bool:
    """Whether a description tells where something is or goes, or stands beside another noun (*sent to the front*)."""
    head = known.doc[known.candidates[number].head]
    return known.candidates[number].type == "Place" and head.dep_ in ("obl", "nmod")


def _antecedent(known: Clusters, number: int) -> int | None:
    """The entity a description speaks of, None for a new one."""
    candidate = known.candidates[number]
    own = own_country(known, number)
    if own is not None:
        return own
    same = _same_description(known, number)
    if same is not None:
        return same
    if (
        candidate.type == "Person"
        and not candidate.plural
        and (candidate.definite or candidate.country or bodies_of_noun(known, known.doc[candidate.head]))
    ):
        found = person_described(known, number)
        return found if found is not None or candidate.country else _shortened(known, number)
    if not candidate.definite and candidate.country is None:
        return None
    if candidate.type == "Organization" and candidate.definite:
        found = _organization_described(known, number)
        return found if found is not None else _shortened(known, number)
    if candidate.type == "Country" and candidate.definite and not candidate.plural:
        found = country_meant(known, number)
        return found if found is not None else known.last(number, is_country, reach=0)
    return _shortened(known, number)


def _same_description(known: Clusters, number: int) -> int | None:
    """An earlier description in the same words, the last one that may be meant: a bare plural is the kind itself
    wherever it stands, *the* and *this* point back, *a* and *another* bring up a new one, and other numbers and
    owners are other things."""
    candidate = known.candidates[number]
    if _is_new(known, candidate):
        return None
    key = name_key(candidate.name)
    for other in range(number - 1, -1, -1):
        earlier, entity = known.candidates[other], known.entity[other]
        if earlier.kind != "nominal" or entity is None or name_key(earlier.name) != key:
            continue
        if earlier.country != candidate.country or not (candidate.type in KINDS or candidate.definite):
            continue
        if _quantity(known, earlier) in (_quantity(known, candidate), frozenset()) and _same_owner(
            known, other, number
        ):
            return entity
    return None


def _is_new(known: Clusters, candidate: Candidate) -> bool:
    """Whether a description's determiner brings up something new."""
    head = known.doc[candidate.head]
    return not candidate.plural and any(
        c.lower_ in known.words.lexicon.introducing for c in children(head, "det", "amod")
    )


def _quantity(known: Clusters, candidate: Candidate) -> frozenset[str]:
    """The numerals and ordinals of a description."""
    return frozenset(
        c.lower_ for c in known.doc[candidate.head].children
        if c.dep_ == "nummod" or (c.dep_ == "amod" and c.tag_ == "JJ" and c.lower_ in known.words.lexicon.quantifying)
    )  # fmt: skip


def _same_owner(known: Clusters, earlier: int, later: int) -> bool:
    """Whether two descriptions may have one owner: the same entity, or none said of the later."""
    owners = [_owner_of(known, number) for number in (earlier, later)]
    return owners[1] is None or owners[0] == owners[1]


def _owner_of(known: Clusters, number: int) -> int | None:
    """The entity of a description's possessor; -1 for an owner that is no known entity, None without an owner."""
    for child in children(known.doc[known.candidates[number].head], "nmod:poss"):
        at = known.at.get(child.i)
        entity = known.entity[at] if at is not None else None
        return -1 if entity is None else entity
    return None


def _shortened(known: Clusters, number: int) -> int | None:
    """*the station* after *the bus station* or *Victoria Station*: what was last called by the same noun, if a
    definite description adds nothing to it (strict head match with word inclusion, after Raghunathan et al.
    2010)."""
    candidate = known.candidates[number]
    head = known.doc[candidate.head]
    if not candidate.definite or head.lemma_ in known.words.lexicon.vague:
        return None
    if _restricted(head) or children(head, "nmod:poss"):
        return None
    own = set(name_key(candidate.name).split())

    def fits(earlier: Candidate) -> bool:
        words = name_key(earlier.name).split()
        if earlier.kind == "name":
            last = words[-1:] == [head.lemma_.lower()] and len(words) > 1
            last = last and not (earlier.type == "Organization" and _is_where(known, number))
            return last and own <= set(words) and not candidate.plural and earlier.type != "Person"
        same = known.doc[earlier.head].lemma_ == head.lemma_ and earlier.plural == candidate.plural
        return earlier.kind == "nominal" and same and own <= set(words) and not _is_compared(known.doc[earlier.head])

    return known.last(number, fits, reach=2 * REACH)


def _is_compared(head: Token) -> bool:
    """Whether a description is of another than what is spoken of (*a **similar** incident*)."""
    return any(
        c.lower_ in ("similar", "another", "other", "previous", "earlier") for c in children(head, "amod", "det")
    )


def _restricted(head: Token) -> bool:
    """Whether a description says by itself which one it means (*the attack on the port*)."""
    return any(c.dep_ in ("acl", "acl:relcl") or (c.dep_ == "nmod" and c.i > head.i) for c in head.children)


def _organization_described(known: Clusters, number: int) -> int | None:
    """*the ministry*, *the agency*: the last organisation that has the word in its name or is of that sort."""
    head = known.doc[known.candidates[number].head].lemma_.lower()
    wanted = known.candidates[number]
    # *The bank of the river* is none of the name.
    behind = (c for c in children(known.doc[wanted.head], "nmod") if preposition(c) == "of")
    others = {c.lower_ for c in behind}
    own = set() if wanted.country else _named_by(known.doc[wanted.head])

    def fits(c: Candidate) -> bool:
        if c.type != "Organization" or c.kind != "name" or not own <= set(name_key(c.name).split()):
            return False
        # *The state* is none that has the word in its name (*the State of the Union*).
        said = name_key(c.name).split()
        inside = head in said and head not in known.words.lexicon.homelands and not wanted.plural and others <= {*said}
        kind = wanted.subtype is not None and c.subtype == wanted.subtype and c.subtype != "GovernmentBody"
        return inside or (kind and not (wanted.plural and c.subtype == "Company") and others <= {*said})

    found = known.last(number, fits, reach=REACH)
    return found if found is not None else _body_before(known, number)


def _is_one_of_two(known: Clusters, number: int) -> bool:
    """Whether a description's noun ends the names of two bodies that were named together last."""
    named = [n for n in range(number) if known.entity[n] is not None and _ends_in(known, known.candidates[n], number)]
    if not named or known.candidates[number].plural:
        return False
    together = {t.i for t in conjuncts(first_conjunct(known.doc[known.candidates[named[-1]].head]))}
    return len({known.entity[n] for n in named if known.candidates[n].head in together}) > 1


def _body_before(known: Clusters, number: int) -> int | None:
    """*the company*, *the group*: the body that the sentence before is about, or that does something in it, if nothing is
    known against it; people only where no body does."""
    candidate = known.candidates[number]
    head = known.doc[candidate.head]
    wanted = candidate.subtype
    if head.lemma_.lower() not in known.words.lexicon.generic_bodies or candidate.country or len(_described_by(head)):
        return None

    def is_body(earlier: Candidate) -> bool:
        body = earlier.kind == "name" and earlier.type == "Organization" and not candidate.plural
        same = earlier.subtype is None or wanted is None or earlier.subtype == wanted
        public = earlier.subtype in ("GovernmentBody", "IntergovernmentalOrganization", "NewsAgency")
        other = known.doc[earlier.head]
        return body and same and not public and (_is_about(other, head) or preposition(other) == "by")

    def is_band(earlier: Candidate) -> bool:
        band = earlier.kind == "nominal" and earlier.type == "Group" and earlier.plural and wanted != "Company"
        return band and _is_about(known.doc[earlier.head], head)

    near = known.last(number, is_body, reach=1)
    near = near if near is not None else known.last(number, is_band, reach=1)
    return near if near is not None else known.last(number, is_body, reach=2)


def _is_about(earlier: Token, later: Token) -> bool:
    """Whether an earlier sentence, or a clause of it, is about one alone."""
    return earlier.dep_ in SUBJECTS and earlier.sent != later.sent and len(conjuncts(earlier)) == 1


def _named_by(head: Token) -> set[str]:
    """The names that a description bears itself (*the **Sana** news agency*): it is of no body without them."""
    return {t.lower_ for t in children(head, "compound", "flat") if t.tag_ == "NNP" and t.text[:1].isupper()}


def _described_by(head: Token) -> list[Token]:
    return [c for c in head.children if c.dep_ in ("amod", "compound", "nmod", "nmod:poss", "acl", "acl:relcl")]
