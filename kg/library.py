"""The graph as a Python object: what `import kg` gives.

>>> import kg, shutil, tempfile
>>> folder = Path(tempfile.mkdtemp())
>>> _ = (folder / "note.txt").write_text("Iran supplies Russia with drones.")
>>> graph = kg.build(folder / "note.txt", folder / "graph")
>>> graph.query("SELECT ?who { ent:iran rel:supplies/skos:prefLabel ?who }").records()
[{'who': 'Russia'}]
>>> [(row.subject, row.relation, row.object, row.theme) for row in graph.statements(about="Iran")]
[('Iran', 'supplies', 'Russia', 'drones')]
>>> [(one, other, data["relation"]) for one, other, data in graph.to_networkx().edges(data=True)]
[('iran', 'russia', 'supplies')]
>>> len(graph.to_rdflib()) == len(graph.export("nt").splitlines())
True
>>> graph.check()
[]
>>> shutil.rmtree(folder)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError, KgError
from kg.vocabulary import DATA

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.check import Violation
    from kg.export import ExportFormat, Material, Part
    from kg.export.rows import StatementRow
    from kg.model import KnowledgeGraph
    from kg.query import Result
    from kg.store import Snapshot

PathLike = str | Path
Names = str | Sequence[str]


@dataclass(frozen=True)
class Graph:
    """A built graph. Nothing is read before it is asked for, and then once.

    `folder` is where it lies; `problems` are the sources that gave no article when it was built; `in_memory` has queries
    answered from memory.
    """

    folder: Path
    problems: tuple[InputError, ...] = ()
    in_memory: bool = False

    @cached_property
    def knowledge(self) -> KnowledgeGraph:
        """The records: articles, entities, statements. Raises StoreError if the build's records aren't there any more."""
        return self._material.graph

    @cached_property
    def _material(self) -> Material:
        from kg.export import Material
        from kg.saved import saved_build

        saved = saved_build(self.folder)
        return Material(saved.graph, saved.resources.ontology, saved.base)

    @cached_property
    def base(self) -> str:
        """The base IRI of the data."""
        from kg.saved import read_note

        try:
            return read_note(self.folder).base
        except KgError:
            # A graph.ttl alone can be asked too.
            return DATA

    def query(self, sparql: str) -> Result:
        """Run a SPARQL query; our prefixes are known.

        SELECT gives Rows (`.variables`, `.rows`, `.records()`), ASK a bool, CONSTRUCT and DESCRIBE a tuple of pyoxigraph's
        triples. Raises QueryError if the query is wrong or calls another server.
        """
        from kg.query import run_query

        return run_query(self._snapshot.store(), sparql, self.base)

    @cached_property
    def _snapshot(self) -> Snapshot:
        from kg.store import Snapshot

        return Snapshot(self.folder, self.in_memory)

    def statements(
        self,
        about: Names = (),
        *,
        hops: int = 1,
        since: date | str | None = None,
        until: date | str | None = None,
        relations: Names = (),
        asserted_only: bool = False,
    ) -> list[StatementRow]:
        """Statements as named tuples, for loops and for `pandas.DataFrame(graph.statements())`.

        `about` are names of entities, `hops` how far around them; days (inclusive; strings in ISO 8601) are those of the
        event, else of the article; `relations` are relations or families. Raises KgError for names that aren't there.
        """
        from kg.export import part_of
        from kg.export.rows import statement_rows

        part = _part(about, hops, since, until, relations, asserted_only)
        return list(statement_rows(part_of(self._material, part)))

    def to_rdflib(self) -> rdflib.Graph:
        """The triples of graph.ttl as an rdflib graph with our prefixes bound."""
        import rdflib

        from kg.rdf import graph_triples, serialise
        from kg.terms import prefixes

        found = rdflib.Graph(bind_namespaces="none")
        for prefix, name in sorted(prefixes(self.base).items()):
            found.bind(prefix, name)
        import pyoxigraph as ox

        return found.parse(data=serialise(graph_triples(*self._material), ox.RdfFormat.N_TRIPLES), format="nt")

    def to_networkx(self) -> nx.MultiDiGraph:
        """Entities as nodes (by id), statements between two of them as edges (keyed by id), with their attributes."""
        from kg.export.networks import to_network

        return to_network(self._material)

    def export(
        self,
        format_: ExportFormat,
        file: PathLike | None = None,
        *,
        about: Names = (),
        hops: int = 1,
        since: date | str | None = None,
        until: date | str | None = None,
        relations: Names = (),
        asserted_only: bool = False,
    ) -> bytes:
        """The graph, or the part that `statements` would give, in a format of `kg export`; also written to `file`."""
        from kg.export import export

        content = export(self._material, format_, _part(about, hops, since, until, relations, asserted_only))
        if file is not None:
            Path(file).write_bytes(content)
        return content

    def check(self, shacl: bool = False) -> list[Violation]:
        """What is wrong with the graph by its shapes; empty if nothing is."""
        from kg.check import check_output

        return check_output(self.folder, shacl)[0]


def build(
    sources: PathLike | Sequence[PathLike] = "sources",
    output: PathLike = "output",
    *,
    ontology: PathLike | None = None,
    base: str = DATA,
    jobs: int = 1,
    speakers: int = 2,
    progress: Callable[[int, int, str], None] | None = None,
) -> Graph:
    """Build a graph from files and folders of articles into a folder, as `kg build` does, and open it.

    `ontology` is a folder of data files laid over ours; `speakers` how many independent ones make a claim a fact; `progress`
    is told how many of how many articles are done, and which was the last. Sources that give no article are in the result's
    `problems`. Raises KgError if nothing could be read or the folder can't be written.
    """
    from kg.facts import AssertionRule
    from kg.pipeline import BuildOptions
    from kg.pipeline import build as run

    paths = [Path(p) for p in ([sources] if isinstance(sources, str | Path) else sources)]
    overlay = Path(ontology) if ontology is not None else None
    options = BuildOptions(overlay=overlay, base=base, jobs=jobs, rule=AssertionRule(speakers=speakers))
    result = run(paths, Path(output), options, progress)
    if not result.graph.documents:
        told = "; ".join(map(str, result.problems[:3])) or "no article found"
        raise KgError(f"nothing to build: {told}")
    return Graph(Path(output), result.problems)


def open_graph(folder: PathLike = "output", *, in_memory: bool = False) -> Graph:
    """The graph that `kg build` wrote to a folder (`kg.open`). Raises StoreError if there is none.

    `in_memory` reads the graph at the first query (a second or so per 100,000 triples), and queries are then a few times as
    fast as from the store on disk: for long sessions.
    """
    from kg.errors import StoreError

    path = Path(folder)
    if not (path / "graph.ttl").is_file() and not (path / "store").is_dir():
        raise StoreError(f"{path}: no graph here (run `kg build` first, or name the folder)")
    return Graph(path, in_memory=in_memory)


def _part(
    about: Names,
    hops: int,
    since: date | str | None,
    until: date | str | None,
    relations: Names,
    asserted_only: bool,
) -> Part:
    from kg.export import Part

    return Part(_names(about), hops, _day(since), _day(until), _names(relations), asserted_only)


def _names(names: Names) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _day(day: date | str | None) -> date | None:
    return date.fromisoformat(day) if isinstance(day, str) else day
