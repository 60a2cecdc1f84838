"""Simulated power cuts: the journal's own statements on a plain SQLite over a disk that forgets.

Plain SQLite and not SQLCipher, which has the same write-ahead log but no VFS that Python can write;
and with one process at the file (``locking_mode=EXCLUSIVE``), because this VFS has no shared memory.
The statements, their order and their values are those that `nodes.services.record` has made.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec

from bench.survival.simulation.happening import World
from bench.survival.simulation.officers import Officers
from bench.survival.tally import Amounts, Done
from openmidas.journal import JournalError, Place, SealedEntry
from openmidas.journal.entry import NO_HASH
from openmidas.journal.segments import check_chain

PATH = "/node.db"
CUTS = 4
LATEST = 600
"""The power goes at one of so many writes and syncs after each start."""
SCRIPT = 120
PRAGMAS = ("locking_mode=EXCLUSIVE", "journal_mode=WAL", "wal_autocheckpoint=200")
Statement = tuple[str, tuple[Any, ...]]


class Script(msgspec.Struct, frozen=True):
    """What a post's first travellers do to its database: tables, and one list of statements for each."""

    node: UUID
    tables: tuple[str, ...]
    beginning: tuple[Statement, ...]
    transactions: tuple[tuple[Statement, ...], ...]


class TornWrites:
    """Power cuts on a disk that forgets, by the thousand."""

    name = "torn-writes"
    unit = "simulated power cuts"
    amounts = Amounts(quick=400, whole=10_000)

    def __init__(self) -> None:
        self._script: Script | None = None
        self._image = b""

    def why_not(self) -> str:
        try:
            import apsw  # noqa: F401
        except ImportError:
            return "The package apsw is not installed."
        return ""

    def run(self, first: int, number: int) -> Iterator[Done]:
        script = self._ready()
        for seed in range(first // CUTS, (first + number + CUTS - 1) // CUTS):
            yield from self._history(script, seed, "FULL")

    def controls(self) -> dict[str, int]:
        script = self._ready()
        found = {}
        for level in ("NORMAL", "OFF"):
            cuts = [one for seed in range(10) for one in self._history(script, seed, level)]
            harm = sum(one.counts["lost"] + one.counts["damaged"] for one in cuts)
            found[f"synchronous={level}, entries lost or databases damaged"] = harm
        return found

    def _ready(self) -> Script:
        if self._script is None:
            self._script = record_script()
            self._image = _image(self._script)
        return self._script

    def _history(self, script: Script, seed: int, level: str) -> Iterator[Done]:
        from bench.survival.forgetful import Disk

        chance = random.Random(seed)  # noqa: S311  repeatable on purpose
        disk = Disk(f"forgetful-{seed}-{level}", chance, {PATH: self._image})
        acknowledged = 0
        try:
            for _ in range(CUTS):
                disk.dark_at = chance.randrange(1, LATEST)
                acknowledged = _write_until_dark(disk, script, acknowledged, level)
                disk.power_back()
                done = _look(disk, script, acknowledged, f"seed {seed}, {level}")
                yield done
                if done.counts["damaged"]:
                    return
                acknowledged += done.counts["kept though not acknowledged"] - done.counts["lost"]
        finally:
            disk.unregister()


def record_script() -> Script:
    """Have the project write some travellers down, and keep every statement that changes something.

    Uses the database of this process, which is made where there is none.
    """
    from django.core.management import call_command
    from django.db import connection, transaction

    from openmidas.journal import Actor
    from openmidas.nodes.identity import this_node
    from openmidas.nodes.services import open_own_journal, record

    call_command("migrate", verbosity=0)
    said: list[Statement] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            said.append((sql.replace("%s", "?"), tuple(map(_plain, params))))
        return execute(sql, params, many, context)

    officers = Officers(World(1), "post", ())
    transactions = []
    with connection.execute_wrapper(listen):
        with transaction.atomic():
            open_own_journal()
        beginning, said[:] = tuple(said), []
        for fact in officers.travellers(SCRIPT):
            with transaction.atomic():
                record(fact.content, actor=Actor(), audience=fact.audience)
            transactions.append(tuple(said))
            said.clear()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%%'"
        )
        tables = tuple(row[0] for row in cursor.fetchall())
    return Script(this_node().id, tables, beginning, tuple(transactions))


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _image(script: Script) -> bytes:
    """The post's database before its first traveller, as one file."""
    import apsw

    from bench.survival.forgetful import Disk

    disk = Disk("forgetful-image", random.Random(0), {})  # noqa: S311
    connection = apsw.Connection(PATH, vfs=disk.name)
    _set(connection, "FULL")
    for table in script.tables:
        connection.execute(table)
    with connection:
        for sql, values in script.beginning:
            connection.execute(sql, values)
    connection.close()
    image = bytes(disk.files[PATH].seen or b"")
    disk.unregister()
    return image


def _set(connection: Any, level: str) -> None:
    """How the database is to be written. All answers are read: one that is not may not be done."""
    for pragma in (*PRAGMAS, f"synchronous={level}"):
        list(connection.execute(f"PRAGMA {pragma}"))


def _write_until_dark(disk: Any, script: Script, written: int, level: str) -> int:
    """Go on writing where the journal ends; how many entries have been acknowledged when it is dark."""
    import apsw

    connection = None
    try:
        connection = apsw.Connection(PATH, vfs=disk.name)
        _set(connection, level)
        for statements in script.transactions[written:]:
            connection.execute("BEGIN IMMEDIATE")
            for sql, values in statements:
                connection.execute(sql, values)
            connection.execute("COMMIT")
            written += 1
        disk.dark_at = disk.operations  # all are written: the power goes now
    except apsw.Error:
        if not disk.dark:
            raise
    finally:
        if connection is not None:
            # The last one out copies the log into the database, which a dark disk does not take.
            with suppress(apsw.Error):
                connection.close(True)
    return written


def _look(disk: Any, script: Script, acknowledged: int, where: str) -> Done:
    """Start again, and hold what is there against what was acknowledged."""
    import apsw

    counts = {
        "acknowledged entries looked for": acknowledged,
        "kept though not acknowledged": 0,
        "lost": 0,
        "doubled": 0,
        "damaged": 0,
    }
    words = []
    try:
        connection = apsw.Connection(PATH, vfs=disk.name)
        _set(connection, "FULL")
        (whole,) = next(connection.execute("PRAGMA integrity_check"))
        query = "SELECT sequence, header, body, salt FROM journal_journalentry ORDER BY sequence"
        rows = list(connection.execute(query))
        head = next(connection.execute("SELECT sequence FROM journal_journal"))[0]
        crossings = next(
            connection.execute(
                "SELECT (SELECT count(*) FROM crossings_crossing) + (SELECT count(*) FROM posts_lookup)"
            )
        )[0]
        connection.close()
    except apsw.Error as error:
        counts["damaged"] = 1
        return Done(counts, [f"{where}: {error}"])
    written = len(rows) - 1
    wrong = _not_a_journal(script.node, rows)
    if whole != "ok" or wrong or head != len(rows) or crossings != written:
        counts["damaged"] = 1
        words.append(f"{where}: {whole}, {wrong}, head {head} of {len(rows)}, {crossings} rows")
    counts["lost"] = max(0, acknowledged - written)
    counts["kept though not acknowledged"] = max(0, written - acknowledged)
    # More than the one transaction that was under way cannot be there.
    counts["doubled"] = max(0, written - acknowledged - 1)
    if counts["lost"] or counts["doubled"]:
        words.append(f"{where}: {written} of {acknowledged} acknowledged entries")
    return Done(counts, words)


def _not_a_journal(node: UUID, rows: Sequence[Any]) -> str:
    """The code of what is wrong with the chain; empty where it holds."""
    entries = [SealedEntry(header, body, salt) for _, header, body, salt in rows]
    try:
        check_chain(entries, Place(node, 1, 0, NO_HASH))
    except JournalError as error:
        return error.code
    return ""
