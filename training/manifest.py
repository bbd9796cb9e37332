"""The manifest of an exported model."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from kg.parse.network import FILES, FORMAT


def write_manifest(folder: Path) -> None:
    """Hashes of the files, by which `kg` notices a damaged installation."""
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    (folder / "manifest.json").write_text(json.dumps({"format": FORMAT, "sha256": hashes}, indent=1) + "\n")
