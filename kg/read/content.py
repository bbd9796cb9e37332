"""Where on a page the article is.

trafilatura finds it; what of it is kept is decided here. It is made for running text and loses what is short:
captions, headings, the name under a quote, entries of a live blog; and it may change the order. So its text
only votes for the blocks of the page. The element with most of the votes holds the article, and all of its
blocks are kept, in the order of the page, but for links and what its class calls noise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from kg.clean import BoilerplateRules, letters
from kg.read.blocks import Block, is_credit_element, is_lead_element, noise_elements
from kg.read.quiet import silenced

# Shorter blocks are compared with whole lines of trafilatura's: a name is in many a sentence.
_FEWEST_LETTERS_IN_TEXT = 20
# A block of this length is prose even without the end of a sentence; one of links only is a teaser, unless it
# is longer.
_LONG = 60
_LONGEST_LINK = 200
_SHORTEST_CAPTION = 25
# An element with so much of the article isn't noise, whatever its class is.
_SHARE_OF_ARTICLE = 0.4
_SHARE_OF_CONTAINER = 0.8
_WORTH_CLIMBING = 0.05
_SENTENCE = re.compile(r".{40,}[.!?…][\"'”’)\]]*$", re.DOTALL)

Weights = Mapping[HtmlElement, int]


class _Judged(NamedTuple):
    block: Block
    is_voted: bool
    is_within: bool
    is_noise: bool


def article_blocks(
    root: HtmlElement, page_blocks: Sequence[Block], title: str | None, rules: BoilerplateRules
) -> list[Block]:
    """The blocks of the article, in the order of the page; none if there is no text on it."""
    votes = _votes(root, page_blocks)
    weights = _weights(page_blocks, votes)
    inside = _weight_inside(page_blocks, weights)
    limit = _SHARE_OF_ARTICLE * sum(weights)
    noise = frozenset(element for element in noise_elements(root, rules) if inside.get(element, 0) <= limit)
    noisy = [not noise.isdisjoint(_with_parents(block)) for block in page_blocks]
    quiet = [weight * (not is_noise) for weight, is_noise in zip(weights, noisy, strict=True)]
    container = _container(_weight_inside(page_blocks, quiet), root)
    within = [container in _with_parents(block) for block in page_blocks]
    judged = [_Judged(*parts) for parts in zip(page_blocks, votes, within, noisy, strict=True)]
    return [block for block in _choose(judged, title) if _is_text(block)]


def _with_parents(block: Block) -> tuple[HtmlElement, ...]:
    return (block.element, *block.element.iterancestors())


def _votes(root: HtmlElement, page_blocks: Sequence[Block]) -> list[bool]:
    """Which blocks trafilatura takes for the article."""
    found = _trafilatura_text(root)
    lines = {letters(line) for line in found.split("\n")}
    together = letters(found)
    keys = [letters(block.text) for block in page_blocks]
    return [key in lines or (len(key) >= _FEWEST_LETTERS_IN_TEXT and key in together) for key in keys]


def _trafilatura_text(root: HtmlElement) -> str:
    # Imported here: it takes half a second, and most runs read no HTML.
    from trafilatura import bare_extraction

    with silenced("trafilatura", "htmldate", "courlan", "justext", "readability"):
        # Without metadata and language, it asks neither for today's date nor for another model; without
        # deduplication, it remembers nothing of earlier pages.
        found = bare_extraction(root, include_comments=False, with_metadata=False, deduplicate=False)
    text = getattr(found, "text", None)
    return text if isinstance(text, str) else ""


def _weights(page_blocks: Sequence[Block], votes: Sequence[bool]) -> list[int]:
    """How much each block says about where the article is: the length of its prose, if it was voted for. All
    prose counts if none was, all votes if there is no prose."""
    voted = [len(block.text) * vote for block, vote in zip(page_blocks, votes, strict=True)]
    prose = [len(block.text) * _is_prose(block) for block in page_blocks]
    for weights in ([min(pair) for pair in zip(voted, prose, strict=True)], prose, voted):
        if any(weights):
            return weights
    return [len(block.text) for block in page_blocks]


def _is_prose(block: Block) -> bool:
    return not block.is_link_list and (len(block.text) >= _LONG or bool(_SENTENCE.match(block.text)))


def _weight_inside(page_blocks: Iterable[Block], weights: Iterable[int]) -> Weights:
    inside: dict[HtmlElement, int] = {}
    for block, weight in zip(page_blocks, weights, strict=True):
        for element in _with_parents(block) if weight else ():
            inside[element] = inside.get(element, 0) + weight
    return inside


def _container(inside: Weights, root: HtmlElement) -> HtmlElement:
    """The smallest element with most of the article; a larger one if it adds to it, but not beyond the page's
    own <article> or <main>."""
    total = inside.get(root, 0)
    container = _smallest_with(_SHARE_OF_CONTAINER * total, inside, root)
    passed = container
    for parent in container.iterancestors():
        if passed.tag in ("article", "main", "body") or passed.get("itemprop") == "articleBody":
            break
        if inside.get(parent, 0) - inside.get(container, 0) >= _WORTH_CLIMBING * total:
            container = parent
        passed = parent
    return container


def _smallest_with(weight: float, inside: Weights, root: HtmlElement) -> HtmlElement:
    element = root
    while weight and (child := next((c for c in element if inside.get(c, 0) >= weight), None)) is not None:
        element = child
    return element


def _choose(judged: Sequence[_Judged], title: str | None) -> list[Block]:
    """All of the article's element up to the last vote. Between it and the title, and behind the last vote,
    what looks as if it belonged to the article."""
    within = [index for index, item in enumerate(judged) if item.is_within]
    if not within:
        return []
    first, last = within[0], max((index for index in within if judged[index].is_voted), default=within[-1])
    title_at = _title_at(judged, title, first)
    beside = {item.block.element.getparent() for item in judged if item.is_voted}

    def belongs(index: int, item: _Judged) -> bool:
        if min(first, title_at) <= index < max(first, title_at):
            return _is_lead(item.block) or (item.is_voted and not item.is_within)
        if not item.is_within or index <= last:
            return item.is_within
        return item.block.is_caption or (_is_prose(item.block) and item.block.element.getparent() in beside)

    return [item.block for index, item in enumerate(judged) if not item.is_noise and belongs(index, item)]


def _title_at(judged: Sequence[_Judged], title: str | None, first: int) -> int:
    """Where the title stands: inside the article's element, else last before it; `first` if it does
    neither."""
    key = letters(title or "")
    positions = [index for index, item in enumerate(judged) if key and letters(item.block.text) == key]
    inside = next((index for index in positions if judged[index].is_within), None)
    return inside if inside is not None else max((index for index in positions if index < first), default=first)


def _is_lead(block: Block) -> bool:
    """What may stand between the title and the text: a caption, a standfirst."""
    return block.is_caption or _is_prose(block) or any(map(is_lead_element, _with_parents(block)[:3]))


def _is_text(block: Block) -> bool:
    """Not the credit in a caption, and not mere links."""
    if block.is_caption and any(map(is_credit_element, _with_parents(block))):
        return False
    if block.is_caption and len(block.text) >= _SHORTEST_CAPTION:
        return True
    return not block.is_link_list or len(block.text) > _LONGEST_LINK
