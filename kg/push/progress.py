"""How far a push has come, kept beside the graph, so that one that was interrupted goes on where it stopped."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import NamedTuple

FILE = "push.json"


class Plan(NamedTuple):
    """What is pushed where; progress counts only for the very same."""

    url: str
    graph: str
    digest: str
    chunk: int


def done_before(output: Path, plan: Plan) -> int:
    """How many chunks of this plan the server has acknowledged; 0 where nothing, or anything else, was begun."""
    try:
        kept = json.loads((output / FILE).read_text(encoding="utf8"))
    except (OSError, ValueError):
        return 0
    if not isinstance(kept, dict) or kept.get("plan") != plan._asdict():
        return 0
    done = kept.get("done")
    return done if isinstance(done, int) and done >= 0 else 0


def remember(output: Path, plan: Plan, done: int) -> None:
    """Keep that so many chunks have arrived. Where the folder can't be written, a push only can't be resumed."""
    new = output / f"{FILE}.new"
    with contextlib.suppress(OSError):
        new.write_text(json.dumps({"plan": plan._asdict(), "done": done}), encoding="utf8")
        new.replace(output / FILE)


def forget(output: Path) -> None:
    """The push is complete."""
    with contextlib.suppress(OSError):
        (output / FILE).unlink(missing_ok=True)
