"""How fast, how large and how complete the search is among a million listings, and five.

    python -m bench.screening.scale [--quick] [--json] [--listings 1000000 5000000]

Listings are invented (`crowd`), compiled into a file and asked for from a process of its own
(`searching`): each query is a listed person, exact or disturbed in one of eight ways, three in four
with a birth. The goals are for the time that the processor takes, which other work on the machine
changes less; what passed on the clock stands beside it. How many are found is told of those whom
comparing alone calls a strong or possible hit, for no search finds others; and for some queries the
whole list is compared.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from bench.report import Figure, at_least, at_most, print_report
from bench.screening.searching import Answers, Screened, Took, ask, build

QUICK = 20_000
LISTINGS = (1_000_000, 5_000_000)
QUERIES, QUERIES_QUICK = 1500, 300
GOALS = {1_000_000: (2.5, 5.0, 150, 350), 5_000_000: (None, 8.0, 600, None)}
"""By listings: ms at the median, ms at the 99th percentile, MB on disk, MB resident."""

GROUPS: tuple[tuple[str, Callable[[Screened], bool]], ...] = (
    ("with a birth", lambda one: one.born),
    ("without", lambda one: not one.born),
    ("cut off", lambda one: one.kind == "cut"),
)
"""Queries that take longer than others, or less."""


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
    yield at_most(f"{name}: opening", told.opening.wall, "ms", 100)
    yield from _times(f"{name}: finding candidates", (one.finding for one in told.queries))
    yield from _times(f"{name}: all of a query", (one.all for one in told.queries), median, slow)
    for group, belongs in GROUPS:
        some = [one for one in told.queries if belongs(one)]
        yield from _of_processor(f"{name}: {group}", [one.all.cpu for one in some])
        compared = statistics.fmean(one.compared for one in some)
        hits = statistics.fmean(one.hits for one in some)
        yield Figure(f"{name}: {group}, compared on average", compared, "", None, None)
        yield Figure(f"{name}: {group}, hits on average", hits, "", None, None)
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


def _times(
    about: str, took: Iterable[Took], median: float | None = None, slow: float | None = None
) -> Iterator[Figure]:
    """Median and 99th percentile, of the processor (with goals) and of the clock."""
    cpu, wall = zip(*((one.cpu, one.wall) for one in took), strict=True)
    yield from _of_processor(about, cpu, median, slow)
    for word, value in zip(("p50", "p99"), _percentiles(wall), strict=True):
        yield Figure(f"{about}, {word} on the clock", value, "ms", None, None)


def _of_processor(
    about: str, times: Sequence[float], median: float | None = None, slow: float | None = None
) -> Iterator[Figure]:
    for word, value, goal in zip(("p50", "p99"), _percentiles(times), (median, slow), strict=True):
        name, unit = f"{about}, {word}", "ms of CPU"
        yield at_most(name, value, unit, goal) if goal else Figure(name, value, unit, None, None)


def _percentiles(times: Sequence[float]) -> tuple[float, float]:
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
