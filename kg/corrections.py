"""Corrections: what the user knows better, in one plain file that every build replays.

The file `corrections.txt` lies beside the sources. Each line is a command as one would type it after `kg`, words with
spaces in quotation marks, `#` begins a comment:

    merge "Ibrahim Raisi" "Ebrahim Raisi"        one thing, called as the second
    split "Georgia" "Georgia (state)"            names that are never one thing
    split "J. Smith" --in sources/a.md           the J. Smith of that article is a thing of its own
    rename "Raisi" "Ebrahim Raisi"
    type "Wagner" Organization/ArmedGroup
    link "Wagner" http://www.wikidata.org/entity/Q...      (or: none)
    reject 0123456789abcdef                      a statement, by the id in its IRI
    forget sources/b.md                          an article, by its id, source or URL

A name means every entity that has it as its id, label or another name. Lines that fit nothing are told, not obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, cast, get_args

from kg.errors import DataError
from kg.model import Document, Entity, EntityType, Node, Subtype
from kg.naming import name_key

FILE_NAME = "corrections.txt"
# A word, or words in quotation marks, in which a backslash stands before marks and backslashes.
TOKEN = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"(?=\s|$)|([^\s"]\S*))')
Merged = Callable[[Sequence[Node], str], Node]


class Correction(NamedTuple):
    """A line of the file: its number, the command and its words. `article` is what stands after `--in`."""

    line: int
    command: str
    words: tuple[str, ...]
    article: str | None = None


@dataclass(frozen=True)
class Corrections:
    """The lines of a file in order; falsy if there is none."""

    lines: tuple[Correction, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lines)

    def of(self, command: str) -> Iterator[Correction]:
        """The lines with a command."""
        return (line for line in self.lines if line.command == command)

    @property
    def rejected(self) -> frozenset[str]:
        """Ids of statements that the user rejects."""
        return frozenset(line.words[0].rpartition("/")[2] for line in self.of("reject"))

    def forgets(self, document: Document) -> bool:
        """Whether an article is forgotten."""
        return any(is_article(line.words[0], document) for line in self.of("forget"))

    def is_taken_out(self, entity: Entity, document: str) -> bool:
        """Whether the entity of an article is to be a thing of its own. Articles are named by their id here: see
        `with_ids`."""
        return any(line.article == document and _has_name(entity, line.words[0]) for line in self.of("split"))

    def sides(self, entity: Entity) -> frozenset[tuple[int, int]]:
        """For each line that splits two names: the side (0 or 1) whose name an entity bears, none if it bears both."""
        found = set()
        for line in self.of("split"):
            borne = [side for side, word in enumerate(line.words) if line.article is None and _has_name(entity, word)]
            if len(borne) == 1:
                found.add((line.line, borne[0]))
        return frozenset(found)

    def applied(self, nodes: Sequence[Node], merged: Merged) -> list[Node]:
        """The nodes after merges, then renamings, types and links, in the file's order."""
        found = list(nodes)
        for line in self.of("merge"):
            found = _merged(found, line, merged)
        for line in self.lines:
            if line.command in CHANGES:
                change = CHANGES[line.command]
                found = [change(node, line) if is_named(node, line.words[0]) else node for node in found]
        return found

    def with_ids(self, documents: Sequence[Document]) -> Corrections:
        """The same with articles after `--in` given by their ids."""
        return Corrections(tuple(line._replace(article=_id_of(line.article, documents)) for line in self.lines))

    def unused(self, documents: Sequence[Document], nodes: Sequence[Node], statements: frozenset[str]) -> list[str]:
        """What the user should know: lines that fit nothing in the corpus, given all its articles and statements'
        ids, those forgotten and rejected too."""
        return [
            f"{FILE_NAME}: line {line.line}: {problem}"
            for line in self.lines
            if (problem := _fits_nothing(line, documents, nodes, statements))
        ]


NO_CORRECTIONS = Corrections()


# --- Reading and writing -----------------------------------------------------------------------------

USAGE = {
    "merge": "merge NAME NAME",
    "split": "split NAME NAME, or split NAME --in ARTICLE",
    "rename": "rename NAME NEW-NAME",
    "type": "type NAME TYPE, or type NAME Organization/SUBTYPE",
    "link": "link NAME IRI, or link NAME none",
    "reject": "reject STATEMENT",
    "forget": "forget ARTICLE",
}


def read_corrections(path: Path) -> Corrections:
    """The corrections of a file; none if there is no such file. Raises DataError naming the line that is wrong."""
    try:
        text = path.read_text(encoding="utf8")
    except FileNotFoundError:
        return NO_CORRECTIONS
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: can't be read as UTF-8 text: {error}") from error
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            correction = parse_line(line, number)
        except ValueError as error:
            raise DataError(f"{path}: line {number}: {error}") from error
        if correction is not None:
            found.append(correction)
    return Corrections(tuple(found))


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


def append_correction(path: Path, command: str, words: Sequence[str], article: str | None = None) -> str:
    """Add a line to a file, which is made if there is none, and return it. Raises DataError if the line or the file is
    wrong."""
    read_corrections(path)
    try:
        line = format_line(command, words, article)
    except ValueError as error:
        raise DataError(str(error)) from error
    try:
        before = path.read_text(encoding="utf8") if path.exists() else ""
        temporary = path.with_suffix(".tmp")
        temporary.write_text(before + ("\n" if before and not before.endswith("\n") else "") + line + "\n", "utf8")
        temporary.replace(path)
    except OSError as error:
        raise DataError(f"{path}: can't be written: {error.strerror}") from error
    return line


# --- What a line means -------------------------------------------------------------------------------


def is_article(name: str, document: Document) -> bool:
    """Whether a name is an article's id, source, URL or IRI, or a path that ends in its source (which is told below the
    folder that was read)."""
    if name in (document.id, document.source, document.url) or name.endswith(f"/article/{document.id}"):
        return True
    return name.replace("\\", "/").endswith(f"/{document.source}")


def _id_of(name: str | None, documents: Sequence[Document]) -> str | None:
    return next((d.id for d in documents if name is not None and is_article(name, d)), name)


def is_named(node: Node, name: str) -> bool:
    """Whether a node has a name: as its id, its label or one of its other names."""
    key = name_key(name)
    return node.id == name or any(name_key(own) == key for own in (node.label, *node.aliases))


def _has_name(entity: Entity, name: str) -> bool:
    key = name_key(name)
    return entity.gazetteer == name or any(name_key(own) == key for own in (entity.label, *entity.aliases))


def _merged(nodes: list[Node], line: Correction, merged: Merged) -> list[Node]:
    """The nodes with those of two names as one, called by the second."""
    parts = [node for node in nodes if any(is_named(node, word) for word in line.words)]
    if not all(any(is_named(node, word) for node in parts) for word in line.words) or len(parts) < 2:
        return nodes
    into = next(node for node in parts if is_named(node, line.words[1]))
    one = merged(parts, f"merged by {FILE_NAME}, line {line.line}")
    names = {one.label, *one.aliases} - {into.label}
    kept = replace(
        one, id=into.id, label=into.label, aliases=tuple(sorted(names)), type=into.type, subtype=into.subtype,
        country=into.country or one.country, link=into.link or one.link,
    )  # fmt: skip
    return [node for node in nodes if node not in parts] + [kept]


def _reason(node: Node, line: Correction, what: str) -> tuple[str, ...]:
    return tuple(sorted({*node.reasons, f"{what} by {FILE_NAME}, line {line.line}"}))


def _renamed(node: Node, line: Correction) -> Node:
    label = line.words[1]
    names = tuple(sorted({node.label, *node.aliases} - {label}))
    return replace(node, label=label, id="", aliases=names, reasons=_reason(node, line, "renamed"))


def _retyped(node: Node, line: Correction) -> Node:
    type_, _, subtype = line.words[1].partition("/")
    return replace(
        node,
        type=cast(EntityType, type_),
        subtype=cast("Subtype | None", subtype or None),
        reasons=_reason(node, line, "type set"),
    )


def _relinked(node: Node, line: Correction) -> Node:
    link = None if line.words[1] == "none" else line.words[1]
    return replace(node, link=link, reasons=_reason(node, line, "link set"))


CHANGES: dict[str, Callable[[Node, Correction], Node]] = {"rename": _renamed, "type": _retyped, "link": _relinked}


def _fits_nothing(
    line: Correction, documents: Sequence[Document], nodes: Sequence[Node], statements: frozenset[str]
) -> str | None:
    if line.command == "forget" or line.article is not None:
        article = line.article or line.words[0]
        if not any(is_article(article, document) for document in documents):
            return f"no article {article!r}"
    if line.command == "reject" and line.words[0].rpartition("/")[2] not in statements:
        return f"no statement {line.words[0]!r}"
    if line.command in ("reject", "forget"):
        return None
    names = line.words if line.command in ("merge", "split") else line.words[:1]
    missing = [name for name in names if not any(is_named(node, name) for node in nodes)]
    return f"no entity {missing[0]!r}" if missing else None
