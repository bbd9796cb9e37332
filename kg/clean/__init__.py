"""Take off what is not the article: menus, notices, teasers, bylines, credits, comments, repetitions.

After this, offsets never move. The word lists are data (`ontology/boilerplate.ttl`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.clean.characters import tidy
from kg.clean.credits import without_credit, without_labels
from kg.clean.lines import JUDGES, LATER_JUDGES
from kg.clean.paragraphs import split_paragraphs
from kg.clean.rules import BoilerplateRules, Found, Phrases, load_rules
from kg.clean.sections import (
    bylines_above_text,
    comments,
    letters,
    looks_like_headline,
    looks_like_title,
    menus,
    repetitions,
    teaser_lists,
)

__all__ = [
    "BoilerplateRules",
    "Cleaned",
    "Found",
    "Phrases",
    "Removed",
    "clean",
    "letters",
    "load_rules",
    "looks_like_title",
    "tidy",
]


class Removed(NamedTuple):
    """A paragraph, or the credit at its end, that was taken off, and the rule that did it: an entry of
    `boilerplate.ttl`, or "address", "copyright", "credit", "date", "initials", "label", "repetition",
    "title"."""

    text: str
    rule: str


@dataclass(frozen=True)
class Cleaned:
    """An article's paragraphs, and what was taken off, in the order it was found."""

    paragraphs: tuple[str, ...]
    removed: tuple[Removed, ...]

    @property
    def text(self) -> str:
        """The paragraphs, with an empty line between them."""
        return "\n\n".join(self.paragraphs)


def clean(text: str, rules: BoilerplateRules, title: str | None = None) -> Cleaned:
    """Split a text into paragraphs and take off the boilerplate.

    With a `title`, it becomes the first paragraph, stands nowhere else, and is never taken off. Cleaning a
    cleaned text changes nothing."""
    paragraphs = split_paragraphs(tidy(text))
    removed: list[Removed] = []
    heading = tidy(title).replace("\n", " ") if title else ""
    if heading:
        repeated = _repeats_title(paragraphs, heading)
        removed.extend(Removed(paragraphs[index], "title") for index in repeated)
        paragraphs = [heading, *(text for index, text in enumerate(paragraphs) if index not in repeated)]
    # What goes may bring together what goes together, until nothing goes any more.
    while (kept := _sweep(paragraphs, rules, removed, first=1 if heading else 0)) != paragraphs:
        paragraphs = kept
    return Cleaned(tuple(paragraphs), tuple(removed))


def _repeats_title(paragraphs: Sequence[str], title: str) -> frozenset[int]:
    """Where the title stands in the text: anywhere in full, at the top also with a part more or less."""
    key = letters(title)
    return frozenset(
        index
        for index, paragraph in enumerate(paragraphs)
        if letters(paragraph) == key or (index < 3 and _is_variant(paragraph, key))
    )


def _is_variant(paragraph: str, title_key: str) -> bool:
    shorter, longer = sorted((letters(paragraph), title_key), key=len)
    return (
        looks_like_headline(paragraph) and longer.startswith(shorter) and 4 * len(shorter) >= 3 * len(longer)
    )


def _sweep(paragraphs: list[str], rules: BoilerplateRules, removed: list[Removed], first: int) -> list[str]:
    """One round; paragraphs before `first` are kept whatever they are."""
    going = {index: rule for index, rule in _going(paragraphs, rules).items() if index >= first}
    removed.extend(Removed(paragraphs[index], going[index]) for index in sorted(going))
    kept: list[str] = []
    for index, paragraph in enumerate(paragraphs):
        if index in going:
            continue
        shorter = _shortened(paragraph, rules, removed) if index >= first else paragraph
        if shorter:
            kept.append(shorter)
    return kept


def _shortened(paragraph: str, rules: BoilerplateRules, removed: list[Removed]) -> str:
    labelled = without_labels(paragraph, rules)
    if labelled != paragraph:
        removed.append(Removed(paragraph, "label"))
    shorter = without_credit(labelled, rules)
    if shorter != labelled:
        removed.append(Removed(labelled[len(shorter) :].strip(), "credit"))
    return shorter


def _going(paragraphs: Sequence[str], rules: BoilerplateRules) -> Mapping[int, str]:
    single = {
        index: rule
        for index, paragraph in enumerate(paragraphs)
        if (rule := _judge(paragraph, index, rules)) is not None
    }
    # The sections are looked for among all paragraphs: a heading of comments is also a notice.
    return {
        **repetitions(paragraphs),
        **bylines_above_text(paragraphs, rules),
        **single,
        **menus(paragraphs, rules),
        **teaser_lists(paragraphs, rules),
        **comments(paragraphs, rules),
    }


def _judge(paragraph: str, index: int, rules: BoilerplateRules) -> str | None:
    judges = (*JUDGES, *LATER_JUDGES) if index else JUDGES
    return next((rule for judge in judges if (rule := judge(paragraph, rules))), None)
