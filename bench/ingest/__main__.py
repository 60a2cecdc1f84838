"""``run.py bench ingest``: how many entries an HQ on this machine takes from five hundred posts.

A real HQ on PostgreSQL, with its own exchange and worker; simulated posts with a certificate, a key
and a stream each bring frames of crossings and wait for every receipt. What is measured: entries
verified, stored and receipted a second, beside the worker; the same while one more post sends
rubbish; entries that the tables take a second. Posts, HQ and PostgreSQL share the machine.
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
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
from rich.console import Console

from bench.hq.headquarters import HQ, open_headquarters
from bench.report import Figure, at_least, at_most, print_report

console = Console(stderr=True)
POSTS, QUICK = 500, 50
FRAMES, ENTRIES = 4, 60
A_SECOND, PROJECTED = 5_000, 1_000
SLOWER = 1.2
"""How much longer the others may take while one sends rubbish."""
SECONDS_TO_START, SECONDS_TO_FOLLOW = 60, 600


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
    runs = [post.write(FRAMES, ENTRIES) for post in posts[:-1]]
    hq = this_node().card().certificate
    for name in ("exchange", "worker"):
        _start(name, stack)
    _await(address)
    half = FRAMES // 2
    frames = [
        [post.pack(run[:half]) for post, run in zip(posts, runs, strict=False)],
        [post.pack(run[half:]) for post, run in zip(posts, runs, strict=False)],
    ]
    began = time.monotonic()
    alone = asyncio.run(_bring(posts, address, hq, frames[0], rubbish=False))
    beside = asyncio.run(_bring(posts, address, hq, frames[1], rubbish=True))
    stored = count * FRAMES * ENTRIES
    with psycopg.connect(url, autocommit=True) as database:
        missing = stored - _sum(database, "sequence")
        projected = _follow(database, stored)
    seconds = time.monotonic() - began
    entries = count * half * ENTRIES
    return [
        Figure("posts", count, "", None, None),
        at_least("entries stored and receipted", entries / alone[0], "/s", A_SECOND),
        Figure("the same beside a post that sends rubbish", entries / beside[0], "/s", None, None),
        at_most("longer beside it", beside[0] / alone[0], "×", SLOWER),
        Figure("times that it was refused", beside[1], "", None, None),
        at_most("entries that have a receipt and are not there", missing, "", 0),
        at_least("entries in the tables, from the first on", projected / seconds, "/s", PROJECTED),
    ]


async def _bring(
    posts: list[Any], address: str, hq: str, frames: list[Any], *, rubbish: bool
) -> tuple[float, int]:
    """Seconds from the word to the last receipt, and how often the rubbish was refused."""
    from bench.ingest.posts import bring, bring_rubbish

    go, over = asyncio.Event(), asyncio.Event()
    tasks = [
        asyncio.create_task(bring(post, address, hq, brought, go))
        for post, brought in zip(posts, frames, strict=False)
    ]
    spoiling = asyncio.create_task(bring_rubbish(posts[-1], address, hq, over)) if rubbish else None
    await asyncio.sleep(10)  # all streams are open
    started = time.monotonic()
    go.set()
    await asyncio.gather(*tasks)
    took = time.monotonic() - started
    over.set()
    return took, await spoiling if spoiling else 0


def _follow(database: psycopg.Connection[Any], stored: int) -> int:
    """Wait until the tables have all; how many they have."""
    until = time.monotonic() + SECONDS_TO_FOLLOW
    while (projected := _sum(database, "projected")) < stored and time.monotonic() < until:
        time.sleep(0.5)
    return projected


def _sum(database: psycopg.Connection[Any], column: str) -> int:
    query = f"SELECT coalesce(sum({column}), 0) FROM journal_journal WHERE node <> %s"  # noqa: S608
    row = database.execute(query, [HQ]).fetchone()
    return int(row[0]) if row else 0


def _start(name: str, stack: ExitStack) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "openmidas.cli", name],
        env=dict(os.environ),
        stderr=subprocess.DEVNULL,
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)


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
