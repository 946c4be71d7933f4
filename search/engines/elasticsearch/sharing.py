"""Sharing work out among processes. Describing documents costs a processor several times what
Elasticsearch needs to take them; one interpreter uses one processor."""

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait

from django.db import connection, connections

from search.engines.base import EngineAwayError
from search.engines.elasticsearch.client import forget_connections

Work = Callable[[Sequence[int]], None]
"""Given the ids of a batch."""
WORTHWHILE = 20
"""Batches; a process costs more than it saves on fewer."""


class WorkerLostError(EngineAwayError):
    """A process ended before its work did."""


def work_off(batches: Sequence[Sequence[int]], work: Work) -> Iterator[int]:
    """Yields the size of each batch once it is done. Where it is safe to, as many processes as
    there are processors work side by side; an error of one ends all and is raised here."""
    processes = len(os.sched_getaffinity(0)) if _can_share(batches) else 1
    if processes > 1:
        yield from _shared(batches, work, processes)
        return
    for batch in batches:
        work(batch)
        yield len(batch)


def _can_share(batches: Sequence[Sequence[int]]) -> bool:
    # A copy of this process has none of its other threads, and reads only what is committed.
    return (
        len(batches) >= WORTHWHILE
        and sys.platform == "linux"
        and threading.active_count() == 1
        and not connection.in_atomic_block
    )


def _shared(batches: Sequence[Sequence[int]], work: Work, processes: int) -> Iterator[int]:
    connections.close_all()  # none may be used from two processes
    context = get_context("fork")
    workers, pipes = [], []
    for number in range(processes):
        ours, theirs = context.Pipe(duplex=False)
        worker = context.Process(
            target=_work_off_share, args=(batches[number::processes], work, theirs), daemon=True
        )
        worker.start()
        theirs.close()  # so that it ends here when the worker ends
        workers.append(worker)
        pipes.append(ours)
    try:
        yield from _progress(pipes)
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def _progress(pipes: list[Connection]) -> Iterator[int]:
    while pipes:
        ready = wait(pipes)
        for pipe in [one for one in pipes if one in ready]:
            told = _told(pipe)
            if isinstance(told, Exception):
                raise told
            if told:
                yield told
            else:
                pipes.remove(pipe)


def _told(pipe: Connection) -> int | Exception:
    """By a worker: the size of a batch, 0 at its end, or what went wrong."""
    try:
        told: int | Exception = pipe.recv()
    except EOFError:
        return WorkerLostError("A process that wrote documents was ended.")
    return told


def _work_off_share(batches: Sequence[Sequence[int]], work: Work, pipe: Connection) -> None:
    forget_connections()
    gc.freeze()  # what the parent has made stays; looking through it again and again is slow
    try:
        for batch in batches:
            work(batch)
            pipe.send(len(batch))
        pipe.send(0)
    except Exception as error:
        pipe.send(error)
    finally:
        connections.close_all()
