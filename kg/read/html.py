"""HTML pages to articles."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from kg.clean import BoilerplateRules
from kg.errors import InputError
from kg.read.article import Article
from kg.read.blocks import blocks
from kg.read.content import article_blocks
from kg.read.decode import decode, refuse_too_long
from kg.read.page import page_metadata
from kg.read.sources import Source

MAX_BYTES = 20_000_000
"""Pages with pictures inside are large; trafilatura has the same limit."""

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([a-z0-9_-]+)""", re.IGNORECASE)
_KNOWN_CHARSETS = re.compile(r"(?:windows|cp|iso|koi8|mac|gb|big5|shift|euc|us|ascii|latin)", re.IGNORECASE)
_LIKE_WINDOWS_1252 = frozenset(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"))
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def read_html(data: bytes, origin: Source, rules: BoilerplateRules) -> Article:
    """The article of a page; its exact text is that of the blocks before cleaning. Raises InputError if there
    is none."""
    root = _parse(_decode(data, origin.shown), origin.shown)
    page_blocks = blocks(root)
    metadata = page_metadata(root, page_blocks)
    chosen = article_blocks(root, page_blocks, metadata.title, rules)
    if not chosen:
        raise InputError(origin.shown, "no text in this page", "save the page with its text, or its text as .txt")
    text = "\n\n".join(block.text for block in chosen)
    refuse_too_long(text, origin.shown)
    return Article(origin, origin.name, text, text, metadata)


def _decode(data: bytes, shown: str) -> str:
    """UTF-8 if it is that, else what the page declares."""
    declared = _CHARSET.search(data[:4096])
    charset = declared.group(1).decode("ascii").lower() if declared else ""
    if b"\0" in data or not _KNOWN_CHARSETS.match(charset):
        return decode(data, shown, html=True)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Browsers read pages that declare ISO 8859-1 as Windows-1252.
        return _decode_as("windows-1252" if charset in _LIKE_WINDOWS_1252 else charset, data, shown)


def _decode_as(charset: str, data: bytes, shown: str) -> str:
    try:
        return data.decode(charset)
    except (UnicodeError, LookupError) as error:
        problem = f"not in the encoding that it declares ({charset})"
        raise InputError(shown, problem, "save it as UTF-8") from error


def _parse(text: str, shown: str) -> HtmlElement:
    parser = HTMLParser(encoding="utf-8", remove_pis=True, no_network=True)
    try:
        return document_fromstring(_XML_DECLARATION.sub("", text).encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise InputError(shown, "no text in this page", "is it HTML?") from error
