"""The command line: each command is a library call of the same name. Results go to stdout, problems to stderr.

Exit status: 0 all well, 1 nothing could be done or a check failed, 2 wrong usage.
"""

from __future__ import annotations

import os

import click

from kg import __version__
from kg.commands.build import build
from kg.commands.check import check
from kg.commands.correct import COMMANDS as CORRECTING
from kg.commands.explain import explain
from kg.commands.export import export
from kg.commands.extract import extract
from kg.commands.push import push
from kg.commands.query import query
from kg.commands.serve import serve
from kg.commands.view import view


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="kg")
def main() -> None:
    """News articles in, an evidenced knowledge graph out."""
    # A sentence's matrices are small: more than one thread of numpy's only spins. Read when numpy is first imported,
    # here and in the worker processes, which each take one core.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


for command in (build, query, check, export, extract, view, explain, serve, push, *CORRECTING):
    main.add_command(command)
