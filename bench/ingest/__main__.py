"""``run.py bench ingest``: how many entries an HQ on this machine takes from five hundred posts.

A real HQ on PostgreSQL, with its own exchange and worker; simulated posts with a certificate, a key
and a stream each bring frames of crossings, made beforehand, and wait for every receipt. What is
measured: entries verified, stored and receipted a second, while the tables follow; the same while one
more post sends rubbish; entries that the tables take a second, by themselves once all is stored.

Posts, exchange, worker and PostgreSQL share the machine, and whatever else runs on it. The processor
time that exchange and worker took for a thousand entries stands beside the rates: it says what they
would be on a machine of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack, ExitStack
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import psutil
import psycopg
from rich.console import Console

from bench.hq.headquarters import HQ, open_headquarters
from bench.report import Figure, at_least, at_most, print_report

console = Console(stderr=True)
POSTS, QUICK = 500, 50
FRAMES, ENTRIES = 16, 60
"""Frames of a post, half of them beside the rubbish, and entries of each: each time as many as it may
have on their way (`openmidas.exchange.core.WINDOW_SEGMENTS`), as after a night without a link."""
A_SECOND, PROJECTED = 5_000, 1_000
SLOWER = 1.2
"""How much longer the others may take while one sends rubbish."""
SECONDS_TO_START, SECONDS_TO_FOLLOW = 60, 900
AT_ONCE = 20
"""Posts that open their streams at the same time: the HQ listens with a queue, and TLS takes time."""


class Phase(NamedTuple):
    """One half of what the posts bring: how long it took, and what of it."""

    seconds: float
    exchange: float
    """Processor time of the exchange, in seconds."""
    projected: int
    """Entries that the tables took meanwhile."""
    refused: int
    slowest: float
    """Seconds from a frame to its receipt, of the slowest in a hundred."""


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(prog="run.py bench ingest", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} posts")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="openmidas-bench-")))
        figures = measure(folder, stack, QUICK if options.quick else POSTS)
    print_report("ingest", figures, options.json)


def measure(folder: Path, stack: ExitStack, count: int) -> list[Figure]:
    """The figures of so many posts."""
    address = _free_address()
    url = open_headquarters(folder, stack, exchange=address)
    from bench.ingest.posts import Post
    from openmidas.nodes.identity import this_node
    from openmidas.nodes.services import meet

    console.print(f"{count} posts write {FRAMES * ENTRIES} crossings each …")
    posts = [Post(folder / "posts", number) for number in range(count + 1)]
    for post in posts:
        meet(post.card)
    frames = [post.pack_halves(post.write(FRAMES, ENTRIES)) for post in posts[:-1]]
    certificate = this_node().card().certificate
    exchange, worker = (_start(name, stack) for name in ("exchange", "worker"))
    _await(address)
    with psycopg.connect(url, autocommit=True) as database:
        bringing = partial(_bring, posts, address, certificate, database, exchange)
        console.print("they bring the first half …")
        alone = asyncio.run(bringing([first for first, _ in frames], rubbish=False))
        console.print("and the second, beside one that sends rubbish …")
        beside = asyncio.run(bringing([second for _, second in frames], rubbish=True))
        stored = count * FRAMES * ENTRIES
        missing = stored - _sum(database, "sequence")
        console.print("the tables follow …")
        left, seconds, busy = _follow(database, stored, worker)
    half = count * FRAMES // 2 * ENTRIES
    thousands = half / 1000
    return [
        Figure("posts", count, "", None, None),
        Figure("processors that they share with the HQ", os.cpu_count() or 1, "", None, None),
        at_least("entries stored and receipted", half / alone.seconds, "/s", A_SECOND),
        Figure("time of the exchange", alone.exchange / thousands, "s/1,000", None, None),
        Figure("receipt of a frame, slowest of 100", alone.slowest, "s", None, None),
        Figure("in the tables meanwhile", alone.projected / alone.seconds, "/s", None, None),
        Figure(
            "the same beside a post that sends rubbish", half / beside.seconds, "/s", None, None
        ),
        at_most("longer beside it", beside.seconds / alone.seconds, "×", SLOWER),
        Figure("times that it was refused", beside.refused, "", None, None),
        at_most("entries that have a receipt and are not there", missing, "", 0),
        at_least("entries in the tables, once all are stored", left / seconds, "/s", PROJECTED),
        Figure("time of the worker", busy / (left / 1000), "s/1,000", None, None),
    ]


async def _bring(
    posts: list[Any],
    address: str,
    hq: str,
    database: psycopg.Connection[Any],
    exchange: int,
    frames: list[Any],
    *,
    rubbish: bool,
) -> Phase:
    """From the word to the last receipt."""
    from bench.ingest.posts import bring, bring_rubbish

    over, doors = asyncio.Event(), asyncio.Semaphore(AT_ONCE)
    async with AsyncExitStack() as open_streams:
        streams = await asyncio.gather(
            *(_open(post, address, hq, doors, open_streams) for post in posts[: len(frames)])
        )
        spoiling = asyncio.create_task(bring_rubbish(posts[-1], address, hq, over, rubbish=rubbish))
        before, busy = _sum(database, "projected"), _processor(exchange)
        started = time.monotonic()
        waits = await asyncio.gather(*map(bring, streams, frames))
        took = time.monotonic() - started
        busy, projected = _processor(exchange) - busy, _sum(database, "projected") - before
        over.set()
        refused = await spoiling
    console.print(f"… in {took:.0f} s; the tables took {projected} meanwhile")
    slowest = sorted(wait for each in waits for wait in each)
    return Phase(took, busy, projected, refused, slowest[len(slowest) * 99 // 100])


async def _open(
    post: Any, address: str, hq: str, doors: asyncio.Semaphore, stack: AsyncExitStack
) -> Any:
    from bench.ingest.posts import open_stream

    async with doors:
        return await open_stream(post, address, hq, stack)


def _follow(
    database: psycopg.Connection[Any], stored: int, worker: int
) -> tuple[int, float, float]:
    """Wait until the tables have all: how many they lacked, seconds, and the worker's own time."""
    before, busy, began = _sum(database, "projected"), _processor(worker), time.monotonic()
    while (projected := _sum(database, "projected")) < stored:
        if time.monotonic() > began + SECONDS_TO_FOLLOW:
            break
        time.sleep(0.2)
    return projected - before, time.monotonic() - began, _processor(worker) - busy


def _sum(database: psycopg.Connection[Any], column: str) -> int:
    query = f"SELECT coalesce(sum({column}), 0) FROM journal_journal WHERE node <> %s"  # noqa: S608
    row = database.execute(query, [HQ]).fetchone()
    return int(row[0]) if row else 0


def _processor(process: int) -> float:
    """Seconds of processor time that a process has taken so far."""
    times = psutil.Process(process).cpu_times()
    return float(times.user + times.system)


def _start(name: str, stack: ExitStack) -> int:
    process = subprocess.Popen(
        [sys.executable, "-m", "openmidas.cli", name],
        env=dict(os.environ),
        stderr=subprocess.DEVNULL,
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return process.pid


def _await(address: str) -> None:
    host, _, port = address.rpartition(":")
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def _free_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"


if __name__ == "__main__":
    main()
