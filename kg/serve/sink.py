"""A file that counts the rows of a result as they are written to it, and stops the query when there are too many."""

from __future__ import annotations

import re
from collections.abc import Callable

_QUOTED = re.compile(rb'"[^"]*"')


class TooManyRowsError(Exception):
    """The result has more rows than are allowed."""


class TooLargeError(Exception):
    """The result has more bytes than are allowed."""


class Sink:
    """Takes what pyoxigraph serialises in one of the formats for rows: json, xml, csv, tsv."""

    def __init__(self, format_: str, max_rows: int, max_bytes: int) -> None:
        self._count = COUNTERS[format_]
        self._left, self._room = max_rows + HEADER_LINES[format_], max_bytes
        self._parts: list[bytes] = []
        # What may be the beginning of a mark that the next part completes.
        self._rest = b""

    def write(self, part: bytes) -> int:
        """Keep a part of the result. Raises TooManyRowsError or TooLargeError."""
        self._parts.append(part)
        self._room -= len(part)
        if self._room < 0:
            raise TooLargeError
        found, self._rest = self._count(self._rest + part)
        self._left -= found
        if self._left < 0:
            raise TooManyRowsError
        return len(part)

    def flush(self) -> None:
        """Nothing is held back."""

    def content(self) -> bytes:
        """Everything written."""
        return b"".join(self._parts)


def _marks(mark: bytes) -> Callable[[bytes], tuple[int, bytes]]:
    """Counts a mark that can't overlap itself and can't occur within a value."""

    def count(part: bytes) -> tuple[int, bytes]:
        end = part.rfind(mark)
        rest = part[end + len(mark) :] if end >= 0 else part
        return part.count(mark), rest[-(len(mark) - 1) :] if len(mark) > 1 else b""

    return count


def _csv_lines(part: bytes) -> tuple[int, bytes]:
    """Line ends outside quotation marks; an open quotation is left for the next part."""
    opened = part.rfind(b'"') if part.count(b'"') % 2 else len(part)
    return _QUOTED.sub(b"", part[:opened]).count(b"\n"), part[opened:]


# Within strings of JSON every quotation mark is escaped and `<` is in those of XML, line ends are in TSV.
COUNTERS: dict[str, Callable[[bytes], tuple[int, bytes]]] = {
    "json": _marks(b'}},{"'),
    "xml": _marks(b"<result>"),
    "tsv": _marks(b"\n"),
    "csv": _csv_lines,
}
# Lines counted that are no rows. JSON is counted between rows, of which there is one less.
HEADER_LINES = {"json": -1, "xml": 0, "tsv": 1, "csv": 1}
