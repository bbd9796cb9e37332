"""Attributions: who says a stretch of text, and how its words are given."""

from __future__ import annotations

from typing import NamedTuple

from kg.model import Manner


class Attribution(NamedTuple):
    """Content given to a speaker. `speaker` is the head token of the words for the speaker, `cue` the reporting
    word's token (None where the layout tells); `content` holds token numbers. `is_belief` holds for what somebody
    thinks, `is_attitude` for what somebody wants, praises, refuses, calls for: that isn't claimed to be so."""

    speaker: int
    cue: int | None
    content: frozenset[int]
    is_belief: bool = False
    is_attitude: bool = False


class Source(NamedTuple):
    """To whom a token's statement belongs: the innermost attribution first, and how its words are given."""

    attributions: tuple[Attribution, ...]
    manner: Manner | None
