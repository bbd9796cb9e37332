"""What an HTML page says about its article outside the text: meta elements, JSON-LD, times, the canonical
link.

Own code rather than trafilatura's: that asks for the current day, so that the same page could be read
differently tomorrow, and takes a date from anywhere on the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from kg.clean import letters
from kg.read.article import Metadata, web_address
from kg.read.blocks import Block
from kg.read.fields import Value, as_text
from kg.read.published import parse_date, stated_date

Node = Mapping[str, Value]

_DATE_NAMES = frozenset(
    [
        "article:published_time",
        "article:published",
        "og:published_time",
        "og:article:published_time",
        "date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "publication-date",
        "datepublished",
        "published",
        "published_time",
        "dc.date",
        "dc.date.issued",
        "dc.date.created",
        "dcterms.date",
        "dcterms.issued",
        "dcterms.created",
        "parsely-pub-date",
        "sailthru.date",
        "cxenseparse:recs:publishtime",
        "citation_publication_date",
        "citation_date",
        "article_date_original",
        "originalpublicationdate",
        "ptime",
        "pdate",
    ]
)
_TITLE_NAMES = (
    "og:title",
    "twitter:title",
    "headline",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "title",
)
_PUBLISHER_NAMES = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
    "citation_publisher",
)
_REFERENCE_NAMES = ("reference", "dcterms.source", "dc.source", "original-source")
_ARTICLE_TYPES = ("Article", "Report", "BlogPosting", "LiveBlogPosting")
# "Title | Site" and its likes; a hyphen is too common inside titles.
_BAR = re.compile(r"\s+[|·»•]\s+")
_SEPARATOR = re.compile(r"\s+[|·»•–—:-]\s+")
_NODES_LOOKED_AT = 200
_HEADINGS_LOOKED_AT = 40
_BLOCKS_BELOW_TITLE = 12
_LONGEST_LINE_WITH_DATE = 300
_PARAGRAPHS_BELOW_TITLE = 3


def page_metadata(root: HtmlElement, page_blocks: Sequence[Block]) -> Metadata:
    """What a page states about its article. `page_blocks` are all its blocks, to find what is written near
    the title."""
    metas = _metas(root)
    node = _article_node(root)
    publisher = _meta(metas, _PUBLISHER_NAMES) or as_text(node.get("publisher"))
    title = _title(root, metas, node, publisher)
    start = _position_of_title(page_blocks, title)
    return Metadata(
        title=title,
        publisher=publisher if publisher and not web_address(publisher) else None,
        published=_published(root, metas, node, page_blocks[start:]),
        url=_address(root, metas, node),
        language=as_text(root.get("lang")),
        reference=_meta(metas, _REFERENCE_NAMES) or as_text(node.get("isBasedOn")),
    )


def _metas(root: HtmlElement) -> dict[str, str]:
    """The first value of every named meta element, names in lower case."""
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = as_text(element.get("content"))
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _meta(metas: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _article_node(root: HtmlElement) -> Node:
    """The JSON-LD object of the article, empty if there is none."""
    for script in root.iter("script"):
        if script.get("type", "").lower() == "application/ld+json" and script.text:
            try:
                # Line breaks inside texts are common, and no reason to ignore the rest.
                content: Value = json.loads(script.text, strict=False)
            except (ValueError, RecursionError):
                continue
            node = next((node for node in islice(_nodes(content), _NODES_LOOKED_AT) if _is_article(node)), None)
            if node is not None:
                return node
    return {}


def _nodes(content: Value, depth: int = 4) -> Iterator[Node]:
    if isinstance(content, list) and depth:
        for item in content:
            yield from _nodes(item, depth - 1)
    elif isinstance(content, dict) and depth:
        yield content
        yield from _nodes(content.get("@graph"), depth - 1)
        yield from _nodes(content.get("mainEntity"), depth - 1)


def _is_article(node: Node) -> bool:
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.endswith(_ARTICLE_TYPES) for name in names)


def _title(root: HtmlElement, metas: Mapping[str, str], node: Node, publisher: str | None) -> str | None:
    """The headline. A heading says best how it is meant, if the page's other sources have it too."""
    stated = as_text(node.get("headline")) or _meta(metas, _TITLE_NAMES)
    in_head = next(iter(_texts(root, "title")), None)
    headings = _texts(root, "h1", "h2")
    for candidate in (stated, in_head):
        if candidate and (heading := _agreeing(headings, candidate)):
            return heading
    if stated:
        return _without_site(stated, publisher)
    main_headings = _texts(root, "h1")
    if len(main_headings) == 1:
        return main_headings[0]
    return _without_site(in_head, publisher) if in_head else None


def _texts(root: HtmlElement, *tags: str) -> list[str]:
    """What the first elements of these tags say."""
    elements = islice(root.iter(*tags), _HEADINGS_LOOKED_AT)
    return [text for element in elements if (text := as_text(element.text_content()))]


def _agreeing(headings: Sequence[str], title: str) -> str | None:
    """The longest heading that is the title, or the larger part of it, or one of the parts it is put together
    from."""
    key = letters(title)
    parts = {letters(part) for part in _SEPARATOR.split(title)}
    agreeing = [
        heading
        for heading in headings
        if (own := letters(heading)) in parts or (key.startswith(own) and 2 * len(own) >= len(key))
    ]
    return max(agreeing, key=len, default=None)


def _without_site(title: str, publisher: str | None) -> str:
    """Such as "Title | Site" and "Title - Site" without the site."""
    for separator in reversed(list(_SEPARATOR.finditer(title))):
        site = title[separator.end() :]
        is_site = publisher is not None and letters(site) == letters(publisher)
        if is_site or (_BAR.fullmatch(separator.group()) and len(site.split()) <= 4):
            return title[: separator.start()]
    return title


def _position_of_title(page_blocks: Sequence[Block], title: str | None) -> int:
    """Where the title stands in the page, the heading rather than a menu's "you are here"; 0 if nowhere."""
    key = letters(title or "")
    positions = [index for index, block in enumerate(page_blocks) if key and letters(block.text) == key]
    return next((index for index in positions if page_blocks[index].is_heading), positions[-1] if positions else 0)


def _published(root: HtmlElement, metas: Mapping[str, str], node: Node, below_title: Sequence[Block]) -> date | None:
    near = below_title[:_BLOCKS_BELOW_TITLE]
    stated = [
        as_text(node.get("datePublished")),
        *(value for name, value in metas.items() if name in _DATE_NAMES),
        *(_time(element) for element in root.iter(etree.Element) if element.get("itemprop") == "datePublished"),
        *(_time(element) for block in _until_prose(near) for element in _times(block.element)),
    ]
    days = (parse_date(text) for text in stated if text)
    return next((day for day in days if day), None) or stated_date([block.text for block in near])


def _until_prose(page_blocks: Sequence[Block]) -> Iterator[Block]:
    """The first blocks, up to the third paragraph of the article."""
    paragraphs = 0
    for block in page_blocks:
        paragraphs += len(block.text) > 100
        if paragraphs == _PARAGRAPHS_BELOW_TITLE:
            return
        yield block


def _times(element: HtmlElement) -> Iterator[HtmlElement]:
    if len(element.text_content()) <= _LONGEST_LINE_WITH_DATE:
        yield from element.iter("time")
    yield from (parent for parent in islice(element.iterancestors(), 2) if parent.tag == "time")


def _time(element: HtmlElement) -> str | None:
    value = element.get("content") or element.get("datetime") or element.text_content()
    return as_text(value)


def _address(root: HtmlElement, metas: Mapping[str, str], node: Node) -> str | None:
    canonical = [link.get("href") for link in root.iter("link") if "canonical" in link.get("rel", "").lower().split()]
    page = node.get("mainEntityOfPage")
    in_node = [as_text(node.get("url")), as_text(page.get("@id") if isinstance(page, dict) else page)]
    candidates = [*canonical, metas.get("og:url"), *in_node]
    return next((url for candidate in candidates if (url := web_address(candidate))), None)
