"""Articles to documents: cleaned, titled, checked for their language, and named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from itertools import chain, count

from kg.clean import BoilerplateRules, Cleaned, clean, letters, looks_like_title, tidy
from kg.errors import InputError
from kg.model import Document
from kg.naming import slug
from kg.read.article import Article
from kg.read.language import foreign_language

_LONGEST_SLUG = 48


def to_document(article: Article, rules: BoilerplateRules, raw: bool = False) -> Document:
    """The document of an article. With `raw`, its text is the article's exact text, else the title and the
    paragraphs that are left after cleaning, with an empty line between them.

    Raises InputError if nothing is left, or the text isn't English.
    """
    text, title = _exact(article) if raw else _cleaned(article, rules)
    if language := foreign_language(text):
        raise InputError(article.origin.shown, f"not an English article (looks like {language})", "give an English one")
    digest = sha256(text.encode("utf-8")).hexdigest()
    return Document(
        id=article.id or f"{slug(article.name, _LONGEST_SLUG) or 'article'}-{digest[:8]}",
        source=article.metadata.url or article.origin.source,
        text=text,
        sha256=digest,
        title=title,
        publisher=article.metadata.publisher,
        published=article.metadata.published,
        url=article.metadata.url,
        reference=article.metadata.reference,
    )


def _exact(article: Article) -> tuple[str, str | None]:
    """The text as it was given, and the title: the stated one, or a first line that looks like one."""
    if not article.exact.strip():
        raise InputError(article.origin.shown, "no text", "put the article into it")
    if re.search("[\ud800-\udfff]", article.exact):
        raise InputError(article.origin.shown, "holds half a character (a lone surrogate)", "read it without --raw")
    lines = tidy(article.exact).split("\n", 1)
    first = lines[0] if len(lines) > 1 and looks_like_title(lines[0]) else None
    return article.exact, article.metadata.title or first


def _cleaned(article: Article, rules: BoilerplateRules) -> tuple[str, str | None]:
    """The text after cleaning, and the title, which is its first paragraph if there is one."""
    stated = article.metadata.title if letters(article.metadata.title or "") else None
    cleaned = clean(article.text, rules, stated)
    if not tidy(article.text):
        raise InputError(article.origin.shown, "no text", "put the article into it")
    if not _has_body(cleaned, stated is not None):
        problem = "nothing is left after menus, notices and credits are taken off"
        raise InputError(article.origin.shown, problem, "put the article into it")
    is_titled = stated or (len(cleaned.paragraphs) > 1 and looks_like_title(cleaned.paragraphs[0]))
    return cleaned.text, cleaned.paragraphs[0] if is_titled else None


def _has_body(cleaned: Cleaned, is_titled: bool) -> bool:
    """Whether there is more than the title, or the text itself was the title."""
    own = cleaned.paragraphs[1:] if is_titled else cleaned.paragraphs
    return bool(own) or any(removed.rule == "title" for removed in cleaned.removed)


def with_own_ids(documents: Iterable[Document | InputError]) -> Iterator[Document | InputError]:
    """The documents, no two with the same id: a later one gets a part of a hash behind it. One that says the
    same as an earlier one in every respect, its source too, is left out."""
    taken: dict[str, Document] = {}
    for document in documents:
        own = document if isinstance(document, InputError) else _with_own_id(document, taken)
        if own is not None:
            yield own


def _with_own_id(document: Document, taken: dict[str, Document]) -> Document | None:
    of_text, of_source = document.sha256[:8], sha256(document.source.encode("utf-8")).hexdigest()[:8]
    endings = [] if document.id.endswith(of_text) else [of_text]
    for ending in chain([""], endings, [of_source], map(str, count(2))):
        candidate = replace(document, id=f"{document.id}-{ending}" if ending else document.id)
        holder = taken.setdefault(candidate.id, candidate)
        if holder is candidate:
            return candidate
        if holder == candidate:
            return None
    raise AssertionError("counting doesn't end")
