"""The page: one HTML file that opens offline and shows a graph with its evidence."""

from __future__ import annotations

from kg.model import KnowledgeGraph
from kg.view.network import GraphPage
from kg.view.options import ViewOptions
from kg.view.payload import make_payload

TITLE = "Knowledge graph"
DEFAULT = ViewOptions()


def render_page(graph: KnowledgeGraph, title: str = TITLE, options: ViewOptions = DEFAULT) -> str:
    """The page as HTML: no request leaves it, and the same graph gives the same bytes whatever the order of its tuples.

    A graph of more than `options.max_statements` is shown in part; `overflow` says so before.
    """
    return GraphPage(make_payload(graph, options), title).generate_html()


def overflow(graph: KnowledgeGraph, options: ViewOptions = DEFAULT, name: str = "graph.html") -> str | None:
    """One line that says what a page of this graph leaves out and what to do, None if it carries everything. `name` is the page's file."""
    if len(graph.facts) <= options.max_statements:
        return None
    return (
        f"{name} carries the {options.max_statements:,} best-evidenced of {len(graph.facts):,} statements"
        " (for a part: kg view --about NAME or --top N; for all: kg export --to gexf)"
    )
