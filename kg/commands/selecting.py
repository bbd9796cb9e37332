"""The options by which commands choose a part of the graph."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import reduce, wraps
from typing import Any

import click

_DAY = click.DateTime(["%Y-%m-%d"])
# --help lists them in this order.
_OPTIONS = (
    click.option("--about", multiple=True, metavar="NAME", help="An entity (name, alias or id) and what is around it."),
    click.option("--hops", type=click.IntRange(0), default=1, show_default=True, help="How far around."),
    click.option("--since", type=_DAY, help="First day: of the event where it is known, else of the article."),
    click.option("--until", type=_DAY, help="Last day."),
    click.option("--relation", "relations", multiple=True, metavar="NAME", help="A relation or family (met, TRADE)."),
    click.option("--asserted-only", is_flag=True, help="Without claims, plans, possibilities and denials."),
)


def selects_part(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options; the command gets a `kg.export.Part` named `part`. They combine; --about and --relation may be given
    more than once, and then either will do."""

    @wraps(command)
    def wrapped(
        *args: Any,
        about: tuple[str, ...],
        hops: int,
        since: datetime | None,
        until: datetime | None,
        relations: tuple[str, ...],
        asserted_only: bool,
        **kwargs: Any,
    ) -> None:
        from kg.export import Part

        first, last = since.date() if since else None, until.date() if until else None
        if first and last and first > last:
            raise click.BadParameter(f"{last} is before {first}", param_hint="--until")
        command(*args, part=Part(about, hops, first, last, relations, asserted_only), **kwargs)

    return reduce(lambda found, option: option(found), reversed(_OPTIONS), wrapped)
