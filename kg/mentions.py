"""Mentions: every stretch of a parsed article that names or describes something.

Names come from the language model and the gazetteer together: the model finds them in their sentence, the gazetteer
knows what they are called and corrects what the model can't know. Noun phrases and pronouns become candidates too;
those that nothing refers to are dropped later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Span, Token

from kg.gazetteer import Gazetted, Gazetteer
from kg.lexicon import Lexicon, NounType
from kg.matching import is_generic
from kg.model import EntityType, MentionKind, Subtype
from kg.syntax import children, noun_head, phrase, preposition

Gender = Literal["male", "female"]
LABEL_TYPES: dict[str, EntityType] = {
    "PERSON": "Person",
    "ORG": "Organization",
    "LOC": "Place",
    "NORP": "Group",
    "MISC": "Item",
}
# What a noun names that the lexicon doesn't have.
UNKNOWN = NounType("Item", None)
FUNCTION = frozenset({"DET", "ADP", "CCONJ", "PUNCT", "PART", "SCONJ", "PRON", "SPACE", "AUX"})


class Candidate(NamedTuple):
    """A possible mention: tokens [start, end), its head token, and what it says of the thing by itself.

    `name` is the mention without articles and titles. `country` is an ISO code that its own words give (*Iranian
    officials*). `gazetteer` is the local name of the entry that its words name, None if none or several do. `title`
    is the role noun of a nominal or before a name (*president*), as a lemma.
    """

    start: int
    end: int
    head: int
    kind: MentionKind
    type: EntityType
    subtype: Subtype | None
    name: str
    country: str | None
    gazetteer: str | None
    plural: bool
    definite: bool
    gender: Gender | None
    title: str | None


@dataclass(frozen=True)
class Words:
    """The data files that mentions are read with."""

    lexicon: Lexicon
    gazetteer: Gazetteer


def find_candidates(doc: Doc, words: Words) -> tuple[Candidate, ...]:
    """All candidates of a document in order of position. Those of names don't overlap one another; a nominal's phrase
    may hold a name (*Iranian officials* holds *Iranian*)."""
    names = list(find_names(doc, words))
    named = {index for name in names for index in range(name.start, name.end)}
    nominals = [found for token in doc if (found := _nominal(token, named, words)) is not None]
    return tuple(sorted([*names, *nominals], key=lambda c: (c.start, -c.end)))


# --- Names -------------------------------------------------------------------------------------------


def find_names(doc: Doc, words: Words) -> Iterator[Candidate]:
    """The names of a document, longest first where they would overlap."""
    taken: set[int] = set()
    for start, end, label in sorted(_spans(doc, words), key=lambda span: (span[0], -span[1])):
        if start < end and not taken & set(range(start, end)):
            taken |= set(range(start, end))
            yield _named(doc, start, end, label, words)


def _spans(doc: Doc, words: Words) -> Iterator[tuple[int, int, str]]:
    """(start, end, label) from the model, repaired, and from the gazetteer where the model saw nothing."""
    covered: set[int] = set()
    for start, end, label in _known_names(doc, words):
        start, end = _trimmed(doc, start, end, label, words)
        covered |= set(range(start, end))
        yield start, end, label
    for entity in doc.ents:
        for start, end, label in _split(entity, words):
            start, end = _trimmed(doc, start, end, label, words)
            end = _with_second_place(doc, start, end, label)
            if start < end and not covered & set(range(start, end)) and _is_name(doc[start:end]):
                if label == "PERSON" and all(t.lower_ in words.lexicon.honorifics for t in doc[start:end]):
                    continue
                covered |= set(range(start, end))
                yield start, end, label
    for start, end, label in _gazetteer_spans(doc, covered, words):
        yield start, end, label


def _with_second_place(doc: Doc, start: int, end: int, label: str) -> int:
    """The end of an organisation's name with the second of two places that it is for (*Center for Russia and Europe*)."""
    inner = any(t.lower_ in ("for", "on", "of") for t in doc[start + 1 : end - 1])
    if label != "ORG" or not inner or end + 1 >= len(doc) or doc[end].lower_ not in ("and", "&"):
        return end
    following = [e for e in doc.ents if e.start == end + 1 and e.label_ == "LOC"]
    last_is_place = doc[end - 1].pos_ == "PROPN" and doc[end - 2].lower_ in ("for", "on", "of")
    return following[0].end if following and last_is_place else end


def _known_names(doc: Doc, words: Words) -> Iterator[tuple[int, int, str]]:
    """Full names of persons and organisations that the gazetteer knows where the model broke them: they are whole."""
    edges = {i for e in doc.ents for i in (e.start, e.end)}
    inside = [(e.start, e.end) for e in doc.ents]
    for entity in doc.ents:
        found = _longest_full_name(doc, entity.start, words)
        if found is None:
            continue
        end, label = found
        # Only where the model cut inside: names that it has whole, or within a longer one, stay its own.
        broken = end > entity.end and any(entity.start < edge < end for edge in edges)
        if broken and not any(s < entity.start and e >= end for s, e in inside):
            yield entity.start, end, label


def _longest_full_name(doc: Doc, start: int, words: Words) -> tuple[int, str] | None:
    for length in range(min(words.gazetteer.longest, 8, len(doc) - start), 1, -1):
        span = doc[start : start + length]
        if not (span[0].text[:1].isupper() and span[-1].text[:1].isupper()):
            continue
        for entry in words.gazetteer.named(span.text):
            if not entry.ambiguous and entry.type in ("Person", "Organization", "Agreement"):
                return start + length, {"Person": "PERSON", "Organization": "ORG"}.get(entry.type, "MISC")
    return None


def _is_name(span: Span) -> bool:
    """A name has a capital or is a word that the model calls a proper noun."""
    return any(token.text[:1].isupper() or token.pos_ == "PROPN" for token in span) and any(
        t.is_alpha or t.pos_ == "PROPN" for t in span
    )


def _split(entity: Span, words: Words) -> list[tuple[int, int, str]]:
    """(start, end, label) with joined names apart: *Russia-Iran*, and a person's name run together with a place's in
    sloppy text."""
    tokens = list(entity)
    for index, token in enumerate(tokens):
        if token.lower_ in ("'s", "’s") and 0 < index < len(tokens) - 1 and entity.label_ != "MISC":
            # USIP's Center: two names, one of which owns the other.
            return [
                (entity.start, token.i, "ORG" if index > 1 else entity.label_),
                (token.i + 1, entity.end, entity.label_),
            ]
        joined = token.text in ("-", "–", "—", "/") and 0 < index < len(tokens) - 1
        if joined and _is_place(entity[:index].text, words) and _is_place(entity[index + 1 :].text, words):
            return [(entity.start, token.i, "LOC"), (token.i + 1, entity.end, "LOC")]
    if (
        entity.label_ == "PERSON"
        and len(tokens) > 2
        and _is_place(tokens[-1].text, words)
        and not _is_place(tokens[0].text, words)
    ):
        return [(entity.start, entity.end - 1, "PERSON"), (entity.end - 1, entity.end, "LOC")]
    return [(entity.start, entity.end, entity.label_)]


def _is_place(text: str, words: Words) -> bool:
    return any(e.type in ("Country", "Place") and not e.ambiguous for e in words.gazetteer.named(text)) or any(
        e.type == "Country" for e in words.gazetteer.described(text)
    )


def _trimmed(doc: Doc, start: int, end: int, label: str, words: Words) -> tuple[int, int]:
    """Without articles, quotation marks, possessive endings and, before persons, titles and nationality."""
    while (
        start < end
        and (doc[start].pos_ in FUNCTION or doc[start].text in "\"'“”‘’")
        and not _is_known(doc, start, end, words)
    ):
        start += 1
    while (
        end > start
        and (doc[end - 1].pos_ in FUNCTION or doc[end - 1].lower_ in ("'s", "’s"))
        and doc[end - 1].text not in (")",)
    ):
        end -= 1
    if label == "PERSON":
        while end - start > 1 and _is_title(doc[start], end - start, words):
            start += 1
    return start, end


def _is_known(doc: Doc, start: int, end: int, words: Words) -> bool:
    return (
        doc[start].text[:1].isupper()
        and any(True for _ in words.gazetteer.named(doc[start:end].text))
        and doc[start].lower_ != "the"
    )


def _is_title(token: Token, length: int, words: Words) -> bool:
    """Whether the first word of a person's name is a title to take off; *Pope* and *King* stay before a single name."""
    lower = token.lower_
    if lower in words.lexicon.name_titles and length == 2:
        return False
    return (
        lower in words.lexicon.honorifics
        or lower in words.lexicon.roles
        or lower in words.lexicon.former
        or (token.pos_ == "ADJ" and any(True for _ in words.gazetteer.described(token.text)))
    )


def _gazetteer_spans(doc: Doc, covered: set[int], words: Words) -> Iterator[tuple[int, int, str]]:
    """Names and nationality adjectives of the gazetteer among capitalised words that the model left out."""
    index = 0
    while index < len(doc):
        found = None
        if index not in covered and doc[index].text[:1].isupper():
            found = _longest_known(doc, index, covered, words)
        if found:
            yield index, found[0], found[1]
            index = found[0]
        else:
            index += 1


def _longest_known(doc: Doc, start: int, covered: set[int], words: Words) -> tuple[int, str] | None:
    for length in range(min(words.gazetteer.longest, 8, len(doc) - start), 0, -1):
        end = start + length
        if set(range(start, end)) & covered or doc[end - 1].is_punct or doc[end - 1].is_space:
            continue
        text = doc[start:end].text
        entries = [e for e in words.gazetteer.named(text) if not e.ambiguous]
        if entries and _may_be_missed(doc[start:end], entries[0]):
            return end, {"Person": "PERSON", "Country": "LOC", "Place": "LOC", "Organization": "ORG"}.get(
                entries[0].type, "MISC"
            )
        if length <= 2 and doc[start].pos_ in ("ADJ", "PROPN", "NOUN") and _described(text, words):
            return end, "NORP"
    return None


def _may_be_missed(span: Span, entry: Gazetted) -> bool:
    """A single word that the model doesn't take for a name is one only if it looks like one, and is no common word in
    capitals."""
    if len(span) > 1:
        return all(token.text[:1].isupper() or token.pos_ in FUNCTION for token in span)
    token = span[0]
    shouted = token.sent is not None and all(t.is_upper for t in token.sent if t.is_alpha and len(t) > 2)
    return (
        token.pos_ in ("PROPN", "ADJ", "NOUN")
        and (not shouted or entry.type == "Country")
        and not (token.is_sent_start and token.pos_ == "NOUN")
    )


def _described(text: str, words: Words) -> Gazetted | None:
    """The country or people of an adjective or demonym, if it is one's alone."""
    entries = list(dict.fromkeys([*words.gazetteer.described(text), *words.gazetteer.inhabited(text)]))
    clear = [entry for entry in entries if not entry.ambiguous or entry.type == "Country"]
    return clear[0] if clear else None


def _named(doc: Doc, start: int, end: int, label: str, words: Words) -> Candidate:
    """The candidate for a name."""
    span = doc[start:end]
    head = _head(span)
    text = " ".join(token.text for token in span if not token.is_space) if "\n" in span.text else span.text
    described = _described(text, words) if _is_modifier(span) or label == "NORP" or span[-1].tag_ == "NNPS" else None
    entry = gazetted(text, _corrected(doc, span, text, label, words), words)
    if described and (entry is None or label == "NORP" or entry.type != described.type):
        return _nationality(span, head, described)
    type_, subtype = _name_type(text, label, entry, words)
    title = title_of(head, words)
    return Candidate(
        start, end, head.i, "name", type_, subtype, text,
        country=_country_of_name(text, head, entry, words),
        gazetteer=entry.id if entry else None,
        plural=False, definite=True,
        gender=_gender([t.lower_ for t in children(head, "nmod:desc", "compound")] + [doc[start - 1].lower_ if start else ""], words) if type_ == "Person" else None,
        title=title,
    )  # fmt: skip


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


def _nationality(span: Span, head: Token, entry: Gazetted) -> Candidate:
    """A nationality adjective, or a people named by its demonym (*the Russians* act for their country)."""
    country = entry.country
    adjective = head.dep_ in ("amod", "compound", "nmod:desc") or head.pos_ == "ADJ"
    plural = not adjective and (head.tag_ in ("NNPS", "NNS") or head.text.endswith(("s", "men")))
    people = plural and entry.type == "Country" and not any(c.lower_ == "the" for c in children(head, "det"))
    type_: EntityType = "Group" if people or entry.type != "Country" else "Country"
    single = (
        not adjective
        and not plural
        and entry.type == "Country"
        and head.pos_ in ("NOUN", "PROPN")
        and bool(children(head, "det"))
    )
    return Candidate(
        span.start, span.end, head.i, "adjective" if adjective else "name", "Person" if single else type_, None, span.text,
        country=country, gazetteer=None if people or single else entry.id, plural=plural, definite=True, gender=None, title=None,
    )  # fmt: skip


def _corrected(doc: Doc, span: Span, text: str, label: str, words: Words) -> str:
    """A single word that the model takes for a person is the place that the gazetteer knows, unless a title or a fuller
    name in the article shows a person of that name (*Chad agreed*, but *Chad Smith … Chad*)."""
    if label != "PERSON" or len(span) > 1 or title_of(_head(span), words):
        return label
    places = [e for e in words.gazetteer.named(text) if e.type in ("Country", "Place")]
    fuller = any(e.label_ == "PERSON" and len(e) > 1 and text in (e[0].text, e[-1].text) for e in doc.ents)
    return "LOC" if places and not fuller else label


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


# --- Descriptions and pronouns -----------------------------------------------------------------------


# Dependents that the phrase of a noun doesn't take in: what is coordinated with it, beside it or said of it.
OUTSIDE = frozenset(
    (
        "conj",
        "cc",
        "appos",
        "parataxis",
        "cop",
        "nsubj",
        "nsubj:pass",
        "nsubj:outer",
        "aux",
        "advcl",
        "obl",
        "list",
        "dep",
        "orphan",
        "punct",
        "discourse",
    )
)


def whole_phrase(head: Token, start: int, end: int) -> tuple[int, int]:
    """[start, end) of a description with all that belongs to it: complements and clauses that tell which one is meant,
    but no apposition and nothing coordinated."""
    inside = [head.i]
    for child in head.children:
        if child.dep_ not in OUTSIDE and not (child.dep_ == "case" and child.i < head.i):
            inside += [t.i for t in child.subtree]
    first, last = min(start, *inside), max(end, *(i + 1 for i in inside))
    doc = head.doc
    while first < head.i and (doc[first].is_punct or doc[first].is_space or doc[first].dep_ in ("case", "cc", "mark")):
        first += 1
    while last - 1 > head.i and (doc[last - 1].is_punct or doc[last - 1].is_space):
        last -= 1
    return first, last


def _nominal(token: Token, named: set[int], words: Words) -> Candidate | None:
    """The candidate of a noun phrase or pronoun headed by a token that is in no name; None if it heads none."""
    if token.i in named or token.is_space:
        return None
    if token.pos_ == "PRON" and token.tag_ in ("PRP", "PRP$") and token.dep_ != "expl":
        return _pronoun(token, words)
    if token.tag_ == "$":
        return _amount(token)
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "flat", "fixed", "goeswith"):
        return None
    if token.dep_ == "nmod:desc" and token.head.i in named:
        return None
    start, end = phrase(token)
    noun = noun_type(token, words)
    plural = token.tag_ in ("NNS", "NNPS")
    type_: EntityType = "Group" if (noun.type == "Person" and plural) or _wields(token, words) else noun.type
    return Candidate(
        start, end, token.i, "nominal", type_, noun.subtype, label_of(token, words),
        country=country_near(token, words), gazetteer=None, plural=plural,
        definite=any(c.lower_ in ("the", "this", "that", "these", "those", "both") for c in children(token, "det", "det:predet")),
        gender=_gender([token.lemma_], words), title=title_in(token, words) if noun.type in ("Person", "Group") else None,
    )  # fmt: skip


def _amount(token: Token) -> Candidate | None:
    """A sum of money (*$2 million*), which the parser hangs on the sign."""
    numbers = [t for child in children(token, "nummod") for t in child.subtree if t.i > token.i]
    if not numbers:
        return None
    end = max(t.i for t in numbers) + 1
    return Candidate(
        token.i, end, token.i, "nominal", "Item", None, token.doc[token.i : end].text,
        country=None, gazetteer=None, plural=False, definite=False, gender=None, title=None,
    )  # fmt: skip


def _wields(token: Token, words: Words) -> bool:
    """Warplanes, ships and the like that do something stand for those who use them."""
    return (
        token.lemma_.lower() in words.lexicon.military
        and token.dep_ in ("nsubj", "obl:agent")
        and country_near(token, words) is not None
    )


def _pronoun(token: Token, words: Words) -> Candidate:
    lower = token.lower_
    person: EntityType = (
        "Person" if lower in words.lexicon.genders or lower in ("i", "me", "my", "mine", "myself") else "Item"
    )
    return Candidate(
        token.i, token.i + 1, token.i, "pronoun", person, None, token.text, country=None, gazetteer=None,
        plural=lower in ("they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"),
        definite=True, gender=_gender([lower], words), title=None,
    )  # fmt: skip


def noun_type(token: Token, words: Words) -> NounType:
    """What a noun names, by the lexicon; the compound with the word before it first (*air force*). Unknown nouns are
    items."""
    compounds = [child for child in children(token, "compound", "amod") if child.i == token.i - 1]
    for child in compounds:
        found = words.lexicon.nouns.get(f"{child.lemma_.lower()} {token.lemma_.lower()}")
        if found:
            return found
    lemma = token.lemma_.lower()
    for key in (lemma, token.lower_, lemma.removesuffix("s")):
        found = words.lexicon.nouns.get(key)
        if found:
            return found
    return UNKNOWN


def label_of(token: Token, words: Words) -> str:
    """How a description is called: its phrase without determiners, numbers, possessors and words like *former*."""
    start, end = phrase(token)
    kept = []
    for part in token.doc[start:end]:
        owner = part if part.head.i == token.i else next((a for a in part.ancestors if a.head.i == token.i), part)
        outside = (
            part.i != token.i
            and owner.dep_ in ("det", "det:predet", "nummod", "nmod:poss", "advmod", "punct")
            and owner.text not in ("-", "–")
        )
        if (
            not outside
            and not part.is_space
            and not (owner.dep_ == "amod" and owner.lemma_.lower() in words.lexicon.quantifying)
        ):
            kept.append(part)
    label = _joined(kept).strip(" -–'’\"“”") or token.text
    opens = bool(kept) and kept[0].pos_ != "PROPN" and kept[0].is_title and kept[0].tag_ != "NNP"
    return label[0].lower() + label[1:] if opens and kept[0].is_sent_start and not kept[0].ent_type_ else label


def _joined(tokens: list[Token]) -> str:
    text = ""
    for previous, token in zip([None, *tokens[:-1]], tokens, strict=True):
        gap = previous is not None and (previous.whitespace_ or previous.i + 1 != token.i)
        text += (" " if gap else "") + token.text
    return " ".join(text.split())


# --- What stands around a mention --------------------------------------------------------------------


def country_near(head: Token, words: Words) -> str | None:
    """The country that a noun's or name's modifiers give: *Iranian* officials, *Iran's* minister, the president *of
    Iran*, *US* forces, and those of a title before a name."""
    for token in [head, *children(head, "nmod:desc", "compound", "appos")]:
        for child in token.children:
            if child.dep_ in ("amod", "compound", "nmod:poss", "nmod:desc", "nmod:unmarked", "nmod"):
                if child.dep_ == "nmod" and preposition(child) not in ("of", "from"):
                    continue
                found = _country_of_word(child, words)
                if found:
                    return found
    return None


def _country_of_word(token: Token, words: Words) -> str | None:
    """The country that a single modifier names, itself or as a name of several words."""
    start, end = phrase(token)
    for text in (token.doc[start:end].text, token.text):
        if not text[:1].isupper():
            continue
        for entry in [*words.gazetteer.described(text), *words.gazetteer.named(text)]:
            if (
                entry.type == "Country"
                or (entry.type == "Place" and (entry.capital_of or entry.is_seat))
                or (entry.type == "Group" and entry.country)
            ):
                return entry.country or entry.capital_of
    return None


def title_of(head: Token, words: Words) -> str | None:
    """The role noun before a name (*Russian President* Vladimir Putin), as one string in lower case."""
    for child in children(head, "nmod:desc", "compound"):
        found = title_in(child, words)
        if found:
            return found
    return None


def title_in(noun: Token, words: Words) -> str | None:
    """The longest role of the lexicon that a noun and its modifiers spell (*prime minister*, *senior program
    officer*)."""
    base = noun_head(noun) if noun.dep_ == "flat" else noun
    parts = sorted([t for t in children(base, "compound", "amod", "flat") if t.i < base.i] + [base], key=lambda t: t.i)
    texts = [part.lower_ if part.i != base.i else part.lemma_.lower() for part in parts]
    for start in range(len(texts)):
        joined = " ".join(texts[start:])
        if joined in words.lexicon.roles:
            return joined
    return texts[-1] if texts and texts[-1] in words.lexicon.roles else None


def _gender(tokens: list[str], words: Words) -> Gender | None:
    for token in tokens:
        found = words.lexicon.genders.get(token)
        if found == "male" or found == "female":
            return "male" if found == "male" else "female"
    return None
