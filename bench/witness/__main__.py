"""``run.py bench witness``: 10,000 random tamperings with journals and the log, and how many are found.

A post, its neighbour and an HQ run as real nodes. One of them is tampered with, proves itself as
`midas journal verify` does, and exchanges; then everything is undone, for the next one. Controls: an
untouched world must show nothing, and without witnesses some must remain unfound.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bench.report import Figure, at_least, at_most, print_report
from bench.witness.world import Result, World, choices

KINDS = ("change", "delete", "insert", "swap", "back-date", "truncate", "old backup", "clone")
WANTED, QUICK = 10_000, 240
CONTROL_EVERY = 100
console = Console(stderr=True)


def main() -> int:
    """Tamper, count, print. Fails where something that must be found was not."""
    parser = argparse.ArgumentParser(prog="run.py bench witness", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} tamperings")
    parser.add_argument("--seed", type=int, default=1, help="which tamperings")
    parser.add_argument("--count", type=int, help="how many tamperings")
    options = parser.parse_args()
    count = options.count or (QUICK if options.quick else WANTED)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="openmidas-witness-") as folder:
        world = World(Path(folder))
        try:
            results, false_alarms = run(world, options.seed, count)
        finally:
            world.end()
    console.print(table(results))
    for missed in [one for one in results if one.must and not one.found][:20]:
        console.print(f"NOT FOUND: {missed}")
    figures = figures_of(results, false_alarms, time.monotonic() - started)
    print_report("witness", figures, options.json)
    return 0 if all(figure.met is not False for figure in figures) else 1


def run(world: World, seed: int, count: int) -> tuple[list[Result], list[str]]:
    """So many tamperings; with every hundredth, and first of all, the control."""
    results: list[Result] = []
    false_alarms: list[str] = []
    # Some choices come to nothing (there is no older signature to cut back to): others take their place.
    wanted = choices(seed, count * 2, KINDS)
    with Progress(console=console) as progress:
        task = progress.add_task("tamperings", total=count)
        while len(results) < count:
            if len(results) % CONTROL_EVERY == 0:
                false_alarms += [code for found in world.untouched() for code in found]
            chosen, side, kind, with_key = next(wanted)
            result = world.tamper(chosen, side, kind, with_key)
            if result is not None:
                results.append(result)
                progress.advance(task)
    return results, false_alarms


def table(results: Iterable[Result]) -> Table:
    """By side, key and kind: how many, found by whom, and how many that may stay unfound did."""
    shown = Table(title="Tamperings", title_justify="left")
    columns = (
        "at",
        "key",
        "kind",
        "done",
        "by its own proof",
        "by others",
        "not found, may be",
        "MISSED",
    )
    for column in columns:
        shown.add_column(column, justify="left" if column in columns[:3] else "right")
    groups: defaultdict[tuple[str, str, str], list[Result]] = defaultdict(list)
    for one in results:
        groups[one.side, "with" if one.with_key else "without", one.kind].append(one)
    for (side, key, kind), of_kind in sorted(groups.items(), key=lambda group: group[0]):
        counts = (
            len(of_kind),
            sum(bool(one.proved) for one in of_kind),
            sum(bool(one.alarmed) and not one.proved for one in of_kind),
            sum(not one.found and not one.must for one in of_kind),
            sum(not one.found and one.must for one in of_kind),
        )
        shown.add_row(side, key, kind, *map(str, counts))
    return shown


def figures_of(results: list[Result], false_alarms: list[str], seconds: float) -> list[Figure]:
    """What is asked, and the controls."""
    must = [one for one in results if one.must]
    missed = sum(not one.found for one in must)
    free = [one for one in results if not one.must]
    without = sum(not one.proved for one in must)
    return [
        at_least("tamperings", len(results), "", 1),
        Figure("of them that must be found", len(must), "", None, None),
        at_most("of those not found", missed, "", 0),
        Figure("an end that nobody had witnessed", len(free), "", None, None),
        Figure("of those found all the same", sum(one.found for one in free), "", None, None),
        at_most("control: alarms where nothing was tampered with", len(false_alarms), "", 0),
        at_least("control: missed if there were no witnesses", without, "", 1),
        Figure("time", seconds, "s", None, None),
    ]


if __name__ == "__main__":
    raise SystemExit(main())
