"""Workers: a few processes, each with one query at a time. One that takes too long or too much is killed and replaced,
so that no query can stop another, or the server."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import kg
from kg.serve.job import Answer, Job, pack_job, unpack_answer
from kg.serve.options import ServeOptions
from kg.serve.worker import READY

# Seconds for a new process to come up: it imports, no more.
START = 60.0
# Queries that may wait for a worker; more are turned away at once.
WAITING = 64
STOPPING = "the server is being stopped"
# The checkout or site-packages that this server itself runs from; a worker must not import from the current folder.
_HOME = str(Path(kg.__file__).parent.parent)
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); from kg.serve.worker import main;"
    " main(*sys.argv[2:5], jobs=sys.stdin.buffer, answers=sys.stdout.buffer)"
)


class RefusedError(Exception):
    """A job without an answer, with the HTTP status and the reason that its sender is told."""

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        self.reason = reason
        super().__init__(reason)


class Worker:
    """One process. Not for two jobs at a time."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, output: Path, base: str, memory: int) -> Worker:
        """A worker that is ready. Raises RefusedError when it can't be started."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-c", _PROGRAM, _HOME, str(output.absolute()), base, str(memory)),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            # Ctrl-C in a terminal is the server's business.
            start_new_session=True,
            env=os.environ | {"RUST_BACKTRACE": "0"},
        )
        worker = cls(process)
        try:
            async with asyncio.timeout(START):
                if await worker._stdout.readline() == READY:
                    return worker
        except TimeoutError:
            pass
        except asyncio.CancelledError:
            await worker.kill()
            raise
        await worker.kill()
        raise RefusedError(500, "a query process could not be started")

    @property
    def _stdout(self) -> asyncio.StreamReader:
        assert self._process.stdout is not None
        return self._process.stdout

    async def ask(self, job: Job) -> Answer:
        """The answer to a job. Raises RefusedError when the process dies over it."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(pack_job(job))
            await self._process.stdin.drain()
            head, size = unpack_answer(await self._stdout.readuntil(b"\n"))
            return head._replace(body=await self._stdout.readexactly(size))
        except (OSError, EOFError) as error:
            raise await self._why() from error

    async def _why(self) -> RefusedError:
        """Why the process is dead: Oxigraph aborts where memory ends and overflows the stack where nesting doesn't."""
        status = await self._process.wait()
        if status == -signal.SIGABRT:
            return RefusedError(
                507, "the query needs more memory than this server allows (narrow it down, or add LIMIT)"
            )
        if status == -signal.SIGSEGV:
            return RefusedError(400, "the query is nested too deeply")
        return RefusedError(500, "the query process ended unexpectedly")

    def end(self) -> None:
        """End the process now, without waiting until it has."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def kill(self) -> None:
        """End the process, whose answer nobody waits for any more."""
        self.end()
        # communicate() empties the pipes too, without which they would be warned of as unclosed.
        await self._process.communicate()


class Pool:
    """Up to `size` workers, started when first needed."""

    def __init__(self, output: Path, base: str, options: ServeOptions, size: int) -> None:
        self._output, self._base, self._options = output, base, options
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._turns = asyncio.Semaphore(size)
        self._waiting = 0
        self._closed = False

    async def run(self, job: Job) -> Answer:
        """The answer to a job. Raises RefusedError when it takes too long or too much, or too many wait for their turn."""
        await self._turn()
        try:
            return await self._run(job)
        finally:
            self._turns.release()

    async def close(self) -> None:
        """Kill all workers; who waits for one is told so."""
        self._closed = True
        busy = self._all.difference(self._idle)
        for worker in busy:
            # Who waits for its answer will see that it ended, and drop it.
            worker.end()
        while self._idle:
            await self._drop(self._idle.pop())
        while self._all:
            await asyncio.sleep(0.01)

    async def _turn(self) -> None:
        if self._waiting >= WAITING:
            raise RefusedError(503, "too many queries are waiting (try again later)")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._options.timeout):
                await self._turns.acquire()
        except TimeoutError:
            raise RefusedError(503, "other queries keep the server busy (try again later)") from None
        finally:
            self._waiting -= 1

    async def _run(self, job: Job) -> Answer:
        if self._closed:
            raise RefusedError(503, STOPPING)
        worker = self._idle.pop() if self._idle else await self._start()
        try:
            async with asyncio.timeout(self._options.timeout):
                found = await worker.ask(job)
        except BaseException as error:
            # Also when the client went away: what nobody waits for need not be worked out.
            await asyncio.shield(self._drop(worker))
            if self._closed:
                raise RefusedError(503, STOPPING) from None
            if isinstance(error, TimeoutError):
                raise RefusedError(
                    504, f"the query took longer than {self._options.timeout:g} s and was stopped"
                ) from None
            raise
        self._idle.append(worker)
        return found

    async def _start(self) -> Worker:
        worker = await Worker.start(self._output, self._base, self._options.memory)
        if self._closed:
            await worker.kill()
            raise RefusedError(503, STOPPING)
        self._all.add(worker)
        return worker

    async def _drop(self, worker: Worker) -> None:
        self._all.discard(worker)
        await worker.kill()
