"""``run.py bench counter``: how fast, and how surely, a traveller gets through the counter.

Starts the demonstration (a post on sealed SQLite, its HQ on PostgreSQL), opens the counter in
Chromium and works as a reader and an officer do. Scans: a third plainly, a third as an AZERTY
workstation turns them, a third with the reader's trailing Enter; every fifth comes before the last
decision was saved. Then the server is killed at random moments, and everything recorded is counted.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path
from threading import Timer

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.progress import Progress

from bench.counter.killing import kill_server, seconds_until_answering
from bench.counter.page import Counter, travellers
from bench.counter.recorded import crossings_by_number
from bench.report import Figure, at_least, at_most, print_report
from openmidas.web.demo.layout import DemoHomes
from openmidas.web.demo.specimens import Specimen
from openmidas.web.demo.starting import start

console = Console(stderr=True)


def main() -> None:
    """Run, print, stop."""
    parser = argparse.ArgumentParser(prog="run.py bench counter", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help="fewer of everything, under a minute")
    options = parser.parse_args()
    scans, kills = (20, 2) if options.quick else (1000, 100)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="openmidas-bench-")))
        homes = start(folder, stack, keep=False)
        playwright = stack.enter_context(sync_playwright())
        counter = Counter(playwright, f"http://{homes.post.config().web}")
        figures = [*measure_speed(counter, homes, scans), *measure_kills(counter, homes, kills)]
        counter.browser.close()
    print_report("counter", figures, options.json)


def measure_speed(counter: Counter, homes: DemoHomes, number: int) -> list[Figure]:
    """Scan and admit; how long each took to be painted, and whether all of them were recorded."""
    people = travellers(number, seed=1)
    to_findings: list[float] = []
    to_ready: list[float] = []
    early: Specimen | None = None
    with Progress(console=console) as progress:
        task = progress.add_task("scans", total=number)
        for count, person in enumerate(people):
            if early is None:
                counter.scan(person.mrz(), azerty=count % 3 == 1, enter=count % 3 == 2)
                counter.wait("standing")
                to_findings.append(counter.milliseconds())
            early = people[count + 1] if count % 5 == 3 and count + 1 < number else None
            counter.press("F4")
            if early is not None:
                counter.scan(early.mrz())  # the next passport, before this decision is saved
                _wait_for_next(counter, person)
            else:
                counter.wait("idle")
                to_ready.append(counter.milliseconds())
            progress.advance(task)
    tally = crossings_by_number(homes.post)
    lost = sum(tally[person.number] == 0 for person in people)
    doubled = sum(tally[person.number] > 1 for person in people)
    return [
        at_most("scan to findings, median", statistics.median(to_findings), "ms", 150),
        at_most("scan to findings, p95", _percentile(to_findings, 95), "ms", 500),
        at_most("decision to ready, median", statistics.median(to_ready), "ms", 300),
        at_most("decision to ready, p95", _percentile(to_ready, 95), "ms", 1000),
        at_most(f"scans lost of {number}", lost, "", 0),
        at_most(f"scans doubled of {number}", doubled, "", 0),
    ]


def measure_kills(counter: Counter, homes: DemoHomes, number: int) -> list[Figure]:
    """Kill the server at random moments of a traveller; the page must bring everybody through."""
    chance = random.Random(2)  # noqa: S311  a repeatable choice, not a secret
    people = travellers(number, seed=2)
    killed: list[int] = []

    def kill() -> None:
        killed.append(kill_server(homes.post))

    with Progress(console=console) as progress:
        task = progress.add_task("kills", total=number)
        for person in people:
            killer = Timer(chance.uniform(0, 1.2), kill)
            killer.start()
            counter.scan(person.mrz())
            counter.wait("standing", seconds=60)
            counter.press("F4")
            counter.wait("idle", seconds=60)
            killer.join()
            seconds_until_answering(homes.post)
            progress.advance(task)
    tally = crossings_by_number(homes.post)
    return [
        at_least("times the server was killed", sum(map(bool, killed)), "", number),
        at_most(
            f"crossings lost over {number} kills", sum(tally[p.number] == 0 for p in people), "", 0
        ),
        at_most(
            f"crossings doubled over {number} kills",
            sum(tally[p.number] > 1 for p in people),
            "",
            0,
        ),
        at_most("killed to the same traveller on the page", _restored(counter, homes), "s", 10),
    ]


def _restored(counter: Counter, homes: DemoHomes) -> float:
    """Kill between scan and decision, reload the page: the slowest of three."""
    slowest = 0.0
    for person in travellers(3, seed=3):
        counter.scan(person.mrz())
        counter.wait("standing")
        ids = counter.lane()["ids"]
        kill_server(homes.post)
        slowest = max(slowest, seconds_until_answering(homes.post))
        counter.open()
        if counter.lane()["ids"] != ids:
            raise RuntimeError("another traveller stands at the lane after the restart")
        counter.press("F10")
        counter.wait("idle")
    return slowest


def _wait_for_next(counter: Counter, before: Specimen) -> None:
    """Until the traveller who was scanned early stands at the lane."""
    for _ in range(3000):
        text = counter.page.inner_text("#lane")
        if before.number not in text and counter.lane()["state"] != "idle":
            return
        counter.page.wait_for_timeout(10)
    raise TimeoutError("the scan that came early was not shown")


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    main()
