"""News articles in, an evidenced knowledge graph out.

    import kg

    graph = kg.build("sources/")                # or kg.open("output/")
    graph.query("SELECT ?who { ?s rel:supplies ?o . ?o skos:prefLabel ?who }").records()
    graph.statements(about="Iran", asserted_only=True)
    graph.to_rdflib(), graph.to_networkx(), graph.export("jsonld", "graph.jsonld"), graph.check()

Every error that is the input's or the environment's fault is a `kg.KgError`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.library import Graph, build
    from kg.library import open_graph as open

__version__ = "0.1.0"
__all__ = ["Graph", "KgError", "__version__", "build", "open"]


# Where the library has what is offered here.
_LIBRARY = {"Graph": "Graph", "build": "build", "open": "open_graph"}


def __getattr__(name: str) -> object:
    """The library is loaded when it is first used: `kg --help` needs none of it."""
    if name not in _LIBRARY:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module("kg.library"), _LIBRARY[name])
