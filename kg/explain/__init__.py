"""What stands behind a graph: why a statement says what it says, an entity is one, an article gave what it gave; and
what a text gives, and why not more.

Everything is told as lines of plain text. Text of articles is made harmless for a terminal here.
"""

from __future__ import annotations

from kg.explain.corpus import Corpus, load_corpus
from kg.explain.entities import explain_article, explain_entity
from kg.explain.statements import explain_statement
from kg.explain.targets import find_target, nearest
from kg.explain.texts import explain_text, silent_words, text_document
from kg.model import Document, Fact, Node

__all__ = [
    "Corpus",
    "explain",
    "explain_text",
    "find_target",
    "load_corpus",
    "nearest",
    "silent_words",
    "text_document",
]


def explain(target: Fact | Node | Document, corpus: Corpus) -> list[str]:
    """What stands behind a statement, an entity or an article."""
    if isinstance(target, Fact):
        return explain_statement(target, corpus)
    return explain_entity(target, corpus) if isinstance(target, Node) else explain_article(target, corpus)
