"""PDF files to articles. A PDF has lines at places, no paragraphs: where the next one begins is told by gaps,
indents, sizes and short lines."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from kg.errors import InputError
from kg.read.article import Article, Metadata
from kg.read.decode import MAX_CHARACTERS, too_long
from kg.read.published import stated_date
from kg.read.quiet import silenced
from kg.read.sources import Source

MAX_BYTES = 50_000_000
_MOST_PAGES = 1000

# As shares of the usual distance between lines, of the font's size or of the longest line.
_PARAGRAPH_GAP = 1.25
_SAME_SIZE = 0.05
_SHORT_LINE = 0.75
_INDENT = 0.6
_SAME_LINE = 0.3

_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]]*$")
_HYPHEN = re.compile(r"(\w+)[-\u2010\xad]$")
_FIRST_WORD = re.compile(r"[a-z]\w*")


class Line(NamedTuple):
    """A line of text at a place: points from the left and the bottom of its page, size of its font."""

    text: str
    page: int
    x: float
    y: float
    size: float


def read_pdf(data: bytes, origin: Source) -> Article:
    """The article of a PDF; its exact text is that of the paragraphs before cleaning.

    Raises InputError if it is damaged, encrypted, too long, or has no text.
    """
    shown = origin.shown
    with silenced("pypdf"):
        try:
            lines = list(_lines(data, shown))
        except InputError:
            raise
        except Exception as error:  # pypdf raises whatever its parts raise on a damaged file
            raise InputError(shown, "a damaged PDF", "save its text as .txt") from error
    text = "\n\n".join(paragraphs(without_margins(lines)))
    if not text.strip():
        raise InputError(shown, "a PDF without text", "it may be a scan: run text recognition (OCR) on it first")
    return Article(origin, origin.name, text, text, Metadata(published=stated_date(text.split("\n\n"))))


def _lines(data: bytes, shown: str) -> Iterator[Line]:
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(io.BytesIO(data))
    try:
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise InputError(shown, "an encrypted PDF", "save it without a password")
    except DependencyError as error:
        raise InputError(shown, "an encrypted PDF", "save it without encryption") from error
    if len(reader.pages) > _MOST_PAGES:
        raise InputError(shown, f"too long for an article: {len(reader.pages)} pages", "split it into articles")
    characters = 0
    for number, page in enumerate(reader.pages):
        for line in _page_lines(page, number):
            characters += len(line.text)
            if characters > MAX_CHARACTERS:
                raise InputError(shown, too_long(characters), "split it into articles")
            yield line


def _page_lines(page: Any, number: int) -> list[Line]:
    found: list[Line] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, size: float) -> None:
        if not text.strip():
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        height = abs(size * (tm[3] or 1) * (cm[3] or 1)) or 1.0
        last = found[-1] if found else None
        if last and abs(last.y - y) < _SAME_LINE * height and not last.text.endswith("\n"):
            found[-1] = last._replace(text=last.text + text)
        else:
            found.append(Line(text, number, x, y, height))

    page.extract_text(visitor_text=visit)
    return [line._replace(text=line.text.rstrip()) for line in found]


def without_margins(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers and the headers and footers that pages share."""
    by_page: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    outermost = {line for page in by_page.values() for line in _outermost(page)}
    times = Counter(map(_place_and_words, outermost))
    shared = {key for key, count in times.items() if count > 1 and 2 * count >= len(by_page)}
    return [
        line
        for line in lines
        if line not in outermost or not (_PAGE_NUMBER.fullmatch(line.text) or _place_and_words(line) in shared)
    ]


def _outermost(page: Iterable[Line]) -> list[Line]:
    in_order = sorted(page, key=lambda line: line.y)
    return in_order[:2] + in_order[-2:]


def _place_and_words(line: Line) -> tuple[int, str]:
    """What a running header has in common with itself on other pages."""
    return round(line.y / 4), re.sub(r"[\d\W]+", "", line.text).casefold()


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """Lines to paragraphs, words that were hyphenated at a line's end put together again."""
    gaps = [(a.y - b.y) / a.size for a, b in pairwise(lines) if a.page == b.page and 0 < a.y - b.y < 3 * a.size]
    leading = median(gaps) if gaps else 1.2
    longest = max((len(line.text) for line in lines), default=0)
    vocabulary = Counter(word for line in lines for word in re.findall(r"\w+(?:-\w+)*", line.text.lower()))
    joined: list[str] = []
    for previous, line in pairwise([None, *lines]):
        text = line.text.strip() if line else ""
        if line and previous and not _begins_paragraph(previous, line, leading, longest):
            joined[-1] = _join(joined[-1], text, vocabulary)
        elif text:
            joined.append(text)
    return joined


def _begins_paragraph(previous: Line, line: Line, leading: float, longest: int) -> bool:
    ended = bool(_SENTENCE_END.search(previous.text))
    if abs(previous.size - line.size) > _SAME_SIZE * previous.size:
        return True
    gap = previous.y - line.y
    # A new page or column: the paragraph goes on if its sentence does.
    if previous.page != line.page or gap < 0 or gap > 4 * leading * line.size:
        return ended or not line.text.lstrip()[:1].islower()
    if gap > _PARAGRAPH_GAP * leading * line.size:
        return True
    indented = line.x - previous.x > _INDENT * line.size or line.text.startswith("  ")
    return ended and (indented or len(previous.text.strip()) < _SHORT_LINE * longest)


def _join(text: str, following: str, vocabulary: Counter[str]) -> str:
    hyphenated = _HYPHEN.search(text)
    first = _FIRST_WORD.match(following)
    if hyphenated is None:
        return f"{text} {following}"
    if first is None:
        return text + following
    whole, compound = hyphenated.group(1) + first.group(), f"{hyphenated.group(1)}-{first.group()}"
    if vocabulary[compound.lower()] > vocabulary[whole.lower()]:
        return text + following
    return text[: hyphenated.end(1)] + following
