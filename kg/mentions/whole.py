"""Names that are whole where the model broke them: those that the gazetteer knows, *S Korean*, *the Order and Justice
Party*."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.mentions.candidates import Words
from kg.mentions.context import described


def whole_names(doc: Doc, words: Words) -> Iterator[tuple[int, int, str]]:
    """(start, end, label) of names of several words that are one, none of which overlap."""
    taken: set[int] = set()
    for start, end, label in [*_abbreviated(doc, words), *_joined(doc, words), *_known_names(doc, words)]:
        if not taken & set(range(start, end)):
            taken |= set(range(start, end))
            yield start, end, label


def _abbreviated(doc: Doc, words: Words) -> Iterator[tuple[int, int, str]]:
    """Countries and their adjectives with a point of the compass for one letter (*S Korea*, the *N. Korean* leader)."""
    persons = {i for e in doc.ents if e.label_ == "PERSON" and len(e) > 1 for i in range(e.start, e.end)}
    for token in doc[: max(0, len(doc) - 1)]:
        letter = token.text.rstrip(".")
        if letter.lower() not in words.gazetteer.compass or not letter.isupper() or token.i in persons:
            continue
        length = 3 if doc[token.i + 1].text == "." else 2
        span = doc[token.i : token.i + length]
        if span[-1].is_title and any(e.type in ("Country", "Place") for e in words.gazetteer.named(span.text)):
            yield span.start, span.end, "LOC"
        elif span[-1].is_title and described(span.text, words):
            yield span.start, span.end, "NORP"


def _joined(doc: Doc, words: Words) -> Iterator[tuple[int, int, str]]:
    """A party whose name is two words with *and* between (*the Order and Justice Party*): there is one article before
    both, and nothing else in the text is called by either alone."""
    for first in doc.ents:
        second = next((e for e in doc.ents if e.start == first.end + 1), None)
        if second is None or doc[first.end].lower_ not in ("and", "&") or "PERSON" in (first.label_, second.label_):
            continue
        known = any(True for e in (first, second) for _ in words.gazetteer.named(e.text))
        noun = words.lexicon.name_words.get(second[-1].text)
        party = len(second) > 1 and noun is not None and noun.subtype == "Party"
        alone = [e for e in doc.ents if e.start not in (first.start, second.start)]
        named = any(e.text in (first.text, second.text) for e in alone)
        if party and not known and not named and len(first) == 1 and not first[0].is_upper and _has_article(first):
            yield first.start, second.end, "ORG"


def _has_article(name: Span) -> bool:
    """Whether an article stands before a name with nothing but lower-case words between (*the populist Order*)."""
    for token in reversed(name.doc[max(name.sent.start, name.start - 6) : name.start]):
        if token.lower_ in ("the", "a"):
            return True
        if not (token.is_lower or token.text == "-") or token.pos_ not in ("ADJ", "NOUN", "PUNCT", "ADV", "VERB"):
            return False
    return False


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
