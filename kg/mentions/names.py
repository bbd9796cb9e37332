"""Names: found by the language model in their sentence, and known and corrected by the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.gazetteer import Gazetted
from kg.lexicon import NounType
from kg.matching import is_generic
from kg.mentions.candidates import Candidate, Words
from kg.mentions.context import (
    country_near,
    described,
    gender_of,
    given_gender,
    is_acting_firm,
    is_acting_place,
    is_put_in_office,
    title_in,
    title_of,
    type_told,
)
from kg.mentions.spans import name_spans
from kg.model import EntityType, Subtype
from kg.naming import name_key
from kg.syntax import OBJECTS, OBLIQUES, SUBJECTS, children, preposition

LABEL_TYPES: dict[str, EntityType] = {
    "PERSON": "Person",
    "ORG": "Organization",
    "LOC": "Place",
    "NORP": "Group",
    "MISC": "Item",
}


# What only people are addressed by.
ADDRESSED = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})


def find_names(doc: Doc, words: Words) -> Iterator[Candidate]:
    """The names of a document, longest first where they would overlap."""
    taken: set[int] = set()
    for start, end, label in sorted(name_spans(doc, words), key=lambda span: (span[0], -span[1])):
        if start < end and not taken & set(range(start, end)):
            taken |= set(range(start, end))
            yield _named(doc, start, end, label, words)


def _named(doc: Doc, start: int, end: int, label: str, words: Words) -> Candidate:
    """The candidate for a name."""
    span = doc[start:end]
    head = _head(span)
    text = " ".join(token.text for token in span if not token.is_space) if "\n" in span.text else span.text
    people = described(text, words) if _is_modifier(span) or label == "NORP" or span[-1].tag_ == "NNPS" else None
    label = _corrected(doc, span, text, label, words)
    entry = None if _is_named_after(span, text, words) else gazetted(text, label, words)
    if people and (entry is None or label == "NORP" or entry.type != people.type):
        return _nationality(span, head, people, words)
    type_, subtype = _name_type(text, label, entry, words)
    told = type_told(head, words) if entry is None and label != "NORP" else None
    if told is not None and told.type == "Person" and label == "ORG" and _told_of_parties(head, words):
        # *The mill owner Belize Cane* may be a firm.
        told = None
    if told is not None and told.type == "Organization" and label == "PERSON" and _is_persons(span, head, words):
        # *The trader Marcus Adler*: traders and developers are people too.
        told = None
    if told is not None and told.type != type_:
        type_, subtype = told
    elif told is not None:
        subtype = subtype or told.subtype
    if type_ == "Place" and entry is None and is_acting_place(head, words):
        type_, subtype = "Organization", None
    elif type_ == "Place" and entry is None and is_put_in_office(span, words):
        type_, subtype = "Person", None
    elif label in ("MISC", "LOC") and entry is None and is_acting_firm(head, words, label == "LOC"):
        type_, subtype = "Organization", None
    title = title_of(head, words)
    before = [t.lower_ for t in children(head, "nmod:desc", "compound")] + [doc[start - 1].lower_ if start else ""]
    return Candidate(
        start, end, head.i, "name", type_, subtype, text,
        country=_country_of_name(text, head, entry, words),
        gazetteer=entry.id if entry else None,
        plural=False, definite=True,
        gender=(gender_of(before, words) or given_gender(text, words)) if type_ == "Person" else None,
        title=title,
    )  # fmt: skip


def _told_of_parties(head: Token, words: Words) -> bool:
    """Whether the noun before a name says what a person or a body may be (*owner*, *supplier*)."""
    return any(c.lemma_.lower() in words.lexicon.parties for c in children(head, "nmod:desc") if c.i < head.i)


def _is_persons(span: Span, head: Token, words: Words) -> bool:
    """Whether a name of several words is a person's by what it begins with, or by the noun before it."""
    nouns = [words.lexicon.nouns.get(c.lemma_.lower()) for c in children(head, "nmod:desc")]
    calling = any(noun is not None and noun.type == "Person" for noun in nouns)
    return len(span) > 1 and (calling or span[0].lower_ in words.lexicon.given_names)


def _country_of_name(text: str, head: Token, entry: Gazetted | None, words: Words) -> str | None:
    """The country of what a name names: the gazetteer's, unless many countries have one of that name (*India's Supreme
    Court*) or it is a person's."""
    near = country_near(head, words)
    if entry is None or entry.type == "Person" or (near and is_generic(text, words.gazetteer)):
        return near
    return entry.country or near


def _head(span: Span) -> Token:
    """The token of a span that hangs on something outside it; in a name that is its first part or its last noun."""
    for token in span:
        outward = not span.start <= token.head.i < span.end or token.head.i == token.i
        if outward and token.dep_ not in ("punct", "case", "det"):
            return token
    return span.root


def _is_modifier(span: Span) -> bool:
    return len(span) <= 2 and (
        span[-1].pos_ == "ADJ" or (span[-1].dep_ in ("amod", "compound") and span[-1].pos_ != "PROPN")
    )


def _nationality(span: Span, head: Token, entry: Gazetted, words: Words) -> Candidate:
    """A nationality adjective, or a people named by its demonym (*the Russians* act for their country)."""
    country = entry.country
    nation = _is_a_people(head, words)
    adjective = head.dep_ in ("amod", "compound", "nmod:desc") or (head.pos_ == "ADJ" and not nation)
    plural = not adjective and (nation or head.tag_ in ("NNPS", "NNS") or head.text.endswith(("s", "men")))
    # *The Russians* act for Russia; what is done to them is done to people.
    acting = any(c.lower_ == "the" for c in children(head, "det")) and head.dep_ not in ("obj", "iobj", "nsubj:pass")
    people = plural and entry.type == "Country" and not acting and not nation
    type_: EntityType = "Group" if people or entry.type != "Country" else "Country"
    single = (
        not adjective
        and not plural
        and entry.type == "Country"
        and head.pos_ in ("NOUN", "PROPN")
        and (
            bool(children(head, "det"))
            or (head.dep_ in SUBJECTS | OBJECTS and any(words.gazetteer.inhabited(span.text)))
        )
    )
    return Candidate(
        span.start, span.end, head.i, "adjective" if adjective else "name", "Person" if single else type_, None, span.text,
        country=country, gazetteer=None if people or single else entry.id, plural=plural, definite=True, gender=None, title=None,
    )  # fmt: skip


def _is_named_after(span: Span, text: str, words: Words) -> bool:
    """Whether a city's name has an article that it doesn't take, and no more words (*the Moskva*, not *the Hague* nor *the
    Berlin of 1920*): a ship, a river, a hotel is called by it."""
    own = {c.dep_ for c in span[0].children} - {"punct", "case", "acl:relcl", "appos"}
    bare = len(span) == 1 and own == {"det"} and span[0].dep_ in SUBJECTS | OBJECTS | OBLIQUES | {"appos"}
    if not bare or not any(c.lower_ == "the" for c in children(span[0], "det")):
        return False
    entries = list(words.gazetteer.named(text))
    articles = any(name.lower().startswith("the ") for entry in entries for name in entry.names)
    return bool(entries) and not articles and all(entry.is_city for entry in entries)


def _is_a_people(head: Token, words: Words) -> bool:
    """*The French*, *the Dutch*, *the Chinese*: adjectives that end in a hiss name a people without a plural's ending,
    unless their verb is in the singular."""
    several = any(c.lower_ == "the" for c in children(head, "det")) and head.text.endswith(("sh", "ch", "ese", "ss"))
    verbs = [head.head, *children(head.head, "aux", "aux:pass", "cop")] if head.dep_ in SUBJECTS else []
    one = any(v.tag_ == "VBZ" or v.lower_ == "was" for v in verbs)
    return several and not one and any(words.gazetteer.inhabited(head.text))


def _corrected(doc: Doc, span: Span, text: str, label: str, words: Words) -> str:
    """A single word that the model takes for a person is the place that the gazetteer knows, unless a title or a fuller
    name in the article shows a person of that name (*Chad agreed*, but *Chad Smith … Chad*); one that it takes for a place
    or thing which the gazetteer doesn't know is the leader of that name, where it acts or is acted upon, and somebody
    where only a person can be what it is (*tortured Hamada*). *The Roma* are no city."""
    if label in ("LOC", "ORG") and len(span) == 1 and any(c.lower_ == "the" for c in children(span[0], "det")):
        entries = list(words.gazetteer.named(text))
        apart = span[0].dep_ not in ("compound", "amod")
        if apart and any(entry.type == "Group" for entry in entries):
            label = "NORP"
        elif _is_named_after(span, text, words):
            return "MISC"
    if label != "PERSON" and span.start and doc[span.start - 1].lower_.rstrip(".") in ADDRESSED:
        return "PERSON"
    if label in ("LOC", "MISC", "ORG") and len(span) == 1 and _takes_part(span[0], words):
        entries = list(words.gazetteer.named(text))
        leads = name_key(text) in words.gazetteer.surnames or bool(entries)
        done = _is_done_to(span[0], words)
        return "PERSON" if (leads or done) and all(entry.type == "Person" for entry in entries) else label
    if (
        label in ("LOC", "MISC")
        and len(span) > 1
        and _holds_office(span, words)
        and not any(words.gazetteer.named(text))
    ):
        return "PERSON"
    if label != "PERSON" or len(span) > 1 or title_of(_head(span), words):
        return label
    places = [e for e in words.gazetteer.named(text) if e.type in ("Country", "Place")]
    fuller = any(e.label_ == "PERSON" and len(e) > 1 and text in (e[0].text, e[-1].text) for e in doc.ents)
    return "LOC" if places and not fuller else label


def _holds_office(span: Span, words: Words) -> bool:
    """Whether a name stands, between commas, in apposition to an office (*the Danish envoy, Mette Holm, …*)."""
    head = _head(span)
    beside = head.dep_ == "appos" and span.start > 0 and span.doc[span.start - 1].text == ","
    office = next((t for t in head.ancestors if t.dep_ not in ("nmod", "compound")), head) if beside else head
    return (
        beside
        and office.tag_ == "NN"
        and words.lexicon.roles.get(title_in(office, words) or "", "memberOf") != "memberOf"
    )


def _takes_part(token: Token, words: Words) -> bool:
    """Whether a word is subject or object, also by *by*, *with*, *against* or *to*, or whose a deed is (*Widodo's visit*),
    or opens a headline with an infinitive (*Modi to visit Kigali*)."""
    party = token.dep_ in OBLIQUES and preposition(token) in ("by", "with", "against", "to")
    owner = token.dep_ == "nmod:poss" and token.head.pos_ == "NOUN"
    opens = token.dep_ == "ROOT" and bool(children(token, "acl"))
    return token.dep_ in SUBJECTS | OBJECTS or party or owner or opens or _of_deed(token, words)


def _of_deed(token: Token, words: Words) -> bool:
    """*The assassination of Moise*."""
    deed = token.head.lemma_.lower() in words.lexicon.deeds
    return token.dep_ == "nmod" and preposition(token) == "of" and token.head.pos_ == "NOUN" and deed


def _is_done_to(token: Token, words: Words) -> bool:
    """Whether a word is what something is done to that is only done to people (*tortured Hamada*)."""
    done = token.dep_ in ("obj", "nsubj:pass") and token.head.lemma_.lower() in words.lexicon.deeds
    return done or _of_deed(token, words)


def gazetted(text: str, label: str, words: Words) -> Gazetted | None:
    """The gazetteer's entry for a name, if the model's label allows it and no other entry fits as well."""
    entries = list(words.gazetteer.named(text))
    expected = {
        "PERSON": ("Person",),
        "LOC": ("Country", "Place"),
        "NORP": ("Country", "Group"),
        "ORG": ("Organization", "Country", "Place"),
        "MISC": ("Agreement", "Event"),
    }
    fitting = [e for e in entries if e.type in expected.get(label, ())]
    if not fitting:
        # The model errs on a name that means one thing in all the world.
        fitting = [e for e in entries if not e.ambiguous and (e.type != "Person" or len(text.split()) > 1)]
    ranked = sorted(fitting, key=lambda e: (e.type not in expected.get(label, ())[:1], e.type != "Country"))
    same_rank = [e for e in ranked if e.type == ranked[0].type] if ranked else []
    return same_rank[0] if len(same_rank) == 1 or (same_rank and same_rank[0].type == "Country") else None


def _name_type(text: str, label: str, entry: Gazetted | None, words: Words) -> tuple[EntityType, Subtype | None]:
    """Type and subtype of a name from the gazetteer, the words inside it, and the model's label, in this order."""
    if entry:
        return entry.type, entry.subtype
    if text.lower() in words.lexicon.currencies:
        # *The krona surrendered its gains*.
        return "Item", None
    type_ = LABEL_TYPES.get(label, "Item")
    if label == "PERSON":
        return type_, None
    inside = [found for word in reversed(text.split()) if (found := words.lexicon.name_words.get(word)) is not None]
    for noun in inside:
        if _agrees(noun, label):
            return noun.type, noun.subtype
    return type_, None


def _agrees(noun: NounType, label: str) -> bool:
    """Whether a word inside a name may overrule the model's label: *Ministry* makes a place an organisation, *Bank*
    doesn't."""
    if label == "ORG":
        return noun.type in ("Organization", "Agreement")
    if label == "LOC":
        return noun.type == "Place" or noun.subtype in ("GovernmentBody", "NGO")
    return noun.type in ("Agreement", "Event", "Organization")
