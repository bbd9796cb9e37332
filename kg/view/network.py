"""pyvis's Network, rendering our own page instead of its templates.

pyvis holds the nodes and edges and brings vis-network with it. Its templates, titles, headings, menus and raw options put text of the data into
markup and scripts, so none of them is used: the page's data travels in one JSON block, and its script shows it as text.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.view.payload import Payload
from kg.view.safe import json_block, label

# In the order in which the page runs them: what comes later uses what came before.
SCRIPTS = (
    "dom.js", "model.js", "filters.js", "views.js", "look.js", "labels.js", "regions.js", "lines.js", "overlay.js", "shape.js", "picture.js",
    "selection.js", "search.js", "timeline.js", "facets.js", "exports.js", "evidence.js", "parts.js", "entity.js", "overview.js",
    "panels.js", "table.js", "address.js", "frame.js", "keys.js", "app.js", "inspect.js",
)  # fmt: skip
STYLES = ("page.css",)


class GraphPage(Network):  # type: ignore[misc]
    """A directed network (an undirected one would drop parallel edges) whose HTML is our page."""

    def __init__(self, payload: Payload, title: str) -> None:
        super().__init__(directed=True, cdn_resources="in_line")
        self.title = label(title)
        self.tables = payload.tables
        # Not by add_node and add_edge, which search all that is there before each addition.
        self.nodes.extend(payload.nodes)
        self.edges.extend(payload.edges)
        self.node_ids = [node["id"] for node in payload.nodes]
        self.node_map = {node["id"]: node for node in payload.nodes}
        self.templateEnv = Environment(
            loader=PackageLoader("kg.view"), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
        )
        self.path = "page.html.jinja"

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002  pyvis's signature
        """The whole page. pyvis's parameters make no difference."""
        data = json_block({"title": self.title, "nodes": self.nodes, "edges": self.edges, **self.tables})
        styles, scripts = _assets(STYLES), [_vis_network(), *_assets(SCRIPTS)]
        html: str = self.templateEnv.get_template(self.path).render(
            title=self.title,
            data=Markup(data),  # noqa: S704  escaped by json_block
            styles=[Markup(text) for text in styles],  # noqa: S704  our own files
            scripts=[Markup(text) for text in scripts],  # noqa: S704  our own files, and vis-network's
            nonce=_nonce(self.title, data, *styles, *scripts),
        )
        self.html = html
        return html


def _nonce(*parts: str) -> str:
    """A nonce that follows from the page's content: the same content gives the same page, and no content can name its own nonce."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).digest()
    return base64.urlsafe_b64encode(digest[:18]).decode()


def _assets(names: Sequence[str]) -> list[str]:
    folder = resources.files("kg.view") / "static"
    return [_inlined((folder / name).read_text(encoding="utf-8")) for name in names]


def _vis_network() -> str:
    """vis-network as pyvis ships it, with its licence notice and without the reference to a source map that isn't there."""
    versions = [folder for folder in (resources.files("pyvis") / "lib").iterdir() if folder.name.startswith("vis-")]
    newest = max(versions, key=lambda folder: [int(part) for part in re.findall(r"\d+", folder.name)])
    source = (newest / "vis-network.min.js").read_text(encoding="utf-8")
    return _inlined(re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", source))


def _inlined(source: str) -> str:
    """The source of a script or style, which must not end its own element."""
    if re.search(r"</(script|style)|<!--", source, re.IGNORECASE):
        raise ValueError("a script or style of the page holds markup that would end it")
    return source
