"""Bytes to text, without guessing: UTF-8, or UTF-16 that says so."""

from __future__ import annotations

import codecs

from kg.errors import InputError

# spaCy's own limit for one text; a longer "article" is a book or a dump.
MAX_CHARACTERS = 1_000_000

_AS_UTF8 = "save it as UTF-8"
# What a file is that only calls itself text: how it starts, what to say.
_SIGNATURES = (
    (b"%PDF-", "a PDF, not text", "rename it to .pdf"),
    (b"\x89PNG", "an image, not text", ""),
    (b"\xff\xd8\xff", "an image, not text", ""),
    (b"GIF8", "an image, not text", ""),
    (b"PK\x03\x04", "a zip file or office document, not text", "save its text as .txt"),
    (b"\xd0\xcf\x11\xe0", "an office document, not text", "save its text as .txt"),
    (b"{\\rtf", "an RTF document, not text", "save its text as .txt"),
    (b"\x1f\x8b", "a gzip file, not text", "unpack it first"),
)
_HTML_STARTS = (b"<!doctype html", b"<html")


def decode(data: bytes, source: str, html: bool = False) -> str:
    """Decode a text file. Raises InputError if it isn't text, or neither UTF-8 nor UTF-16 with a byte order
    mark.

    Other encodings are not guessed at: a wrong guess would put wrong names into the graph. A byte order mark
    stays (it is a character of the exact text); cleaning drops it."""
    refuse_other_formats(data, source, html)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_utf16(data, source)
    if b"\0" in data:
        raise InputError(source, "a binary file, not text", f"if it is text in another encoding, {_AS_UTF8}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(source, _broken(data, error), _AS_UTF8) from error


def refuse_other_formats(data: bytes, source: str, html: bool = False) -> None:
    """Raise InputError if the bytes are those of a format that isn't plain text."""
    for start, problem, advice in _SIGNATURES:
        if data.startswith(start):
            raise InputError(source, problem, advice)
    if not html and data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML_STARTS):
        raise InputError(source, "an HTML page, not text", "rename it to .html")


def refuse_too_long(text: str, source: str) -> None:
    """Raise InputError if a text is longer than an article can be."""
    if len(text) > MAX_CHARACTERS:
        raise InputError(source, too_long(len(text)), "split it into articles")


def too_long(characters: int) -> str:
    """What is wrong with an article of so many characters."""
    limit = f"{MAX_CHARACTERS / 1e6:.0f} million"
    return f"too long for an article: {characters / 1e6:.1f} million characters, the limit is {limit}"


def _decode_utf16(data: bytes, source: str) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise InputError(source, "broken UTF-16", _AS_UTF8) from error


def _broken(data: bytes, error: UnicodeDecodeError) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    return f"broken UTF-8: byte 0x{data[error.start]:02x} in line {line}"
