"""Where names stand: the language model's spans, repaired, and the gazetteer's names that it left out."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.gazetteer import Gazetted
from kg.mentions.candidates import Words
from kg.mentions.context import described
from kg.mentions.whole import whole_names

FUNCTION = frozenset({"DET", "ADP", "CCONJ", "PUNCT", "PART", "SCONJ", "PRON", "SPACE", "AUX"})


def name_spans(doc: Doc, words: Words) -> Iterator[tuple[int, int, str]]:
    """(start, end, label) from the model, repaired, and from the gazetteer where the model saw nothing."""
    covered: set[int] = set()
    for start, end, label in whole_names(doc, words):
        start, end = _trimmed(doc, start, end, label, words)
        covered |= set(range(start, end))
        yield start, end, label
    for entity in doc.ents:
        for start, end, label in _split(entity, words):
            start, end = _trimmed(doc, start, end, label, words)
            end = _with_second_place(doc, start, end, label)
            if start < end and not covered & set(range(start, end)) and _is_name(doc[start:end]):
                if label == "PERSON" and _is_only_title(doc, entity, start, end, words):
                    continue
                if _opens_description(doc[start:end], words) or _is_land(doc[start:end], words):
                    continue
                if label in ("ORG", "MISC") and (
                    _is_part_of_title(doc, start, end, words) or _is_description(doc[start:end], words)
                ):
                    continue
                covered |= set(range(start, end))
                yield start, end, label
    for start, end, label in _gazetteer_spans(doc, covered, words):
        covered |= set(range(start, end))
        yield start, end, label
    yield from _named_again(doc, covered, words)


def _named_again(doc: Doc, covered: set[int], words: Words) -> Iterator[tuple[int, int, str]]:
    """Words that the model left out although the article has them as names elsewhere: *Apple*, the *Jobs* of *Steve
    Jobs*, initials."""
    labels: dict[str, str] = {}
    for entity in doc.ents:
        if len(entity) > 1 and entity.label_ == "PERSON":
            labels[entity[-1].text] = "PERSON"
        elif len(entity) == 1 and entity.label_ in ("ORG", "LOC", "PERSON"):
            labels.setdefault(entity.text, entity.label_)
    bracketed = {e.text for e in doc.ents if e.text.isupper() and _is_bracketed(e)}
    common = {token.text for token in doc if token.is_lower}
    for token in doc:
        label = labels.get(token.text)
        initials = token.text in bracketed
        if label is None or token.i in covered or not (token.is_title or initials):
            continue
        if token.lower_ in words.lexicon.honorifics:
            continue
        beside = [t for t in (token.i - 1, token.i + 1) if 0 <= t < len(doc) and doc[t].pos_ == "PROPN"]
        if token.pos_ in ("PROPN", "NOUN") and token.lower_ not in common and not beside:
            yield token.i, token.i + 1, label


def _is_only_title(doc: Doc, entity: Span, start: int, end: int, words: Words) -> bool:
    """Whether what the model takes for a person's name is a title alone (*Mr*, *Secretary of State*)."""
    if entity.text.lower() in words.lexicon.roles or doc[start].pos_ == "ADP":
        return True
    return all(t.lower_ in words.lexicon.honorifics for t in doc[start:end])


def _opens_description(span: Span, words: Words) -> bool:
    """Whether a span is the common noun, in a sentence's first capitals, of what stands before a name (***Sugar** mill owner
    Karim Diallo*)."""
    token = span[0]
    opens = len(span) == 1 and token.is_sent_start and token.is_title and token.dep_ in ("compound", "nmod:desc")
    if not opens or token.lower_ not in words.lexicon.common | words.lexicon.nouns.keys():
        return False
    again = any(t.text == token.text and not t.is_sent_start for t in token.doc)
    described = token.head.i > token.i and token.nbor(1).is_lower and token.nbor(1).pos_ == "NOUN"
    return described and not again and not any(words.gazetteer.named(span.text))


def _is_land(span: Span, words: Words) -> bool:
    """Whether a span is what the name behind its *of* names (the *Soviet republic* of Moldova)."""
    last, end = span[-1], span.end
    common = len(span) > 1 and last.is_lower and last.lower_ in words.lexicon.named_lands
    return common and end + 1 < len(span.doc) and span.doc[end].lower_ == "of" and span.doc[end + 1].is_title


def _is_description(span: Span, words: Words) -> bool:
    """Whether a span is a common noun in capitals, with or without a nationality (the *Angolan NGO*): no name."""
    last = span[-1]
    common = last.is_upper and last.lower_ in words.lexicon.nouns and last.text not in words.lexicon.nouns
    return (
        common
        and not _is_bracketed(span)
        and not any(words.gazetteer.named(span.text))
        and all(described(t.text, words) for t in span[:-1])
    )


def _is_bracketed(span: Span) -> bool:
    return span.start > 0 and span.doc[span.start - 1].text == "("


def _is_part_of_title(doc: Doc, start: int, end: int, words: Words) -> bool:
    """Whether a span and the word after it spell an office (*Indian External Affairs* Minister)."""
    if end >= len(doc):
        return False
    texts = [token.lower_ for token in doc[start : end + 1]]
    return any(" ".join(texts[first:]) in words.lexicon.roles for first in range(min(2, end - start)))


def _with_second_place(doc: Doc, start: int, end: int, label: str) -> int:
    """The end of an organisation's name with the second of two places that it is for (*Center for Russia and Europe*)."""
    inner = any(t.lower_ in ("for", "on", "of") for t in doc[start + 1 : end - 1])
    if label != "ORG" or not inner or end + 1 >= len(doc) or doc[end].lower_ not in ("and", "&"):
        return end
    following = [e for e in doc.ents if e.start == end + 1 and e.label_ == "LOC"]
    last_is_place = doc[end - 1].pos_ == "PROPN" and doc[end - 2].lower_ in ("for", "on", "of")
    return following[0].end if following and last_is_place else end


def _is_name(span: Span) -> bool:
    """A name has a capital or is a word that the model calls a proper noun."""
    return any(token.text[:1].isupper() or token.pos_ == "PROPN" for token in span) and any(
        t.is_alpha or t.pos_ == "PROPN" for t in span
    )


def _split(entity: Span, words: Words) -> list[tuple[int, int, str]]:
    """(start, end, label) with joined names apart: *Russia-Iran*, and a person's name run together with a place's in
    sloppy text."""
    tokens = list(entity)
    if _tells_deed(tokens, words):
        return []
    if _precedes_office(entity, words):
        return [(entity.start, entity.start + 1, "ORG")]
    if any(words.gazetteer.named(entity.text)):
        # *Lord's Resistance Army*.
        return [(entity.start, entity.end, entity.label_)]
    of = next((t.i for t in tokens if t.lower_ == "of"), entity.start)
    if entity.label_ == "PERSON" and of > entity.start and _is_place(_rest_of(entity, of + 1), words):
        # Donald Trump *of the United States*.
        return [(entity.start, of, "PERSON")]
    for index, token in enumerate(tokens):
        owns = token.lower_ in ("'s", "’s") and 0 < index < len(tokens) - 1
        if owns and entity.label_ != "MISC" and not _is_people(tokens[index - 1], words):
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


def _rest_of(entity: Span, start: int) -> str:
    """The rest of an entity from a token on, without an article."""
    first = start + (entity.doc[start].lower_ == "the") if start < entity.end else start
    return entity.doc[first : entity.end].text


def _tells_deed(tokens: list[Token], words: Words) -> bool:
    """*Russian invasion of Ukraine*: who did what to whom, and no name."""
    deed = len(tokens) > 2 and tokens[-3].pos_ == "NOUN" and tokens[-3].is_lower and tokens[-2].lower_ == "of"
    whose = len(tokens) == 3 or described(tokens[0].text, words) is not None
    return deed and whose and _is_place(tokens[-1].text, words)


def _precedes_office(entity: Span, words: Words) -> bool:
    """Whether a body's name has run together with the field of an office behind it (*EU Agriculture* Commissioner)."""
    following = entity.doc[entity.end].lower_ if entity.end < len(entity.doc) else ""
    if entity.label_ != "ORG" or len(entity) < 2 or words.lexicon.roles.get(following) != "holdsOffice":
        return False
    known = any(e.type == "Organization" and not e.ambiguous for e in words.gazetteer.named(entity[0].text))
    whole = any(words.gazetteer.named(entity.text)) or entity[-1].text in words.lexicon.name_words
    return known and not whole and entity[0].text.isupper()


def _is_people(token: Token, words: Words) -> bool:
    """Whether a word before *'s* is people in general, whose front, party or republic it is (*Workers' Party*)."""
    noun = words.lexicon.nouns.get(token.lemma_.lower()) or words.lexicon.nouns.get(token.lower_)
    return noun is not None and noun.type in ("Person", "Group")


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
    if label == "LOC" and start > 0 and doc[start - 1].text in ("St", "St.", "Saint"):
        # *St* Petersburg is no person's title.
        return start - 1, end
    if label == "PERSON":
        if start > 0 and doc[start - 1].is_title and _is_full_name(doc[start - 1 : end].text, words):
            # *Sheikh* Hasina: a title that is part of the name.
            return start - 1, end
        while end - start > 1 and _is_title(doc[start], end - start, words) and not _is_known(doc, start, end, words):
            start += 1
    return start, end


def _is_full_name(text: str, words: Words) -> bool:
    return any(entry.type == "Person" for entry in words.gazetteer.named(text))


def _is_known(doc: Doc, start: int, end: int, words: Words) -> bool:
    return (
        doc[start].text[:1].isupper()
        and (any(words.gazetteer.named(doc[start:end].text)) or described(doc[start:end].text, words) is not None)
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
        if length <= 2 and doc[start].pos_ in ("ADJ", "PROPN", "NOUN") and described(text, words):
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
