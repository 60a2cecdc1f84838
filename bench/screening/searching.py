"""The processes of `scale`: one compiles a list of invented listings, another is asked.

Each does nothing else, so that its memory is what that takes. Times are told twice: what the processor
took (which holds when others use the machine, too, as far as caches are not shared) and what passed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import msgspec

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

COMPARED_WHOLE = 20_000
"""Lists up to this size are compared whole for some queries."""
WHOLE_QUERIES = 20
BORN = 0.75
SEED = 41

A = TypeVar("A")
B = TypeVar("B")
Asked = list[tuple[Listing, int, Query]]


class Took(msgspec.Struct, frozen=True):
    """Milliseconds of the processor, and on the clock."""

    cpu: float
    wall: float


class Screened(msgspec.Struct, frozen=True):
    """One query: how it was disturbed, whether with a birth, what finding candidates and all of it took.

    `compared`: how many candidates there were, `hits` of them.
    """

    kind: str
    born: bool
    finding: Took
    all: Took
    compared: int
    hits: int


class Answers(msgspec.Struct, frozen=True):
    """What the process that asks tells: milliseconds, how many, and its memory in MB."""

    opening: Took
    queries: list[Screened]
    listed: int
    found: int
    hits: int
    hits_found: int
    whole: int
    whole_found: int
    resident: float


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
    kinds, asked = zip(*_travellers(size, queries), strict=True)
    Index.open(path).screen(
        Query(surname="SOMEBODY")
    )  # the tables of names are read once in a process
    opening, index = _timed(Index.open, path)
    screened = [_timed(index.screen, query) for _, _, query in asked]
    again = Index.open(path)
    finding = [_timed(again.candidates, query) for _, _, query in asked]
    resident = _resident()
    found, hits, hits_found = 0, 0, 0
    for (listing, at, query), (_, candidates) in zip(asked, finding, strict=True):
        level = compare(
            prepare_query(query, index.lexicon), prepare_listing(listing, index.lexicon)
        ).level
        found += at in candidates
        hits += level in ("strong", "possible")
        hits_found += at in candidates and level in ("strong", "possible")
    whole, whole_found = _compare_whole(index, list(asked)) if size <= COMPARED_WHOLE else (0, 0)
    told = [
        Screened(kind, query.birth is not None, first, both, len(candidates), len(met))
        for kind, (_, _, query), (first, candidates), (both, met) in zip(
            kinds, asked, finding, screened, strict=True
        )
    ]
    return Answers(opening, told, len(asked), found, hits, hits_found, whole, whole_found, resident)


def _travellers(size: int, queries: int) -> Iterator[tuple[str, tuple[Listing, int, Query]]]:
    chance = random.Random(SEED + 1)  # noqa: S311  no secret
    wanted = set(chance.sample(range(size), min(queries, size)))
    listed = [(at, one) for at, one in enumerate(Crowd().listings(size, SEED)) if at in wanted]
    chance.shuffle(listed)
    for at, listing in listed:
        kind, born = chance.choice(KINDS), chance.random() < BORN
        yield kind, (listing, at, disturbed(listing, kind, born=born, chance=chance))


def _compare_whole(index: Index, asked: Asked) -> tuple[int, int]:
    """How many hits comparing with every listing finds, and how many of those the search does."""
    whole = found = 0
    for _, _, query in asked[:WHOLE_QUERIES]:
        ids = {hit.listing.id for hit in index.screen(query)}
        every = [hit for hit in index.screen_all(query) if hit.level != "weak"]
        whole += len(every)
        found += sum(hit.listing.id in ids for hit in every)
    return whole, found


def _timed(do: Callable[[A], B], what: A) -> tuple[Took, B]:
    started, clock = time.process_time(), time.perf_counter()
    done = do(what)
    return Took((time.process_time() - started) * 1e3, (time.perf_counter() - clock) * 1e3), done


def _resident() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
