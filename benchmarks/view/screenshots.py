"""Pictures of a graph page in its main states, for looking at."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# The edge with most statements, and the entity that ranks first, as an address names them.
EDGE = """(() => { const best = kgPage.edges().sort((a, b) => b.disputed - a.disputed || b.statements - a.statements)[0];
  return best ? JSON.stringify([best.subject, best.relation, best.object]) : null; })()"""
ENTITY = "(kgPage.nodes()[0] || {key: null}).key"


def shoot(
    browser: Any, page: Path, out: Path, address: dict[str, str], phone: bool = False, dark: bool = False
) -> None:
    """One picture."""
    context = browser.new_context(
        viewport=PHONE if phone else DESKTOP,
        device_scale_factor=2 if phone else 1,
        color_scheme="dark" if dark else "light",
        offline=True,
    )
    tab = context.new_page()
    tab.goto(f"{page.as_uri()}#{urlencode(address)}")
    tab.wait_for_timeout(500)
    tab.screenshot(path=out)
    context.close()


def main(source: str, folder: str) -> None:
    """Writes the pictures of a page to a folder."""
    chromium = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if chromium is None:
        raise SystemExit("no chromium on PATH: install it (apt-get install chromium) and try again")
    page, out = Path(source).resolve(), Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        tab = browser.new_page()
        tab.goto(page.as_uri())
        edge = {"edge": found} if (found := tab.evaluate(EDGE)) else {}
        entity = {"node": found} if (found := tab.evaluate(ENTITY)) else {}
        shoot(browser, page, out / "first.png", {})
        shoot(browser, page, out / "evidence.png", edge)
        shoot(browser, page, out / "entity.png", entity)
        shoot(browser, page, out / "neighbourhood.png", {**entity, "focus": entity.get("node", "")})
        shoot(browser, page, out / "table.png", {"view": "table"})
        shoot(browser, page, out / "dark.png", entity, dark=True)
        shoot(browser, page, out / "phone.png", {}, phone=True)
        shoot(browser, page, out / "phone-evidence.png", edge, phone=True)
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: python benchmarks/view/screenshots.py output/graph.html FOLDER")
    main(sys.argv[1], sys.argv[2])
