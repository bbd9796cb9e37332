"""What can go wrong, as a user would name it.

KgError
├── InputError      a source can't be read: the batch goes on without it
├── DataError       a data file (ontology, gazetteer, lexicon, corrections) is wrong
├── ModelError      the language model is missing or damaged
├── StoreError      the output folder or its store can't be read or written
├── CheckError      the graph breaks its own constraints: it isn't written
├── QueryError      a SPARQL query is malformed or not allowed
├── ServeError      the server can't start
└── PushError       another server can't be reached, or doesn't take the graph

Every message is one line: which file, what is wrong, what to do.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of every error that is the input's or the environment's fault, not ours."""


class InputError(KgError):
    """A source file that gives no article."""

    def __init__(self, source: str, problem: str, advice: str = "") -> None:
        self.source = source
        self.problem = problem
        self.advice = advice
        super().__init__(f"{source}: {problem}" + (f" ({advice})" if advice else ""))


class DataError(KgError):
    """A data file that says something it must not."""


class ModelError(KgError):
    """The language model's files are missing or damaged."""


class StoreError(KgError):
    """The output folder can't be used."""


class CheckError(KgError):
    """A graph that breaks its own constraints."""


class QueryError(KgError):
    """A query that can't be run."""


class ServeError(KgError):
    """A server of ours that can't start: its port is taken, its address isn't this machine's."""


class PushError(KgError):
    """A server that doesn't take the graph, or can't be reached."""
