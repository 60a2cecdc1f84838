"""The figures: of the large file, beside SQLite, and of reading a list."""

from __future__ import annotations

import io
import multiprocessing
import os
import sqlite3
import tempfile
import time
from pathlib import Path

import numpy as np

from bench.lost.asking import ask
from bench.lost.made import KEY, STATES, drawn, make, number_text, real_rows
from bench.report import Figure, at_most
from openmidas.screening.lost import (
    Built,
    LostFile,
    LostNumbers,
    LostReport,
    Overlay,
    build,
    make_changes,
    read_lost,
)
from openmidas.screening.lost.building import write
from openmidas.screening.lost.keys import HASH_BITS, number_hash
from openmidas.screening.lost.reasons import DETAIL_BITS
from openmidas.screening.lost.runs import Runs

FULL, QUICK = 100_000_000, 2_000_000
REAL, QUICK_REAL = 200_000, 20_000
SQLITE, QUICK_SQLITE = 5_000_000, 200_000
READ, QUICK_READ = 1_000_000, 50_000
ABSENT, QUICK_ABSENT = 2_000_000, 200_000
DRAWN = 10
"""So many times as many hashes of no number are asked for as well: one in a million is seldom."""
QUESTIONS = 4_000
DAY_ADDED, DAY_REMOVED = 20_000, 5_000


def file_figures(folder: Path, quick: bool) -> list[Figure]:
    """The large file: made, opened, asked, changed."""
    entries, real = (QUICK, QUICK_REAL) if quick else (FULL, REAL)
    path = folder / "large.lost"
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        built, seconds, megabytes = pool.apply(make, (path, entries, real))
    name = f"{entries // 1_000_000} million numbers"
    started = time.perf_counter()
    file = LostFile(path, KEY)
    opened = (time.perf_counter() - started) * 1000
    numbers = LostNumbers(file, KEY)
    asked = np.random.default_rng(9).integers(0, real, QUESTIONS).tolist()

    def find(number: int) -> None:
        row = STATES[number % len(STATES)], "P", number_text(number)
        if numbers.look(*row) is None:
            raise SystemExit(f"{row} was not found")

    cold, warm = ask(asked, find, path), ask(asked, find, None)
    size = built.size / 1e6
    return [
        at_most(f"{name}: the file", size, "MB", 350.0 if not quick else size),
        Figure(f"{name}: bits a number", built.size * 8 / built.entries, "bit", None, None),
        Figure(f"{name}: sorting and writing, processor", seconds, "s", None, None),
        at_most(f"{name}: memory to build", megabytes, "MB", 400),
        at_most(f"{name}: opening", opened, "ms", 100),
        Figure(f"{name}: an answer, cold, p50", cold.p50, "µs", None, None),
        at_most(f"{name}: an answer, cold, p99", cold.p99, "µs", 1000),
        Figure(f"{name}: an answer, cold, processor, p99", cold.processor, "µs", None, None),
        Figure(f"{name}: an answer, cold, read from disk", cold.read, "bytes", None, None),
        Figure(f"{name}: an answer, warm, p50", warm.p50, "µs", None, None),
        Figure(f"{name}: an answer, warm, p99", warm.p99, "µs", None, None),
        *absent_figures(file, real, quick),
        *changes_figures(file, built, real),
    ]


def absent_figures(file: LostFile, real: int, quick: bool) -> list[Figure]:
    """How many numbers that are not there are taken for one that is."""
    count = QUICK_ABSENT if quick else ABSENT
    rows = real_rows(real, count)
    hashes = np.fromiter(
        (number_hash(KEY, row.issuer, "passport", row.number) for row in rows), np.uint64, count
    )
    wrong = int(file.holds(np.sort(hashes)).sum())
    chance = np.random.default_rng(77)
    more = np.sort(chance.integers(0, 1 << HASH_BITS, DRAWN * count, np.uint64))
    also = int(file.holds(more).sum())
    asked = count * (1 + DRAWN)
    return [
        Figure(f"wrong answers among {count:,} absent numbers", wrong, "", None, None),
        at_most(
            f"wrong answers a million, of {asked:,} absent", (wrong + also) * 1e6 / asked, "", 1
        ),
    ]


def changes_figures(file: LostFile, built: Built, real: int) -> list[Figure]:
    """A day's changes."""
    added = list(real_rows(real, DAY_ADDED))
    gone = [row._replace(removed=True) for row in real_rows(0, DAY_REMOVED)]
    started = time.perf_counter()
    changes = make_changes(KEY, built.digest, 1, [*added, *gone])
    made = time.perf_counter()
    numbers = LostNumbers(file, KEY, Overlay.none().after(changes, KEY, built.digest))
    laid = time.perf_counter()
    for row in added:
        if numbers.look(row.issuer, "P", row.number) is None:
            raise SystemExit("what was put on is not found")
    for row in gone:
        if numbers.look(row.issuer, "P", row.number) is not None:
            raise SystemExit("what was taken off is found")
    name = f"a day's changes ({DAY_ADDED:,} on, {DAY_REMOVED:,} off)"
    return [
        at_most(name, len(changes.encode()) / 1e6, "MB", 1),
        Figure(f"{name}: making them", made - started, "s", None, None),
        Figure(f"{name}: laying them over the file", (laid - made) * 1000, "ms", None, None),
    ]


def sqlite_figures(folder: Path, quick: bool) -> list[Figure]:
    """The same hashes in SQLite, asked in the same way."""
    entries = QUICK_SQLITE if quick else SQLITE
    ours, theirs = folder / "small.lost", folder / "small.sqlite"
    with Runs(folder) as runs:
        for records in drawn(entries, seed=6):
            runs.add_many(records)
        size = write(ours, KEY, runs).size / 1e6
    file = LostFile(ours, KEY)
    database = sqlite3.connect(theirs, isolation_level=None)
    database.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-2000"
    )
    database.execute("CREATE TABLE lost (hash INTEGER PRIMARY KEY, detail INTEGER)")
    database.execute("BEGIN")
    asked: list[int] = []
    for records in file.records():
        hashes = (records >> np.uint64(DETAIL_BITS)).tolist()
        asked += hashes[:1]
        database.executemany("INSERT INTO lost VALUES (?, 0)", ((hash,) for hash in hashes))
    database.execute("COMMIT")
    database.close()
    descriptor = os.open(theirs, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
    database = sqlite3.connect(theirs)
    database.execute("PRAGMA cache_size=-2000")
    questions = np.random.default_rng(3).choice(asked, 1000).tolist()
    peer = ask(
        questions,
        lambda hash: database.execute("SELECT detail FROM lost WHERE hash = ?", (hash,)).fetchone(),
        theirs,
    )
    mine = ask(questions, file.find, ours)
    name = f"{entries:,} numbers"
    return [
        Figure(
            f"{name}: the file", size, "MB", None, None, {"SQLite": theirs.stat().st_size / 1e6}
        ),
        Figure(f"{name}: cold, p50", mine.p50, "µs", None, None, {"SQLite": peer.p50}),
        Figure(f"{name}: cold, p99", mine.p99, "µs", None, None, {"SQLite": peer.p99}),
        Figure(
            f"{name}: cold, read from disk", mine.read, "bytes", None, None, {"SQLite": peer.read}
        ),
    ]


def reading_figures(folder: Path, quick: bool) -> list[Figure]:
    """A list as a file: read, hashed, sorted and written."""
    count = QUICK_READ if quick else READ
    lines = ["number;type;issuer;date;reason"]
    lines += [
        f"{row.number};P;{row.issuer};{1 + at % 28:02}/0{1 + at % 9}/2019;stolen"
        for at, row in enumerate(real_rows(0, count))
    ]
    stream, report = io.BytesIO("\n".join(lines).encode()), LostReport()
    started = time.process_time()
    build(folder / "read.lost", KEY, read_lost(stream, report))
    each = (time.process_time() - started) / count
    if report.taken != count:
        raise SystemExit("rows were left out")
    return [
        Figure("rows of a list read, hashed and built", 1 / each, "rows/s", None, None),
        Figure("that is, for a hundred million", each * 1e8 / 60, "min", None, None),
    ]


def figures(quick: bool) -> list[Figure]:
    """All of them, in a folder that is gone afterwards; needs 1.3 GB of disk when it is not quick."""
    with tempfile.TemporaryDirectory(prefix="bench-lost-") as name:
        folder = Path(name)
        return [
            *file_figures(folder, quick),
            *sqlite_figures(folder, quick),
            *reading_figures(folder, quick),
        ]
