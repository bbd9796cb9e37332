"""A process that answers queries, or carries out updates, one at a time. It may be killed at any moment.

It reads jobs from stdin and writes answers to stdout (kg.serve.job), and opens the store anew when a build swapped it.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from kg.errors import KgError, QueryError
from kg.serve.job import Answer, Job, pack_answer, unpack_job
from kg.serve.limits import shut_in
from kg.serve.options import MAX_RESULT

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.store import Snapshot

READY = b"ready\n"


def answer(snapshot: Snapshot, job: Job, base: str) -> Answer:
    """Do a job. Whatever goes wrong is told in the answer."""
    try:
        return change(snapshot.output, job, base) if job.update else run(snapshot.store(), job, base)
    except QueryError as error:
        return Answer("invalid", str(error))
    except KgError as error:
        return Answer("missing", str(error))
    except (OSError, ValueError, RuntimeError) as error:
        return Answer(
            "failed", f"the query failed: {str(error).splitlines()[0] if str(error) else type(error).__name__}"
        )


def change(output: Path, job: Job, base: str) -> Answer:
    """Carry out a job's update on a copy that is left beside the store. Raises QueryError or OSError."""
    from kg.query import Dataset
    from kg.serve.update import carry_out

    dataset = None if job.default is None or job.named is None else Dataset(job.default, job.named)
    carry_out(output, job.text, base, dataset)
    return Answer("done")


def run(store: ox.Store, job: Job, base: str) -> Answer:
    """Run a job's query and serialise what it finds. Raises QueryError."""
    import pyoxigraph as ox

    from kg.query import GRAPH_FORMATS, RESULT_FORMATS, Dataset, evaluate
    from kg.serve.sink import Sink, TooLargeError, TooManyRowsError
    from kg.terms import prefixes

    dataset = None if job.default is None or job.named is None else Dataset(job.default, job.named)
    found = evaluate(store, job.text, base, dataset)
    wanted = job.triples if isinstance(found, ox.QueryTriples) else job.rows
    if wanted is None:
        return Answer("wrong kind", "triples" if isinstance(found, ox.QueryTriples) else "rows")
    if isinstance(found, ox.QueryTriples):
        triples = list(islice(found, job.max_rows + 1))
        if len(triples) > job.max_rows:
            return Answer("too many rows")
        triples.sort(key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
        known = prefixes(base) if wanted in ("ttl", "xml") else None
        body = ox.serialize(triples, format=GRAPH_FORMATS[wanted], prefixes=known) or b""
        return Answer("done", "triples", wanted, body) if len(body) <= MAX_RESULT else Answer("too large")
    sink = Sink(wanted, job.max_rows, MAX_RESULT)
    try:
        found.serialize(cast("BinaryIO", sink), format=RESULT_FORMATS[wanted])
    except TooManyRowsError:
        return Answer("too many rows")
    except TooLargeError:
        return Answer("too large")
    return Answer("done", "rows", wanted, sink.content())


def main(output: str, base: str, memory: str, jobs: BinaryIO, answers: BinaryIO) -> None:
    """Answer jobs until there are no more."""
    shut_in(int(memory))
    from kg.store import Snapshot

    snapshot = Snapshot(Path(output))
    answers.write(READY)
    answers.flush()
    for line in jobs:
        answers.write(pack_answer(answer(snapshot, unpack_job(line), base)))
        answers.flush()
