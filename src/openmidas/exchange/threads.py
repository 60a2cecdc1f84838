"""Database work beside an event loop: in a few threads of its own, each with its own connection."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import close_old_connections, connections

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How often a thread that is busy looks whether its connection still stands."""

P = ParamSpec("P")
R = TypeVar("R")


class DatabaseThreads:
    """Runs short, synchronous functions that use the database."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._looked = threading.local()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="database")

    async def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call it in a thread and wait. Raises what it raises.

        Whoever is cancelled meanwhile still waits for the thread: it cannot be stopped, and what it
        does must not overlap with what the caller's lock or the next attempt lets happen then.
        """

        def call() -> R:
            self._look_after_connections()
            try:
                return function(*args, **kwargs)
            finally:
                if any(one.errors_occurred for one in connections.all(initialized_only=True)):
                    close_old_connections()

        thread = asyncio.get_running_loop().run_in_executor(self._pool, call)
        try:
            return await asyncio.shield(thread)
        except asyncio.CancelledError:
            await _ended(thread)
            raise

    def _look_after_connections(self) -> None:
        """As Django does around a request: a connection that the server dropped is not used again.

        Not around every one: it asks the server each time, and at an HQ there are hundreds a second.
        """
        if time.monotonic() >= getattr(self._looked, "next", 0.0):
            close_old_connections()
            self._looked.next = time.monotonic() + LOOK_SECONDS

    async def close(self) -> None:
        """Wait for what is under way, then close every thread's connection."""
        together = threading.Barrier(self._workers)

        def close() -> None:
            together.wait()  # so that each thread takes exactly one of these
            connections.close_all()

        loop = asyncio.get_running_loop()
        jobs = [loop.run_in_executor(self._pool, close) for _ in range(self._workers)]
        await asyncio.gather(*jobs)
        self._pool.shutdown()


async def _ended(thread: asyncio.Future[R]) -> None:
    """Wait for a thread, however often one is told not to; what it raised concerns nobody any more."""
    while not thread.done():
        try:
            await asyncio.wait([thread])
        except asyncio.CancelledError:
            continue
    if not thread.cancelled() and (error := thread.exception()) is not None:
        logger.info("nobody waited any more for what failed: %s", error)
