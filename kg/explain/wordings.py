"""Where in the data files something is written: the lines of a frame, the line that lists a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

LONGEST = 12
WIDEST = 200


class Wording(NamedTuple):
    """Lines of a data file, from line number `line` on."""

    file: str
    line: int
    lines: tuple[str, ...]


def frame_wording(name: str, folders: Sequence[Path]) -> Wording | None:
    """The lines that define a frame; the last folder that has it wins. None if it is written in another way than ours."""
    start = re.compile(rf"(?:\w*:|<[^>]*/frame/){re.escape(name)}>?\s+")
    found = None
    for path, lines in _files(folders):
        for number, line in enumerate(lines):
            if start.match(line):
                found = Wording(path.name, number + 1, _block(lines[number : number + LONGEST]))
    return found


def _block(lines: Sequence[str]) -> tuple[str, ...]:
    """Up to the line that ends with a full stop."""
    last = next((n for n, line in enumerate(lines) if line.rstrip().endswith(".")), len(lines) - 1)
    return tuple(line[:WIDEST].rstrip() for line in lines[: last + 1])


def word_wording(word: str, folders: Sequence[Path]) -> Wording | None:
    """The line of the lexicon that lists a word as a role, stance or relative; None if no line does."""
    lemma = re.compile(rf'["\s]{re.escape(word.lower())}["\s]')
    found = None
    for path, lines in _files(folders):
        inside = False
        for number, line in enumerate(lines):
            inside = "Noun" in line if re.match(r"\S", line) else inside
            if inside and lemma.search(line):
                found = Wording(path.name, number + 1, (_around(line, lemma),))
    return found


def _around(line: str, word: re.Pattern[str]) -> str:
    match = word.search(line)
    if match is None or len(line) <= WIDEST:
        return line.strip()
    start = max(match.start() - WIDEST // 2, 0)
    return f"... {line[start : start + WIDEST].strip()} ..."


def _files(folders: Sequence[Path]) -> Iterator[tuple[Path, list[str]]]:
    for folder in folders:
        for path in sorted(folder.glob("*.ttl")):
            if not path.name.startswith("gazetteer"):
                yield path, path.read_text(encoding="utf8", errors="replace").splitlines()
