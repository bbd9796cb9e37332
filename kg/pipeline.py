"""The main job: read, extract (or take from the cache), assemble, write.

Extraction is done article by article and cached; assembly is done anew from all records each time, so that the result
doesn't depend on history. Outputs are written beside the old ones and swapped in when complete.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.clean import load_rules
from kg.datafiles import default_folder
from kg.errors import InputError, StoreError
from kg.extract import extract_document
from kg.facts import AssertionRule, assemble
from kg.model import Document, Extraction, KnowledgeGraph
from kg.parse import Parser, load_parser
from kg.rdf import graph_triples, serialise
from kg.read import read_sources
from kg.records import read_record, record_path, remove_stale, write_record
from kg.resources import Resources, extraction_key, load_resources
from kg.store import write_store
from kg.view import render_page
from kg.vocabulary import DATA

RECORDS = "records"
# Told after each article: how many of how many are done, and which one was.
Progress = Callable[[int, int, str], None]


class BuildResult(NamedTuple):
    """What a build gave: the graph, the sources that gave no article, and how many extractions came from the cache."""

    graph: KnowledgeGraph
    problems: tuple[InputError, ...]
    cached: int


@dataclass(frozen=True)
class BuildOptions:
    """How to build. `overlay` is a folder of the user's own data files; `jobs` how many processes extract."""

    overlay: Path | None = None
    base: str = DATA
    jobs: int = 1
    rule: AssertionRule = field(default_factory=AssertionRule)
    raw: bool = False


def build(
    sources: Sequence[Path],
    output: Path,
    options: BuildOptions | None = None,
    progress: Progress | None = None,
) -> BuildResult:
    """Build a graph from files and folders of articles and write it to `output`: graph.ttl, graph.html, the store,
    the records.

    Sources that give no article are listed in the result, and the rest is built. Raises DataError, ModelError or
    StoreError; what was built before is then still there.
    """
    options = options or BuildOptions()
    resources = load_resources(options.overlay)
    documents, problems = read_documents(sources, options.overlay, options.raw)
    if not documents:
        return BuildResult(KnowledgeGraph((), (), ()), tuple(problems), 0)
    records = output / RECORDS
    try:
        records.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{output}: can't be written: {error.strerror}") from error
    extractions, paths, cached = _extractions(documents, records, resources, options, progress)
    graph = assemble(extractions, resources.ontology, resources.gazetteer, options.rule)
    write_outputs(graph, resources, output, options.base)
    remove_stale(records, paths)
    return BuildResult(graph, tuple(problems), cached)


def read_documents(
    sources: Sequence[Path], overlay: Path | None = None, raw: bool = False
) -> tuple[list[Document], list[InputError]]:
    """The documents of files and folders, and what gave none."""
    folders = [default_folder(), *([overlay] if overlay else [])]
    rules = load_rules(folder / "boilerplate.ttl" for folder in folders if (folder / "boilerplate.ttl").is_file())
    found = list(read_sources(sources, rules, raw))
    return [d for d in found if isinstance(d, Document)], [e for e in found if isinstance(e, InputError)]


def _extractions(
    documents: Sequence[Document], records: Path, resources: Resources, options: BuildOptions, progress: Progress | None
) -> tuple[list[Extraction], list[Path], int]:
    parser = load_parser(resources.lexicon)
    key = extraction_key(resources, parser)
    paths = [record_path(records, document, key) for document in documents]
    known = {path: found for path in paths if (found := read_record(path)) is not None}
    todo = [(d, p) for d, p in zip(documents, paths, strict=True) if p not in known]
    if progress and known:
        progress(len(known), len(documents), "")
    done = len(known)
    for path, extraction in _extract_all(todo, parser, resources, options):
        write_record(path, extraction)
        known[path] = extraction
        done += 1
        if progress:
            progress(done, len(documents), extraction.document.source)
    return [known[path] for path in paths], paths, len(documents) - len(todo)


def _extract_all(
    todo: Sequence[tuple[Document, Path]], parser: Parser, resources: Resources, options: BuildOptions
) -> Iterator[tuple[Path, Extraction]]:
    jobs = min(options.jobs, len(todo), os.cpu_count() or 1)
    if jobs <= 1:
        for document, path in todo:
            yield path, extract_document(document, parser, resources)
        return
    with ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=(options.overlay,)) as pool:
        for (_, path), extraction in zip(todo, pool.map(_extract_in_worker, [d for d, _ in todo]), strict=True):
            yield path, extraction


# A worker process loads model and data files once.
_worker: list[tuple[Parser, Resources]] = []


def _start_worker(overlay: Path | None) -> None:
    resources = load_resources(overlay)
    _worker[:] = [(load_parser(resources.lexicon), resources)]


def _extract_in_worker(document: Document) -> Extraction:
    parser, resources = _worker[0]
    return extract_document(document, parser, resources)


def write_outputs(graph: KnowledgeGraph, resources: Resources, output: Path, base: str = DATA) -> list[ox.Triple]:
    """Write graph.ttl, graph.html and the store of a graph; each replaces the old one when complete."""
    triples = graph_triples(graph, resources.ontology, base)
    turtle, page = serialise(triples, base=base), render_page(graph).encode()
    try:
        _replace(output / "graph.ttl", turtle)
        write_store(output, triples)
        _replace(output / "graph.html", page)
    except OSError as error:
        raise StoreError(f"{output}: can't be written: {error.strerror or error}") from error
    return triples


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_suffix(path.suffix + ".tmp")
    temporary.write_bytes(content)
    temporary.replace(path)
