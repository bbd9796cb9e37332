"""Speakers that the layout tells: names with a colon before or after what they say, names under a pull quote."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.coref import Discourse
from kg.lexicon import Lexicon
from kg.mentions import Candidate
from kg.parse import paragraphs
from kg.quotations import CLOSE, SPEECH_WORDS, STRAIGHT
from kg.speech import Attribution

SPEAKERS = frozenset(("Person", "Organization", "Country", "Group", "Place"))


def colon_headlines(doc: Doc, discourse: Discourse) -> list[Attribution]:
    """*Trip shows desperation: US Institute of Peace*: a line that ends in a colon and a name."""
    found = []
    for first, last in paragraphs(doc):
        colons = [i for i in range(first, last) if doc[i].text == ":"]
        if (
            len(colons) != 1
            # An editor's name at the end of a text of many sentences is no speaker's.
            or doc[first].sent.end <= colons[0]
            or doc[last - 1].text in (".", "!", "?", ")")
            or not any(t.pos_ == "VERB" for t in doc[first : colons[0]])
        ):
            continue
        colon = colons[0]
        names = [
            c
            for c in discourse.candidates
            if c.kind == "name" and c.start >= colon and c.end <= last and c.type in SPEAKERS
        ]
        if len(names) == 1 and all(
            t.pos_ in ("DET", "PUNCT", "SPACE") or names[0].start <= t.i < names[0].end for t in doc[colon + 1 : last]
        ):
            found.append(Attribution(names[0].head, None, frozenset(range(first, colon))))
    return found


def colon_openings(doc: Doc, discourse: Discourse, lexicon: Lexicon) -> list[Attribution]:
    """*John Kirby: Russia is isolated.*: a paragraph that begins with a speaker's name and a colon."""
    found = []
    # Of two that begin together the longer comes last.
    opening = {c.start: c for c in reversed(discourse.candidates) if _may_open(c, doc, lexicon)}
    for first, last in paragraphs(doc):
        while first < last and (doc[first].pos_ in ("PUNCT", "SYM", "DET") or doc[first].text in ("•", "-", "*")):
            first += 1
        name = opening.get(first)
        if name is None or name.end >= last or doc[name.end].text != ":" or last - name.end < SPEECH_WORDS:
            continue
        if any(t.pos_ in ("VERB", "AUX") for t in doc[name.end : last]):
            # A transcript speaks in the first person to the paragraph's end; elsewhere the reporter takes over after
            # a sentence.
            speaks_on = any(t.lower_ in ("i", "we", "my", "our") for t in doc[name.end : last])
            end = last if speaks_on else min(last, doc[name.end + 1].sent.end)
            found.append(Attribution(name.head, None, frozenset(range(name.end + 1, end))))
    return found


def _may_open(candidate: Candidate, doc: Doc, lexicon: Lexicon) -> bool:
    """Names, and descriptions of who or what tells news: *Police: …*, *UN report: …*."""
    if candidate.kind == "name":
        return candidate.type in ("Person", "Organization", "Country", "Place")
    lemma = doc[candidate.head].lemma_.lower()
    speaks = lemma in lexicon.sources | lexicon.state_servants or lexicon.roles.get(lemma) in (
        "holdsOffice",
        "speaksFor",
    )
    return candidate.kind == "nominal" and speaks


def name_below(number: int, doc: Doc, discourse: Discourse, parts: Sequence[tuple[int, int]]) -> int | None:
    """The head of the person's name that is all of the line under a paragraph, or is followed by a comma and a title
    (a pull quote); None if there is no such line."""
    if number + 1 >= len(parts):
        return None
    first, last = parts[number + 1]
    while first < last and doc[first].text in ("—", "–", "-", "~", "―"):
        first += 1
    for candidate in discourse.candidates:
        if candidate.kind == "name" and candidate.type == "Person" and candidate.start == first:
            rest = [t for t in doc[candidate.end : last] if not t.is_space]
            if not rest or (rest[0].text == "," and last - first <= 14 and not _ends(doc, last)):
                return candidate.head
    return None


def _ends(doc: Doc, last: int) -> bool:
    return doc[last - 1].text in {".", "!", "?"} | CLOSE | STRAIGHT
