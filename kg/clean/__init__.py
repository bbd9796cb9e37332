"""Take off what is not the article: menus, notices, teasers, bylines, credits, comments, repetitions.

After this, offsets never move. The word lists are data (`ontology/boilerplate.ttl`).
"""

from __future__ import annotations

import re
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
    looks_like_title,
    menus,
    repetitions,
    teaser_lists,
)

# How many paragraphs may stand above a title, and what is put behind one: "Okoro visits Velm - analysis".
_TOP = 3
_RIDER = re.compile(r"\s*[|–—:»·-]\s+[^.]{1,40}")

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
    heading = tidy(title or "").replace("\n", " ").strip(" -–—|")
    first = 1 if heading else 0
    paragraphs = [heading][:first] + split_paragraphs(tidy(text))
    removed: list[Removed] = []
    # What goes may bring together what goes together, until nothing goes any more.
    while (kept := _sweep(paragraphs, rules, removed, first)) != paragraphs:
        paragraphs = kept
    return Cleaned(tuple(paragraphs), tuple(removed))


def _repeats_title(paragraphs: Sequence[str]) -> Mapping[int, str]:
    """Where the first paragraph, the title, stands again: anywhere in full, at the top also with or without a
    rider (" - analysis")."""
    title = paragraphs[0]
    key = letters(title)
    return {
        index: "title"
        for index, paragraph in enumerate(paragraphs)
        if index and (letters(paragraph) == key or (index <= _TOP and _is_variant(paragraph, title)))
    }


def _is_variant(paragraph: str, title: str) -> bool:
    shorter, longer = sorted((paragraph.casefold(), title.casefold()), key=len)
    return longer.startswith(shorter) and bool(_RIDER.fullmatch(longer[len(shorter) :]))


def _sweep(paragraphs: list[str], rules: BoilerplateRules, removed: list[Removed], first: int) -> list[str]:
    """One round; paragraphs before `first` are kept whatever they are."""
    # The title goes first: a second "Related" would take the lines below it along.
    found = (_repeats_title(paragraphs) if first else {}) or _going(paragraphs, rules)
    going = {index: rule for index, rule in found.items() if index >= first}
    removed.extend(Removed(paragraphs[index], going[index]) for index in sorted(going))
    kept = [
        _shortened(paragraph, rules, removed)
        for index, paragraph in enumerate(paragraphs)
        if index >= first and index not in going
    ]
    # What is left of a paragraph may be nothing that a text would be split into.
    return paragraphs[:first] + split_paragraphs(tidy("\n\n".join(kept)))


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
