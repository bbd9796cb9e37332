"""Which files to read: folders walked, files as given, nothing twice, in an order that doesn't depend on the
arguments."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from kg.clean import tidy
from kg.errors import InputError

Kind = Literal["text", "markdown", "html", "pdf", "jsonl"]

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_READABLE = ".txt, .md, .html, .pdf or .jsonl"
# Somebody may well think that these are read; pictures, scripts and the like beside a saved page are passed
# over in silence.
_UNREADABLE = frozenset((".doc", ".docx", ".odt", ".rtf", ".epub", ".mobi", ".json", ".eml", ".mht", ".mhtml", ".ps"))
# Files about a folder, not of it.
_ABOUT = frozenset(
    [
        "readme",
        "license",
        "licence",
        "copying",
        "copyright",
        "changelog",
        "changes",
        "contributing",
        "authors",
        "contributors",
        "credits",
        "notice",
        "attribution",
        "code_of_conduct",
        "security",
        "requirements",
        "robots",
    ]
)


class Source(NamedTuple):
    """A file to read. `source` is its path below the folder that was given (its name if it was given itself),
    `shown` its path as the user gave it, for errors. `path` is None for the standard input."""

    source: str
    shown: str
    path: Path | None
    kind: Kind

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return Path(self.source).stem


def find_sources(paths: Sequence[Path]) -> list[Source | InputError]:
    """The files that articles are read from, and what is wrong with paths that give none.

    Folders are walked to the bottom, links to folders too, each folder once. Hidden files, files of other
    kinds and files such as README and LICENSE are passed over in folders and read if they are given. `-` is
    the standard input."""
    found: dict[str, Source] = {}
    problems: list[InputError] = []
    for path in paths:
        for item in _look_at(path):
            if isinstance(item, InputError):
                problems.append(item)
            else:
                real = os.path.realpath(item.path) if item.path else "-"
                found[real] = min(item, found.get(real, item), key=_order)
    everything: list[Source | InputError] = [*found.values(), *problems]
    return sorted(everything, key=_order)


def _order(item: Source | InputError) -> tuple[str, str]:
    return (item.source, item.shown) if isinstance(item, Source) else (item.source, "")


def _look_at(path: Path) -> Iterator[Source | InputError]:
    if str(path) == "-":
        yield Source("stdin", "standard input", None, "text")
        return
    shown = readable(path)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield InputError(shown, *_why(error))
        return
    if stat.S_ISDIR(mode):
        yield from _walk(path, shown)
    elif not stat.S_ISREG(mode):
        yield InputError(shown, "not a file", "for a pipe, give - and write to the standard input")
    elif path.suffix.lower() in _UNREADABLE:
        yield InputError(shown, f"can't read {path.suffix.lower()} files", f"save it as {_READABLE}")
    else:
        yield Source(readable(Path(path.name)), shown, path, SUFFIXES.get(path.suffix.lower(), "text"))


def _walk(folder: Path, shown: str) -> Iterator[Source | InputError]:
    found = [item for item in _files_below(folder, set()) if isinstance(item, InputError) or _is_of_interest(item)]
    for item in found:
        if isinstance(item, InputError):
            yield item
        elif (suffix := item.suffix.lower()) in SUFFIXES:
            yield Source(readable(item.relative_to(folder)), readable(item), item, SUFFIXES[suffix])
        else:
            yield InputError(readable(item), f"can't read {suffix} files", f"save it as {_READABLE}")
    if not found:
        yield InputError(shown, "no articles found", f"put {_READABLE} files there")


def _is_of_interest(path: Path) -> bool:
    suffix = path.suffix.lower()
    return suffix in _UNREADABLE or (suffix in SUFFIXES and path.stem.lower() not in _ABOUT)


def _files_below(folder: Path, entered: set[tuple[int, int]]) -> Iterator[Path | InputError]:
    """Files that aren't hidden, sorted; a folder that links lead back to is entered once."""
    try:
        status = folder.stat()
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        yield InputError(readable(folder), *_why(error))
        return
    if (status.st_dev, status.st_ino) in entered:
        return
    entered.add((status.st_dev, status.st_ino))
    for name in names:
        if not name.startswith("."):
            yield from _entry(folder / name, entered)


def _entry(path: Path, entered: set[tuple[int, int]]) -> Iterator[Path | InputError]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        # A link to nowhere matters if an article should be there.
        if _is_of_interest(path):
            yield InputError(readable(path), *_why(error))
        return
    if stat.S_ISDIR(mode):
        yield from _files_below(path, entered)
    elif stat.S_ISREG(mode):
        yield path


@contextmanager
def opened(source: Source) -> Iterator[BinaryIO]:
    """The file, open for reading. What goes wrong meanwhile with opening or reading it is raised as
    InputError."""
    try:
        if source.path is None:
            yield sys.stdin.buffer
        else:
            with source.path.open("rb") as file:
                yield file
    except OSError as error:
        raise InputError(source.shown, *_why(error)) from error


def read_bytes(source: Source, limit: int) -> bytes:
    """All of a file. Raises InputError if it can't be read, is larger than `limit`, or is empty."""
    with opened(source) as file:
        data = file.read(limit + 1)
        size = os.fstat(file.fileno()).st_size if len(data) > limit and source.path else len(data)
    if len(data) > limit:
        problem = f"too large for an article: {size / 1e6:.1f} MB"
        raise InputError(source.shown, problem, "split it into articles")
    if not data.strip():
        raise InputError(source.shown, "an empty file", "delete it, or put an article into it")
    return data


def readable(path: Path) -> str:
    """A path as one line of text, with forward slashes; what isn't UTF-8 in it is replaced."""
    return tidy(os.fsencode(path.as_posix()).decode("utf-8", "replace").replace("\n", " "))


def _why(error: OSError) -> tuple[str, str]:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder", "check the path"
    if isinstance(error, PermissionError):
        return "can't be opened: permission denied", "make it readable"
    return f"can't be opened: {error.strerror or 'unknown error'}", ""
