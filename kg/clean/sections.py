"""What only the neighbours of a paragraph show: lists of other stories, menus spread over lines, readers'
comments, repetitions. Every function takes all paragraphs and gives the ones that go, by index, with the
rule's name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kg.clean.lines import bare, is_date_line, is_stamp
from kg.clean.rules import BoilerplateRules, Found, Phrases

# A list of teasers is seldom longer; a story's own short paragraphs should not all go if it is.
_LONGEST_TEASER_LIST = 12
_LONGEST_HEADLINE = 120
_LONGEST_TITLE = 160
_LONGEST_MENU_ITEM = 30
_FEWEST_MENU_ITEMS = 3
# Short answers, names under quotes and times may well come twice.
_SHORTEST_REPETITION = 40
# Comments follow an article, so what is cut must not be most of the text.
_LARGEST_SHARE_OF_COMMENTS = 0.8

_PROSE_END = re.compile(r"[.!…][\"'”’)\]]*$|[”\"]$")
_SENTENCE_END = re.compile(r"[.;:,…][\"'”’)\]]*$")
_NAME = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?: [\w.'’-]+){0,2} [A-ZÀ-Þ][\w.'’-]*")
_LETTERS = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """What two spellings of the same line share: letters and digits, in lower case."""
    return _LETTERS.sub("", text).casefold()


def looks_like_headline(text: str) -> bool:
    """Short and without the end of a sentence."""
    return len(text) <= _LONGEST_HEADLINE and not _PROSE_END.search(text)


def looks_like_title(text: str) -> bool:
    """Short, more than a word, and no end of a sentence. Titles may end in a quote: 'Lund: "We can wait"'."""
    return len(text) <= _LONGEST_TITLE and " " in text and not _SENTENCE_END.search(text)


def comments(paragraphs: Sequence[str], rules: BoilerplateRules) -> Mapping[int, str]:
    """Everything from the heading of the readers' comments to the end."""
    total = sum(map(len, paragraphs))
    before = 0
    for index, paragraph in enumerate(paragraphs):
        found = _comment_heading(bare(paragraph), rules) if index else None
        if found and total - before <= _LARGEST_SHARE_OF_COMMENTS * total:
            return dict.fromkeys(range(index, len(paragraphs)), found.entry)
        before += len(paragraph)
    return {}


def _comment_heading(line: str, rules: BoilerplateRules) -> Found | None:
    """Such as "2 Comments", "2 thoughts on “Okoro visits Velm”"."""
    found = rules.comment_headings.opening(line)
    is_whole = found is not None and (found.end == len(line) or line[found.end :].lstrip()[:1] in "“\"‘'")
    return found if is_whole else rules.comment_headings.whole(line)


def teaser_lists(paragraphs: Sequence[str], rules: BoilerplateRules) -> Mapping[int, str]:
    """Headings such as "Related stories" and the headlines below them."""
    removed: dict[int, str] = {}
    for index, paragraph in enumerate(paragraphs):
        found = rules.teaser_headings.whole(bare(paragraph)) if index else None
        if found is None:
            continue
        removed[index] = found.entry
        for below in range(index + 1, min(index + 1 + _LONGEST_TEASER_LIST, len(paragraphs))):
            if not looks_like_headline(paragraphs[below]):
                break
            removed[below] = found.entry
    return removed


def menus(paragraphs: Sequence[str], rules: BoilerplateRules) -> Mapping[int, str]:
    """Menus and share bars that come as a line per item."""
    return _runs(paragraphs, rules.navigation_names, _FEWEST_MENU_ITEMS, strangers=True) | _runs(
        paragraphs, rules.sharing_names, 2, strangers=False
    )


def _runs(paragraphs: Sequence[str], names: Phrases, fewest: int, strangers: bool) -> dict[int, str]:
    """Runs of neighbouring lines that are names of the list. Between them, other short lines may stand
    (`strangers`), as long as the names are the most."""
    removed: dict[int, str] = {}
    run: list[tuple[int, str | None]] = []
    for index, paragraph in enumerate([*paragraphs, ""]):
        found = names.whole(bare(paragraph)) or names.whole(paragraph)
        if found or (strangers and run and paragraph and _is_menu_item(paragraph)):
            run.append((index, found.entry if found else None))
            continue
        removed |= _confirmed(run, fewest)
        run = []
    return removed


def _is_menu_item(paragraph: str) -> bool:
    return len(paragraph) <= _LONGEST_MENU_ITEM and len(paragraph.split()) <= 3 and paragraph[-1:] not in '.!?:”"'


def _confirmed(run: list[tuple[int, str | None]], fewest: int) -> dict[int, str]:
    while run and run[-1][1] is None:
        run = run[:-1]
    known = [entry for _, entry in run if entry]
    if len(known) < fewest or 2 * len(known) <= len(run):
        return {}
    return {index: entry or known[0] for index, entry in run}


def repetitions(paragraphs: Sequence[str]) -> Mapping[int, str]:
    """Paragraphs that were there before."""
    seen: set[str] = set()
    removed: dict[int, str] = {}
    for index, paragraph in enumerate(paragraphs):
        key = letters(paragraph)
        if key in seen and len(paragraph) >= _SHORTEST_REPETITION:
            removed[index] = "repetition"
        seen.add(key)
    return removed


def bylines_above_text(paragraphs: Sequence[str], rules: BoilerplateRules) -> Mapping[int, str]:
    """What stands between the headline and the first sentences: a lone date, or one below a date stamp; a
    role with the writer's name above it. Elsewhere, a date is a heading of a chronicle, and a name with a
    role below it says who spoke a quote."""
    removed: dict[int, str] = {}
    for index, (above, paragraph) in enumerate(pairwise(paragraphs), start=1):
        if is_date_line(paragraph) and (index == 1 or is_stamp(above, rules)):
            removed[index] = "date"
    for index, (above, paragraph) in enumerate(pairwise(paragraphs), start=1):
        if _is_prose(paragraph):
            break
        role = rules.byline_roles.whole(bare(paragraph))
        if index > 1 and role and _NAME.fullmatch(above):
            removed |= {index - 1: role.entry, index: role.entry}
    return removed if len(paragraphs) > 2 else {}


def _is_prose(paragraph: str) -> bool:
    return len(paragraph) > _LONGEST_HEADLINE or bool(
        _PROSE_END.search(paragraph) and len(paragraph) >= _SHORTEST_REPETITION
    )
