"""Many lines answered by several processes, in the order in which they were asked.

Whoever asks over a pipe waits for each answer before the next question: there nothing is spread. A
file of many lines is cut into pieces, and each processor takes one at a time.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice

Line = tuple[int, bytes]
"""A line and its number."""
Answer = Callable[[int, bytes], bytes]
"""The answer to a line, as a line."""

FEW = 400
"""So many lines are answered sooner than another process starts."""
_TOGETHER = 100
_AHEAD = 4
"""So many pieces of each process are read before their answers are written: memory stays small."""


def processors() -> int:
    """How many processors this program may use; 1 where processes cannot share what is in memory."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return 1
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not every system tells
        return os.cpu_count() or 1


def spread(lines: Iterable[Line], answer: Answer, processes: int) -> Iterator[bytes]:
    """The answers to all lines, in their order; by one process where the lines are few.

    Raises what `answer` raises, `BrokenProcessPool` where the system ended a process.
    """
    each = iter(lines)
    first = list(islice(each, FEW)) if processes > 1 else []
    every = chain(first, each)
    if len(first) < FEW:
        yield from (answer(number, line) for number, line in every)
    else:
        yield from _spread(every, answer, processes)


def _spread(lines: Iterator[Line], answer: Answer, processes: int) -> Iterator[bytes]:
    # A process that is forked has the lists already, without reading or copying them.
    with ProcessPoolExecutor(
        processes, multiprocessing.get_context("fork"), initializer=_keep, initargs=(answer,)
    ) as pool:
        coming: deque[Future[bytes]] = deque()
        try:
            while piece := list(islice(lines, _TOGETHER)):
                coming.append(pool.submit(_answer_all, piece))
                if len(coming) >= processes * _AHEAD:
                    yield coming.popleft().result()
            while coming:
                yield coming.popleft().result()
        finally:
            for one in coming:
                one.cancel()


_kept: list[Answer] = []
"""In a process of the pool: what answers there."""


def _keep(answer: Answer) -> None:
    _kept[:] = [answer]


def _answer_all(lines: list[Line]) -> bytes:
    return b"".join(_kept[0](number, line) for number, line in lines)
