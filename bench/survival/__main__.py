"""``run.py bench survival``: power cuts, kills, full disks and wrong clocks, and what they cost.

Each harness tries to lose what was acknowledged, or to have it twice, and has controls: the same
with a fault put in on purpose, which must lose something. A control that loses nothing proves that
its harness is blind. The long form takes hours: with ``--state FILE`` it can be stopped at any
moment and started again. ``--seed N`` plays one history of the simulation again and tells it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bench.report import Figure, at_least, at_most, print_report
from bench.survival.setting import set_up
from bench.survival.tally import Harness, State, Tally

console = Console(stderr=True)
SAVE_SECONDS = 5.0
NOTHING = ("lost", "doubled", "reordered", "misrouted", "different", "damaged")
NOTHING_EITHER = ("clocks not flagged", "clocks dragged")


def main() -> int:
    """Run, print; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="run.py bench survival", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help="little of each, under two minutes")
    parser.add_argument("--state", type=Path, help="go on from this file, and keep it up to date")
    parser.add_argument("--only", action="append", help="run this harness; may be given again")
    parser.add_argument("--amount", type=int, help="run so many of each, whatever the form says")
    parser.add_argument("--seed", type=int, help="play one history again, and tell all of it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="openmidas-survival-") as folder:
        set_up(Path(folder))
        if options.seed is not None:
            return play_again(options.seed)
        return run_all(options)


def run_all(options: argparse.Namespace) -> int:
    """Run what was chosen."""
    from bench.survival.harnesses import all_harnesses

    state, figures = State(options.state), list[Figure]()
    harnesses = all_harnesses(quick=options.quick)
    known = [harness.name for harness in harnesses]
    if wrong := set(options.only or ()) - set(known):
        raise SystemExit(f"There is no {', '.join(wrong)}. There are: {', '.join(known)}.")
    for harness in harnesses:
        if options.only and harness.name not in options.only:
            continue
        amounts = harness.amounts
        wanted = options.amount or (amounts.quick if options.quick else amounts.whole)
        if reason := harness.why_not():
            console.print(f"{harness.name}: not run here. {reason}", soft_wrap=True)
            figures.append(Figure(f"{harness.name}: not run ({reason})", None, "", None, None))
            continue
        figures += run_one(harness, wanted, state)
    print_report("survival", figures, options.json)
    return int(any(figure.met is False for figure in figures))


def run_one(harness: Harness, wanted: int, state: State) -> list[Figure]:
    """Run one harness up to what is wanted of it, and its controls."""
    tally = state.of(harness.name)
    if not tally.controls:
        tally.controls = harness.controls()
        state.save()
    saved = started = time.monotonic()
    before = tally.seconds
    with Progress(console=console) as progress:
        task = progress.add_task(harness.name, total=wanted, completed=tally.done)
        for one in harness.run(tally.done, max(0, wanted - tally.done)):
            tally.add(one.counts, one.words)
            tally.seconds = before + time.monotonic() - started
            progress.advance(task)
            if time.monotonic() - saved > SAVE_SECONDS:
                saved = time.monotonic()
                state.save()
    state.save()
    for words in tally.words:
        console.print(f"{harness.name}: {words}", soft_wrap=True)
    return figures_of(harness, tally, wanted)


def figures_of(harness: Harness, tally: Tally, wanted: int) -> list[Figure]:
    """What is told of one harness."""
    name = harness.name
    figures = [at_least(f"{name}: {harness.unit}", tally.done, "", wanted)]
    for what, number in tally.counts.items():
        if what in NOTHING or what in NOTHING_EITHER:
            figures.append(at_most(f"{name}: {what}", number, "", 0))
        else:
            figures.append(Figure(f"{name}: {what}", number, "", None, None))
    if tally.done:
        each = tally.seconds / tally.done
        figures.append(Figure(f"{name}: time for each", each, "s", None, None))
    for control, number in tally.controls.items():
        figures.append(at_least(f"{name}, control: {control}", number, "", 1))
    return figures


def play_again(seed: int) -> int:
    """Tell one history, line by line."""
    from bench.survival.histories import REAL_FROM, WHOLE, in_memory, on_real_stores

    play = on_real_stores if seed >= REAL_FROM else in_memory
    outcome = play(seed, WHOLE, tell=True)
    for line in [*outcome.told, *outcome.found.words]:
        print(line)
    print(f"seed {seed}, {outcome.entries} entries, digest {outcome.digest}")
    return int(outcome.found.wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
