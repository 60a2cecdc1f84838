"""How long an alert takes that is raised while a backlog is on its way."""

from __future__ import annotations

import time
from uuid import UUID

import msgspec
import psycopg

from bench.exchange.catching_up import LOOK_SECONDS
from bench.exchange.emulator import Line
from bench.exchange.nodes import NodeFailed, Pair, receipted

SEEN_AT_HQ = (
    "SELECT 1 FROM crossings_crossing WHERE id = %s",
    "SELECT 1 FROM journal_advancecopy"
    " WHERE position(convert_to(%s::uuid::text, 'UTF8') IN body) > 0",
)
"""Each asks for a place where an analyst sees the hit: in one of them is enough."""
ENOUGH = 0.2
"""Share of the backlog that has gone up when the alert is raised: by then the line is full."""


class Alert(msgspec.Struct, frozen=True):
    """``seconds``: from the entry on the post's disk until the HQ shows it, None if it never did;
    ``behind``: how many entries of the backlog the HQ had not receipted when it was written."""

    seconds: float | None
    behind: int


def await_alert(pair: Pair, line: Line, end: int, *, limit: float) -> Alert:
    """Start the exchange of both, raise an alert amid the backlog, wait until the HQ shows it.

    ``end``: the backlog's last entry; ``limit``: seconds to wait. Raises `NodeFailed`.
    """
    officer = pair.post.start("bench.exchange.filling", "hit")
    if officer.stdin is None or officer.stdout is None:
        raise RuntimeError("a node's processes are started with pipes")
    if officer.stdout.readline() != b"ready\n":
        raise NodeFailed(f"nobody works at the counter: see {pair.post.home.folder}")
    pair.listen()
    pair.hq.up("worker")
    pair.post.up("exchange")
    until = time.monotonic() + limit
    with pair.asking() as database:
        while receipted(database) < end * ENOUGH:
            _wait(pair, until)
        officer.stdin.write(b"\n")
        officer.stdin.flush()
        crossing = UUID(officer.stdout.readline().decode().strip())
        written, behind = time.monotonic(), end - receipted(database)
        while not _seen(database, crossing):
            if time.monotonic() > until:
                return Alert(None, behind)
            _wait(pair, until)
        return Alert(time.monotonic() - written, behind)


def _seen(database: psycopg.Connection[tuple[object, ...]], crossing: UUID) -> bool:
    return any(database.execute(query, [crossing]).fetchone() for query in SEEN_AT_HQ)


def _wait(pair: Pair, until: float) -> None:
    pair.hq.check()
    pair.post.check()
    if time.monotonic() > until + LOOK_SECONDS:
        raise NodeFailed("the backlog does not go up")
    time.sleep(LOOK_SECONDS)
