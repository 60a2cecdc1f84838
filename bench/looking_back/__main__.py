"""``run.py bench looking_back``: new listings against all crossings, as the worker of an HQ does it.

Makes a PostgreSQL, an HQ and its crossings (see `bench.hq.crossings`; the names are those of the
screening benchmark), publishes a list of 20,000 and then its next edition with 100 listings more, of
whom 10 have crossed, and lets the worker's own code look back. By default 200,000 crossings; with
--full 10,000,000, which needs about 8 GB of disk and a quarter of an hour.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.hq.__main__ import telling
from bench.hq.headquarters import enrol_posts, open_headquarters
from bench.report import Figure, at_least, at_most, print_report

SMALL, FULL = 200_000, 10_000_000
KNOWN = 20_000
GOAL_SECONDS = 300.0


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(prog="run.py bench looking_back", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--full", action="store_true", help=f"{FULL:,} crossings")
    parser.add_argument("--crossings", type=int, default=SMALL, help="how many crossings")
    options = parser.parse_args()
    wanted = FULL if options.full else options.crossings
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="openmidas-bench-")))
        url = open_headquarters(folder, stack)
        fill(url, wanted)
        figures = measure()
    print_report("looking back", figures, options.json)


def fill(url: str, wanted: int) -> None:
    """Crossings, and the two editions."""
    from bench.hq import loading
    from bench.looking_back import listed, people
    from openmidas.nodes.services import node_time

    now = node_time()
    enrol_posts(now)
    number = people.people_of(wanted)
    with telling("names", number) as advance:
        people.load_people(url, number, advance)
    with telling("crossings", wanted) as advance:
        loading.load(url, wanted, now, advance, people.statement(number))
    loading.vacuum(url)
    listed.publish_both(KNOWN)


def measure() -> list[Figure]:
    """One looking back, from the moment that the worker finds the edition to the entry that ends it."""
    from openmidas.cases.looking_back.limits import BATCH
    from openmidas.cases.looking_back.models import LaterHit, LookedBack
    from openmidas.cases.looking_back.running import go_on, next_run
    from openmidas.cases.looking_back.searching import search_of

    started, cpu = time.monotonic(), time.process_time()
    run = next_run()
    assert run is not None
    search_of(run.id, run.list_code, run.before)
    prepared, prepared_cpu = time.monotonic() - started, time.process_time() - cpu
    with telling("looking back", run.all) as advance:
        more = True
        while more:
            more = go_on(run)
            advance(BATCH)
    took, used = time.monotonic() - started, time.process_time() - cpu
    done = LookedBack.objects.order_by("-clock")[0]
    planted = LaterHit.objects.filter(listing__startswith="X.").values("listing").distinct()
    millions = done.crossings / 1_000_000
    per_million = (took - prepared) / millions
    return [
        Figure("crossings", done.crossings, "", None, None),
        Figure("new listings", done.listings, "", None, None),
        Figure("time", took, "s", None, None),
        Figure("of which this process computed", used, "s", None, None),
        Figure("making lists and listings ready", prepared, "s", None, None),
        Figure("a million crossings after that", per_million, "s", None, None),
        Figure("of which this process computed", (used - prepared_cpu) / millions, "s", None, None),
        at_most(
            "10 million crossings, at that rate", prepared + 10 * per_million, "s", GOAL_SECONDS
        ),
        at_least("listed who had crossed, found", planted.count(), "", 10),
        Figure("strong hits", done.strong, "", None, None),
        Figure("possible hits", done.possible + done.not_kept, "", None, None),
    ]


if __name__ == "__main__":
    main()
