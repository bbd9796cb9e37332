"""The browser that both scripts drive."""

from __future__ import annotations

import shutil
from typing import Any

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)


def launch(playwright: Any) -> Any:
    """Chromium as it is installed. Ends the program with one line where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((path for name in names if (path := shutil.which(name))), None)
    if path is None:
        raise SystemExit("no chromium on PATH: install it (apt-get install chromium) and try again")
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))
