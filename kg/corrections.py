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

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from kg.correction_lines import FILE_NAME, Correction, format_line, parse_line
from kg.errors import DataError
from kg.model import Document, Entity, EntityType, Node, Subtype
from kg.naming import name_key

Merged = Callable[[Sequence[Node], str], Node]


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
