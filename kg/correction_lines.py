"""A line of the corrections file: how it is read and written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, get_args

from kg.model import EntityType, Subtype

FILE_NAME = "corrections.txt"


# A word, or words in quotation marks, in which a backslash stands before marks and backslashes.
TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"(?=\s|$)|([^\s"]\S*))')


class Correction(NamedTuple):
    """A line of the file: its number, the command and its words. `article` is what stands after `--in`."""

    line: int
    command: str
    words: tuple[str, ...]
    article: str | None = None


USAGE = {
    "merge": "merge NAME NAME",
    "split": "split NAME NAME, or split NAME --in ARTICLE",
    "rename": "rename NAME NEW-NAME",
    "type": "type NAME TYPE, or type NAME Organization/SUBTYPE",
    "link": "link NAME IRI, or link NAME none",
    "reject": "reject STATEMENT",
    "forget": "forget ARTICLE",
}


def parse_line(line: str, number: int = 1) -> Correction | None:
    """A line of the file; None if it is empty or a comment. Raises ValueError saying what is wrong.

    >>> parse_line('merge "Ibrahim Raisi" "Ebrahim Raisi"  # one man')
    Correction(line=1, command='merge', words=('Ibrahim Raisi', 'Ebrahim Raisi'), article=None)
    """
    words = _words(line)
    if not words:
        return None
    command, *rest = words
    if command not in USAGE:
        raise ValueError(f"unknown command {command!r} (known: {', '.join(USAGE)})")
    article = None
    if command == "split" and len(rest) == 3 and rest[1] == "--in":
        rest, article = rest[:1], rest[2]
    expected = 1 if command in ("reject", "forget") or article is not None else 2
    if len(rest) != expected or not all(word.strip() and not word.startswith("--") for word in rest):
        raise ValueError(f"expected {USAGE[command]}")
    problem = _problem(command, rest)
    if problem:
        raise ValueError(problem)
    return Correction(number, command, tuple(rest), article)


def _words(line: str) -> list[str]:
    found, position = [], 0
    while line[position:].strip():
        token = TOKEN.match(line, position)
        if token is None:
            raise ValueError("quotation marks that don't match (names with spaces go in them)")
        quoted, plain = token.groups()
        if quoted is None and plain.startswith("#"):
            break
        found.append(plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted))
        position = token.end()
    return found


def _problem(command: str, words: Sequence[str]) -> str | None:
    if command in ("merge", "split", "rename") and len(words) == 2 and words[0] == words[1]:
        return f"{words[0]!r} twice"
    if command == "type":
        type_, _, subtype = words[1].partition("/")
        if type_ not in get_args(EntityType):
            return f"{type_!r} is no type (one of {', '.join(get_args(EntityType))})"
        if subtype and (type_ != "Organization" or subtype not in get_args(Subtype)):
            return f"{subtype!r} is no subtype of {type_} (Organization has {', '.join(get_args(Subtype))})"
    if command == "link" and words[1] != "none" and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", words[1]):
        return f"{words[1]!r} is no http(s) IRI"
    if command == "reject" and not re.fullmatch(r"[0-9a-f]{16}", words[0].rpartition("/")[2]):
        return f"{words[0]!r} is no id of a statement (16 hexadecimal digits)"
    return None


def format_line(command: str, words: Sequence[str], article: str | None = None) -> str:
    """A line as it stands in the file. Raises ValueError for what no line can say."""
    parts = [command, *(_quoted(word) for word in words), *(["--in", _quoted(article)] if article else [])]
    line = " ".join(parts)
    parse_line(line)
    return line


def _quoted(word: str) -> str:
    if not word.isprintable():
        raise ValueError(f"{word!r} has characters that can't be printed")
    if re.fullmatch(r"[\w:/.#%?=&+~@,;!()'-]+", word) and not word.startswith("#"):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
