"""``run.py bench screening``: who finds listed travellers, at what price in innocent ones stopped.

Ours beside nomenklatura's logic-v2 and logic-v1, rapidfuzz's token-sort and jellyfish's Jaro-Winkler:
the same travellers, candidates and machine, one after the other. The region's travellers and lists
are made (docs/screening-data.md), the United Nations list is the real one. Peers get an environment of
their own on first use; where that cannot be made, the table does without them and says so.
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.report import Figure, print_report
from bench.screening import (
    answer_figures,
    pair_figures,
    pairs,
    recall_figures,
    travellers,
    united_nations,
    world_names,
)
from bench.screening.child import Advance, MatcherError
from bench.screening.generator import make_world
from bench.screening.reckoning import Bin
from bench.screening.setting import (
    CHANCE,
    FULL,
    OURS,
    PEERS,
    QUICK,
    TEST_SEEDS,
    TUNING_SEEDS,
    Bench,
    peers_that_can,
)

console = Console(stderr=True)


def main() -> int:
    """Measure what was asked for, and print it."""
    options = _options()
    started = time.monotonic()
    names = [] if options.without_peers else [name for name in PEERS if name in options.peer]
    lines, missing = peers_that_can(names)
    seeds = options.seed or (TUNING_SEEDS if options.tuning else TEST_SEEDS)
    bench = Bench(
        sizes=QUICK if options.quick else FULL,
        seeds=seeds[:1] if options.quick else seeds,
        all_names=not options.tuning,
        telling=telling,
        ours=CHANCE if options.chance else OURS,
        peers=lines,
        misses=options.misses,
    )
    figures = _settings(bench, missing)
    try:
        for section in options.only or SECTIONS:
            if section in ELSEWHERE:
                figures += elsewhere(section, options.quick)
            else:
                figures += SECTIONS[section](bench)
    except MatcherError as error:
        console.print(f"A matcher's process ended: {error}", markup=False, soft_wrap=True)
        return 1
    figures.append(Figure("time of this run", time.monotonic() - started, "s", None, None))
    print_report("screening", figures, options.json)
    return 0


def of_travellers(bench: Bench) -> list[Figure]:
    """The generator's listed and innocent travellers."""
    rounds = [travellers.measure(bench, seed) for seed in bench.seeds]
    _tell_misses(bench, rounds[0])
    bins, calibrated = answer_figures.calibration(rounds)
    console.print(_reliability(bins))
    return [*recall_figures.of_travellers(rounds), *calibrated, *answer_figures.cost(rounds)]


def of_nations(bench: Bench) -> list[Figure]:
    """The aliases of the United Nations list, among other travellers.

    Half of them are of the region, half of the world where its names are at hand.
    """
    count = bench.sizes.strangers
    seed = bench.seeds[0]
    regional = make_world(seed, listings=3000, innocent=count, each_kind=1, all_names=True).innocent
    chance = Random(seed)  # noqa: S311  repeatable, no secret
    worldwide = world_names.travellers(chance, count // 2)
    innocent = [*worldwide, *regional[: count - len(worldwide)]]
    world = united_nations.with_innocents(united_nations.aliases(), innocent)
    one = travellers.compare(bench, world, "United Nations", shown=count, names_too=False)
    variants = travellers.places_by(world, "kind")[united_nations.VARIANT]
    return recall_figures.of_nations(one, variants, len(worldwide))


def of_pairs(bench: Bench) -> list[Figure]:
    """Whether two records are one person."""
    return pair_figures.of_pairs(pairs.measure(bench))


def of_time(bench: Bench) -> list[Figure]:
    """Pairs a second."""
    return pair_figures.of_time(pairs.time(bench))


SECTIONS: dict[str, Callable[[Bench], list[Figure]]] = {
    "travellers": of_travellers,
    "nations": of_nations,
    "pairs": of_pairs,
    "time": of_time,
}

ELSEWHERE = {"scale": "bench.screening.scale", "numbers": "bench.lost.figures"}
"""Parts that take long and have no peer; measured when they are asked for."""


def elsewhere(section: str, quick: bool) -> list[Figure]:
    """The figures of a part that another module measures."""
    found: list[Figure] = importlib.import_module(ELSEWHERE[section]).figures(quick)
    return found


@contextmanager
def telling(what: str, length: int) -> Iterator[Advance]:
    """A progress bar on standard error."""
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(what, total=length)
        yield lambda number: progress.advance(task, number)


def _settings(bench: Bench, missing: str) -> list[Figure]:
    """What the figures below were taken with, and which peers could not be had."""
    sizes = bench.sizes
    return [
        *([Figure(missing, None, "", None, None)] if missing else []),
        *(Figure("seed", seed, "", None, None) for seed in bench.seeds),
        Figure("listings", sizes.listings, "", None, None),
        Figure("listed travellers, of each of 14 kinds", sizes.each_kind, "", None, None),
        Figure("innocent travellers", sizes.innocent, "", None, None),
        Figure("innocent travellers shown to peers", sizes.innocent_for_peers, "", None, None),
    ]


def _tell_misses(bench: Bench, one: travellers.Round) -> None:
    for kind, lines in travellers.missed(one, recall_figures.TENTH).items():
        for line in lines[: bench.misses]:
            console.print(f"{kind}: {line}", markup=False, highlight=False, soft_wrap=True)


def _reliability(bins: list[Bin]) -> Table:
    table = Table(title="Of hits said to be so sure, how many are right", title_justify="left")
    for column in ("said", "on average", "right", "hits"):
        table.add_column(column, justify="right")
    for one in bins:
        said = f"{one.low:.0%} to {one.high:.0%}"
        table.add_row(said, f"{one.said:.1%}", f"{one.right:.1%}", f"{one.hits:,.0f}")
    return table


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py bench screening", description=__doc__)
    add = parser.add_argument
    add("--json", action="store_true", help="one JSON object on the last line")
    add("--quick", action="store_true", help="one seed, and fewer of everything")
    add(
        "--only",
        action="append",
        choices=[*SECTIONS, *ELSEWHERE],
        help="this part (may be repeated)",
    )
    add("--seed", action="append", type=int, help="another seed than those kept for testing")
    add("--tuning", action="store_true", help="seeds to tune with, and three quarters of the names")
    add("--peer", action="append", choices=PEERS, help="this peer alone (may be repeated)")
    add("--without-peers", action="store_true", help="ours alone")
    add("--misses", type=int, default=0, help="tell of so many of each kind missed at 0.1 %%")
    add("--chance", action="store_true", help="a control: chance answers in place of ours")
    options = parser.parse_args()
    options.peer = options.peer or list(PEERS)
    return options


if __name__ == "__main__":
    raise SystemExit(main())
