"""How fast, how large and how complete the search is among a million listings, and five.

    python -m bench.screening.scale [--quick] [--json] [--listings 1000000 5000000]

Listings are invented (`crowd`), compiled into a file and asked for from a process of its own, with the
time that the processor takes: each query is a listed person, exact or disturbed in one of seven ways,
three in four with a birth. How many are found is told of those whom comparing alone calls a strong or
possible hit, for no search finds others; and for some queries the whole list is compared.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bench.report import Figure, at_least, at_most, print_report
from bench.screening.crowd import KINDS, Crowd, disturbed
from openmidas.screening import (
    CompiledList,
    Index,
    Listing,
    Query,
    compare,
    compile_file,
    prepare_listing,
    prepare_query,
)

QUICK = 20_000
LISTINGS = (1_000_000, 5_000_000)
QUERIES, QUERIES_QUICK = 1500, 300
COMPARED_WHOLE = 20_000
"""Lists up to this size are compared whole for some queries."""
WHOLE_QUERIES = 20
BORN = 0.75
SEED = 41
GOALS = {1_000_000: (2.5, 5.0, 150, 350), 5_000_000: (None, 8.0, 600, None)}
"""By listings: ms at the median, ms at the 99th percentile, MB on disk, MB resident."""

Asked = list[tuple[Listing, int, Query]]


class Answers(msgspec.Struct, frozen=True):
    """What the process that asks tells: milliseconds, how many, and its memory in MB."""

    opening: float
    finding: list[float]
    screening: list[float]
    listed: int
    found: int
    hits: int
    hits_found: int
    whole: int
    whole_found: int
    resident: float


def figures(quick: bool) -> list[Figure]:
    """All figures; `quick` takes a list of 20,000 and few queries."""
    return measure((QUICK,) if quick else LISTINGS, QUERIES_QUICK if quick else QUERIES)


def measure(sizes: tuple[int, ...], queries: int) -> list[Figure]:
    """The figures of lists of these sizes."""
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.lists"
            found += [*_building(size, path), *_asking(size, path, queries)]
            path.unlink()
    return found


def _building(size: int, path: Path) -> Iterator[Figure]:
    name = f"{size:,} listings"
    seconds, peak = _in_a_process("build", str(size), str(path))
    yield Figure(f"{name}: compiling them as they are invented", seconds, "s of CPU", None, None)
    yield at_most(f"{name}: memory while compiling", peak, "MB", 2048)
    goal = GOALS.get(size)
    disk = path.stat().st_size / 1e6
    about = f"{name}: on disk"
    yield at_most(about, disk, "MB", goal[2]) if goal else Figure(about, disk, "MB", None, None)


def _asking(size: int, path: Path, queries: int) -> Iterator[Figure]:
    name = f"{size:,} listings"
    told = msgspec.json.decode(_run("ask", str(size), str(path), str(queries)), type=Answers)
    median, slow, _, memory = GOALS.get(size, (None, None, None, None))
    yield at_most(f"{name}: opening", told.opening, "ms", 100)
    for what, times, goals in (
        ("finding candidates", told.finding, (None, None)),
        ("all of a query", told.screening, (median, slow)),
    ):
        for word, value, goal in zip(("p50", "p99"), _percentiles(times), goals, strict=True):
            about = f"{name}: {what}, {word}"
            yield (
                at_most(about, value, "ms", goal)
                if goal
                else Figure(about, value, "ms", None, None)
            )
    about = f"{name}: resident while asked"
    yield (
        at_most(about, told.resident, "MB", memory)
        if memory
        else Figure(about, told.resident, "MB", None, None)
    )
    yield at_least(f"{name}: hits that are found", _percent(told.hits_found, told.hits), "%", 99)
    yield Figure(
        f"{name}: listed that are candidates", _percent(told.found, told.listed), "%", None, None
    )
    if told.whole:
        share = _percent(told.whole_found, told.whole)
        yield at_least(f"{name}: of what comparing with all finds", share, "%", 99)


def build(size: int, path: Path) -> tuple[float, float]:
    """Compile a list of this size; seconds of CPU, and the most memory in MB."""
    import resource  # not on Windows

    started = time.process_time()
    each = CompiledList(
        code="crowd", title="Crowd", dated=datetime(2026, 1, 1, tzinfo=UTC), edition="", end=0
    )
    compile_file([(each, Crowd().listings(size, SEED))], path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return time.process_time() - started, peak


def ask(size: int, path: Path, queries: int) -> Answers:
    """Ask an opened file, as a process that does nothing else."""
    asked = list(_travellers(size, queries))
    warm = Index.open(path)  # the tables of names are read once in a process
    started = time.perf_counter()
    index = Index.open(path)
    opening = (time.perf_counter() - started) * 1e3
    screening = [_timed(warm.screen, query) for _, _, query in asked]
    finding = [_timed(index.candidates, query) for _, _, query in asked]
    resident = _resident()
    found, hits, hits_found = 0, 0, 0
    for listing, at, query in asked:
        is_candidate = at in index.candidates(query)
        found += is_candidate
        level = compare(
            prepare_query(query, index.lexicon), prepare_listing(listing, index.lexicon)
        ).level
        hits += level in ("strong", "possible")
        hits_found += is_candidate and level in ("strong", "possible")
    whole, whole_found = _compare_whole(index, asked) if size <= COMPARED_WHOLE else (0, 0)
    return Answers(
        opening,
        finding,
        screening,
        len(asked),
        found,
        hits,
        hits_found,
        whole,
        whole_found,
        resident,
    )


def _travellers(size: int, queries: int) -> Iterator[tuple[Listing, int, Query]]:
    chance = random.Random(SEED + 1)  # noqa: S311  no secret
    wanted = set(chance.sample(range(size), min(queries, size)))
    listed = [(at, one) for at, one in enumerate(Crowd().listings(size, SEED)) if at in wanted]
    chance.shuffle(listed)
    for at, listing in listed:
        kind, born = chance.choice(KINDS), chance.random() < BORN
        yield listing, at, disturbed(listing, kind, born=born, chance=chance)


def _compare_whole(index: Index, asked: Asked) -> tuple[int, int]:
    """How many hits comparing with every listing finds, and how many of those the search does."""
    whole = found = 0
    for _, _, query in asked[:WHOLE_QUERIES]:
        ids = {hit.listing.id for hit in index.screen(query)}
        every = [hit for hit in index.screen_all(query) if hit.level != "weak"]
        whole += len(every)
        found += sum(hit.listing.id in ids for hit in every)
    return whole, found


def _timed(do: Callable[[Query], object], query: Query) -> float:
    started = time.process_time()
    do(query)
    return (time.process_time() - started) * 1e3


def _resident() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _percentiles(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=100)[98]


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0


def _in_a_process(*arguments: str) -> tuple[float, float]:
    return msgspec.json.decode(_run(*arguments), type=tuple[float, float])


def _run(*arguments: str) -> bytes:
    """Each list is built and asked by a process of its own: memory is told for that alone."""
    command = [sys.executable, "-m", "bench.screening.scale", "--part", *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.screening.scale", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="20,000 listings")
    parser.add_argument("--listings", type=int, nargs="+", default=LISTINGS)
    parser.add_argument("--part", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        what, size, path, *rest = options.part
        done = (
            build(int(size), Path(path))
            if what == "build"
            else ask(int(size), Path(path), int(rest[0]))
        )
        print(msgspec.json.encode(done).decode())
        return 0
    told = figures(True) if options.quick else measure(tuple(options.listings), QUERIES)
    print_report("Searching large lists", told, options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
