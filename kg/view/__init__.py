"""The graph page, and what cuts a graph down to what it shows."""

from __future__ import annotations

from kg.view.options import ViewOptions, page_options
from kg.view.page import overflow, render_page
from kg.view.select import find_entities, select

__all__ = ["ViewOptions", "find_entities", "overflow", "page_options", "render_page", "select"]
