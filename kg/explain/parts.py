"""Pieces that all explanations share."""

from __future__ import annotations

import re

from kg.model import Document


def plain(text: str) -> str:
    """A text in one line without control and formatting characters, fit for a terminal."""
    return "".join(c if c.isprintable() else "?" for c in re.sub(r"\s+", " ", text)).strip()


def article_line(document: Document) -> str:
    """An article's title, publisher, day and id."""
    parts = [document.title or "(no title)", document.publisher, document.published and document.published.isoformat()]
    return f"{plain(', '.join(p for p in parts if p))} ({plain(document.id)})"


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
