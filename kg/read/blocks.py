"""A page as a browser would lay it out: the blocks of text in order, each with the element it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree
from lxml.html import HtmlElement

from kg.clean import BoilerplateRules, tidy

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "html",
        "br",
    ]
)
_CELLS = frozenset(("td", "th"))
_LONGEST_FIGURE = 80
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NEVER_SHOWN = frozenset(
    [
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "applet",
        "audio",
        "video",
        "canvas",
        "map",
        "button",
        "input",
        "select",
        "option",
        "textarea",
        "label",
        "datalist",
        "noembed",
        "noframes",
        "rp",
        "rt",
    ]
)
_NEVER_ARTICLE = frozenset(("nav", "aside", "menu", "dialog", "footer", "form"))
_NEVER_ARTICLE_ROLES = frozenset(("navigation", "complementary", "search", "dialog", "contentinfo"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Text for screen readers, by the usual names of its class.
_HIDDEN_CLASSES = frozenset(
    [
        "hidden",
        "hide",
        "invisible",
        "d-none",
        "is-hidden",
        "sr-only",
        "visually-hidden",
        "visuallyhidden",
        "screen-reader-text",
        "screen-reader-only",
        "screenreader-only",
        "assistive-text",
        "u-hidden",
        "offscreen",
    ]
)
_CAPTION_WORDS = frozenset(("caption", "captions", "cap", "figcaption", "legend", "wp-caption-text", "photo-caption"))
_CREDIT_WORDS = frozenset(("credit", "credits", "photocredit", "copyright", "photographer", "agency", "rights"))
_QUOTE_WORDS = frozenset(("quote", "pullquote", "pull-quote", "blockquote", "pq"))
_LEAD_WORDS = frozenset(
    [
        "standfirst",
        "dek",
        "deck",
        "subtitle",
        "subheadline",
        "subheading",
        "summary",
        "lede",
        "lead",
        "intro",
        "introduction",
        "excerpt",
        "strapline",
    ]
)
# Sites whose classes are generated name their components in attributes of their own.
_NAMING_ATTRIBUTES = ("class", "id", "data-component", "data-testid", "data-gu-name")
_CAMEL_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, eq=False)
class Block:
    """A stretch of text without a line break in it. `linked` is how many of its characters are links."""

    text: str
    element: HtmlElement
    is_heading: bool
    is_caption: bool
    linked: int

    @property
    def is_link_list(self) -> bool:
        """Mostly links: a menu, a teaser. A sentence with a link or two isn't."""
        return 10 * self.linked >= 7 * len(self.text)


def class_words(element: HtmlElement) -> frozenset[str]:
    """The words of an element's classes, id and component name: "ArticleBody-photo_credit" has article, body,
    photo, credit, and the whole name; neighbouring words also count joined by a hyphen."""
    words: set[str] = set()
    names = " ".join(element.get(attribute, "") for attribute in _NAMING_ATTRIBUTES)
    for name in names.split():
        parts = [part for part in _NOT_WORD.split(_CAMEL_HUMP.sub("-", name).lower()) if part]
        words.update(parts, (f"{one}-{two}" for one, two in pairwise(parts)))
        words.add("-".join(parts))
    return frozenset(words)


def blocks(root: HtmlElement) -> list[Block]:
    """The blocks below an element, in the order of the page, without what is never shown."""
    collector = _Collector(frozenset(row for row in root.iter("tr") if _is_row_of_data(row)))
    skipped: HtmlElement | None = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
                collector.leave(element)
        elif event == "start":
            skipped = element if element is not root and is_unseen(element) else None
            collector.enter(element, "" if skipped is not None else element.text or "")
        elif event == "end" and element is not root:
            collector.leave(element)
        elif event in ("comment", "pi"):
            collector.add(element.tail or "")
    collector.flush()
    return collector.done


def is_unseen(element: HtmlElement) -> bool:
    """Whether a browser shows nothing of an element, as far as its own attributes tell."""
    if element.tag in _NEVER_SHOWN or element.get("hidden") is not None:
        return True
    names = element.get("class", "").lower().split()
    return bool(_HIDDEN_CLASSES.intersection(names)) or bool(_HIDDEN.search(element.get("style", "")))


def is_lead_element(element: HtmlElement) -> bool:
    """Whether an element holds the line or two below the headline, by its class."""
    return bool(_LEAD_WORDS & class_words(element))


def is_credit_element(element: HtmlElement) -> bool:
    """Whether an element names who holds the rights of a picture, by its class."""
    return bool(_CREDIT_WORDS & class_words(element))


def noise_elements(root: HtmlElement, rules: BoilerplateRules) -> Iterator[HtmlElement]:
    """Elements that by their kind or class hold something else than the article. Nothing inside a quote is
    among them: there, an "author" is who speaks."""
    quoted: set[HtmlElement] = set()
    for element in root.iter(etree.Element):
        if element.getparent() in quoted or element.tag == "blockquote" or _QUOTE_WORDS & class_words(element):
            quoted.add(element)
        elif element is not root and _is_noise(element, rules):
            yield element


def _is_noise(element: HtmlElement, rules: BoilerplateRules) -> bool:
    if element.tag in _NEVER_ARTICLE or element.get("role") in _NEVER_ARTICLE_ROLES:
        return True
    return any(rules.page_noise.whole(word) for word in class_words(element))


def _is_row_of_data(row: HtmlElement) -> bool:
    """Whether the cells of a row belong together, as figures do; cells with paragraphs in them lay out a
    page."""
    return all(
        len(cell.text_content()) <= _LONGEST_FIGURE and not any(part.tag in _BLOCKS for part in cell.iterdescendants())
        for cell in row
    )


class _Collector:
    """Gathers the text between two block boundaries. Kept small: `blocks` drives it."""

    def __init__(self, rows_of_data: frozenset[HtmlElement]) -> None:
        self._rows_of_data = rows_of_data
        self.done: list[Block] = []
        self._texts: list[tuple[str, bool]] = []
        self._path: list[HtmlElement] = []
        self._links = 0

    def enter(self, element: HtmlElement, text: str) -> None:
        if self._is_boundary(element):
            self.flush()
        elif element.tag in _CELLS and self._texts:
            self.add(" | ")
        self._path.append(element)
        self._links += element.tag == "a"
        self.add(text)

    def leave(self, element: HtmlElement) -> None:
        if self._is_boundary(element):
            self.flush()
        self._path.pop()
        self._links -= element.tag == "a"
        self.add(element.tail or "")

    def add(self, text: str) -> None:
        if text:
            self._texts.append((text, self._links > 0))

    def flush(self) -> None:
        text = tidy("".join(text for text, _ in self._texts).replace("\n", " "))
        if text:
            linked = sum(len(tidy(text)) for text, is_link in self._texts if is_link)
            heading, caption = self._kind()
            self.done.append(Block(text, self._path[-1], heading, caption, linked))
        self._texts = []

    def _is_boundary(self, element: HtmlElement) -> bool:
        if element.tag in _CELLS:
            return element.getparent() not in self._rows_of_data
        if element.tag in _BLOCKS or (_CAPTION_WORDS | _CREDIT_WORDS) & class_words(element):
            return True
        # Below a quote, it says who speaks; in a sentence, it is the name of a book.
        return element.tag == "cite" and any(
            parent.tag in ("blockquote", "figure") for parent in element.iterancestors()
        )

    def _kind(self) -> tuple[bool, bool]:
        heading = any(element.tag in _HEADINGS for element in self._path[-3:])
        caption = any(
            element.tag in ("figcaption", "figure", "caption") or _CAPTION_WORDS & class_words(element)
            for element in self._path[-5:]
        )
        return heading, caption
