"""Pictures of a graph page in its main states, for looking at."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from browser import launch
from playwright.sync_api import sync_playwright

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# The edge with most statements, and the entity that ranks first, as an address names them.
EDGE = """(() => { const best = kgPage.edges().sort((a, b) => b.disputed - a.disputed || b.statements - a.statements)[0];
  return best ? JSON.stringify([best.subject, best.relation, best.object]) : null; })()"""
ENTITY = "(kgPage.nodes()[0] || {key: null}).key"


class Shot(NamedTuple):
    """A state of the page (as its address names it), a screen and a theme."""

    address: dict[str, str]
    phone: bool = False
    dark: bool = False


def shoot(browser: Any, page: Path, out: Path, shot: Shot) -> None:
    """One picture."""
    context = browser.new_context(
        viewport=PHONE if shot.phone else DESKTOP,
        device_scale_factor=2 if shot.phone else 1,
        color_scheme="dark" if shot.dark else "light",
        offline=True,
    )
    tab = context.new_page()
    tab.goto(f"{page.as_uri()}#{urlencode(shot.address)}")
    tab.wait_for_timeout(500)
    tab.screenshot(path=out)
    context.close()


def main(source: str, folder: str, wanted: Collection[str] = ()) -> None:
    """Writes the pictures of a page to a folder: those of the wanted names, or all."""
    page, out = Path(source).resolve(), Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        tab = browser.new_page()
        tab.goto(page.as_uri())
        edge = {"edge": found} if (found := tab.evaluate(EDGE)) else {}
        entity = {"node": found} if (found := tab.evaluate(ENTITY)) else {}
        for name, shot in states(edge, entity).items():
            if not wanted or name in wanted:
                shoot(browser, page, out / f"{name}.png", shot)
        browser.close()


def states(edge: dict[str, str], entity: dict[str, str]) -> dict[str, Shot]:
    """What is to be seen in each picture."""
    return {
        "first": Shot({}),
        "evidence": Shot(edge),
        "entity": Shot(entity),
        "neighbourhood": Shot({**entity, "focus": entity.get("node", "")}),
        "things": Shot({"things": "1", "relation": "family:TRADE"}),
        "table": Shot({"view": "table"}),
        "dark": Shot(entity, dark=True),
        "phone": Shot({}, phone=True),
        "phone-evidence": Shot(edge, phone=True),
        "phone-table": Shot({"view": "table"}, phone=True),
    }


if __name__ == "__main__":
    if len(sys.argv) < 3:
        raise SystemExit("usage: python benchmarks/view/screenshots.py output/graph.html FOLDER [NAME ...]")
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
