"""Markdown to plain paragraphs: what a reader of the page would see, without marks, links and pictures."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)


def plain_text(markdown: str) -> str:
    """The text of a Markdown article, with an empty line between its blocks. A line end inside a block stays
    one: whether lines are wrapped or paragraphs is for cleaning to decide. Code is left out, quotes and the
    cells of tables stay."""
    # An indented paragraph is meant as one by people who write news, not as code.
    parser = MarkdownIt("commonmark").enable("table").disable("code")
    return "\n\n".join(block for block in _blocks(parser.parse(markdown)) if block.strip())


def _blocks(tokens: list[Token]) -> Iterator[str]:
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield " | ".join(row)
            row = None
        elif token.type == "inline":
            text = _inline(token.children or [])
            if row is None:
                yield text
            else:
                row.append(text)
        elif token.type == "html_block":
            yield html.unescape(_TAG.sub(" ", token.content))


def _inline(tokens: list[Token]) -> str:
    return "".join(map(_inline_text, tokens))


def _inline_text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    return ""
