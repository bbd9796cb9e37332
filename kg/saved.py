"""The graph of an earlier build, assembled again from its records.

A build notes beside the records which of them it used and how they were assembled; from that the same graph comes back without reading, parsing
or extracting anything.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.correction_lines import FILE_NAME
from kg.corrections import read_corrections
from kg.errors import DataError, StoreError
from kg.facts import AssertionRule
from kg.model import Extraction, KnowledgeGraph
from kg.records import read_record
from kg.replay import assemble_corrected
from kg.resources import Resources, load_resources

RECORDS = "records"
# Not named .json as the records are, which are removed when a build doesn't use them.
NOTE = f"{RECORDS}/build.note"
AGAIN = "run `kg build` again"


class SavedBuild(NamedTuple):
    """A built graph with what it was built with: the data files and the base IRI of its data."""

    graph: KnowledgeGraph
    resources: Resources
    base: str


@dataclass(frozen=True)
class BuildNote:
    """How a graph was assembled. `records` are names of files in the folder of records, `digest` is that of the data files, `overlay` the
    user's own."""

    base: str
    rule: AssertionRule
    overlay: Path | None
    digest: str
    records: tuple[str, ...]


def write_note(output: Path, note: BuildNote) -> None:
    """Store how the graph of an output folder was assembled. The overlay is noted relative to the folder. Raises OSError."""
    content = {
        "base": note.base,
        "speakers": note.rule.speakers,
        "own_voice": note.rule.own_voice,
        "overlay": _relative(note.overlay, output) if note.overlay else None,
        "digest": note.digest,
        "records": sorted(note.records),
    }
    temporary = output / f"{NOTE}.tmp"
    temporary.write_text(json.dumps(content, indent=1) + "\n", encoding="utf8")
    temporary.replace(output / NOTE)


def _relative(path: Path, folder: Path) -> str:
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:
        # Another drive.
        return path.resolve().as_posix()


def read_note(output: Path) -> BuildNote:
    """How the graph of an output folder was assembled. Raises StoreError when the folder holds no graph."""
    try:
        raw = json.loads((output / NOTE).read_text(encoding="utf8"))
        return BuildNote(
            base=str(raw["base"]),
            rule=AssertionRule(bool(raw["own_voice"]), int(raw["speakers"])),
            overlay=output / raw["overlay"] if raw["overlay"] else None,
            digest=str(raw["digest"]),
            records=tuple(map(str, raw["records"])),
        )
    except FileNotFoundError as error:
        raise StoreError(f"{output}: no graph here ({_first_steps(output)})") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{output / NOTE}: can't be read ({AGAIN})") from error


def _first_steps(output: Path) -> str:
    built_before = (output / RECORDS).is_dir() or (output / "graph.ttl").is_file()
    return AGAIN if built_before else "run `kg build` first, or name the folder with --output"


def saved_graph(output: Path) -> KnowledgeGraph:
    """The graph that the last build wrote to a folder. Raises StoreError when there is none or its records are gone."""
    return saved_build(output).graph


def saved_build(output: Path) -> SavedBuild:
    """The graph that the last build wrote to a folder, with the data files and base it was built with.

    Raises StoreError when there is none, when its records are damaged, or when the data files are no longer those of the build, so that what comes
    back is always what graph.ttl says.
    """
    note = read_note(output)
    resources = _resources(output, note)
    extractions = list(_extractions(output / RECORDS, note.records))
    corrections = read_corrections(output / RECORDS / FILE_NAME)
    return SavedBuild(assemble_corrected(extractions, resources, note.rule, corrections).graph, resources, note.base)


def _resources(output: Path, note: BuildNote) -> Resources:
    if note.overlay and not note.overlay.is_dir():
        raise StoreError(f"{output}: was built with the data files of {note.overlay}, which isn't there ({AGAIN})")
    try:
        resources = load_resources(note.overlay)
    except DataError as error:
        raise StoreError(f"{output}: was built with data files that can't be read any more: {error}") from error
    if resources.digest != note.digest:
        raise StoreError(f"{output}: was built with data files that have changed since ({AGAIN})")
    return resources


def _extractions(folder: Path, names: Iterable[str]) -> Iterable[Extraction]:
    for name in names:
        # Only names of files: a note that was tampered with leads nowhere else.
        found = read_record(folder / Path(name).name)
        if found is None:
            raise StoreError(f"{folder / Path(name).name}: missing or damaged ({AGAIN})")
        yield found
