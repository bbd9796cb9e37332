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

from kg.check import require_valid, texts_of
from kg.clean import BoilerplateRules
from kg.correction_lines import FILE_NAME
from kg.corrections import NO_CORRECTIONS, read_corrections
from kg.errors import InputError, StoreError
from kg.extract import extract_document
from kg.facts import AssertionRule
from kg.model import Document, Extraction, KnowledgeGraph
from kg.parse import Parser, load_parser
from kg.rdf import graph_triples, serialise
from kg.read import read_sources
from kg.records import read_record, record_path, remove_stale, write_record
from kg.replay import assemble_corrected
from kg.resources import Resources, extraction_key, load_resources
from kg.saved import RECORDS, BuildNote, write_note
from kg.store import write_store
from kg.view import page_options, render_page
from kg.vocabulary import DATA

# Told after each article: how many of how many are done, and which one was.
Progress = Callable[[int, int, str], None]


class BuildResult(NamedTuple):
    """What a build gave: the graph, the sources that gave no article, and how many extractions came from the cache.
    `unused` tells of corrections that fit nothing."""

    graph: KnowledgeGraph
    problems: tuple[InputError, ...]
    cached: int
    unused: tuple[str, ...] = ()


@dataclass(frozen=True)
class BuildOptions:
    """How to build. `overlay` is a folder of the user's own data files; `jobs` how many processes extract;
    `corrections` is the file of the user's corrections, which need not be there."""

    overlay: Path | None = None
    base: str = DATA
    jobs: int = 1
    rule: AssertionRule = field(default_factory=AssertionRule)
    raw: bool = False
    corrections: Path | None = None


def build(
    sources: Sequence[Path],
    output: Path,
    options: BuildOptions | None = None,
    progress: Progress | None = None,
) -> BuildResult:
    """Build a graph from files and folders of articles and write it to `output`: graph.ttl, graph.html, the store,
    the records.

    Sources that give no article are listed in the result, and the rest is built. Raises DataError, ModelError,
    CheckError or StoreError; what was built before is then still there.
    """
    options = options or BuildOptions()
    resources = load_resources(options.overlay)
    documents, problems = read_documents(sources, resources.boilerplate, options.raw)
    corrections = read_corrections(options.corrections) if options.corrections else NO_CORRECTIONS
    forgotten = [d for d in documents if corrections.forgets(d)]
    documents = [d for d in documents if d not in forgotten]
    if not documents:
        return BuildResult(KnowledgeGraph((), (), ()), tuple(problems), 0)
    records = output / RECORDS
    try:
        records.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{output}: can't be written: {error.strerror}") from error
    extractions, paths, cached = _extractions(documents, records, resources, options, progress)
    graph, unused = assemble_corrected(extractions, resources, options.rule, corrections, forgotten)
    write_outputs(graph, resources, output, options.base, options.overlay)
    _keep_corrections(options.corrections if corrections else None, records)
    note = BuildNote(options.base, options.rule, options.overlay, resources.digest, tuple(path.name for path in paths))
    _keep_note(output, note)
    remove_stale(records, paths)
    return BuildResult(graph, tuple(problems), cached, unused)


def _keep_corrections(source: Path | None, records: Path) -> None:
    """Keep the corrections beside the records, so that the graph can be assembled again as it was."""
    kept = records / FILE_NAME
    try:
        if source is None:
            kept.unlink(missing_ok=True)
        else:
            kept.write_bytes(source.read_bytes())
    except OSError as error:
        raise StoreError(f"{kept}: can't be written: {error.strerror}") from error


def _keep_note(output: Path, note: BuildNote) -> None:
    try:
        write_note(output, note)
    except OSError as error:
        raise StoreError(f"{output}: can't be written: {error.strerror}") from error


def read_documents(
    sources: Sequence[Path], rules: BoilerplateRules, raw: bool = False
) -> tuple[list[Document], list[InputError]]:
    """The documents of files and folders, and what gave none."""
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


def write_outputs(
    graph: KnowledgeGraph, resources: Resources, output: Path, base: str = DATA, overlay: Path | None = None
) -> list[ox.Triple]:
    """Write graph.ttl, graph.html and the store of a graph; they replace the old ones when all are complete and the
    graph is checked. Raises CheckError if it breaks its shapes, StoreError if the folder can't be written."""
    triples = graph_triples(graph, resources.ontology, base)
    page = render_page(graph, options=page_options(resources.ontology, base)).encode()
    texts = texts_of(graph.documents, base)
    contents = {output / "graph.ttl": serialise(triples, base=base), output / "graph.html": page}
    try:
        for path, content in contents.items():
            _beside(path).write_bytes(content)
        write_store(output, triples, lambda store: require_valid(store, texts, overlay))
        for path in contents:
            _beside(path).replace(path)
    except OSError as error:
        raise StoreError(f"{output}: can't be written: {error.strerror or error}") from error
    finally:
        for path in contents:
            _beside(path).unlink(missing_ok=True)
    return triples


def _beside(path: Path) -> Path:
    return path.with_suffix(path.suffix + ".tmp")
