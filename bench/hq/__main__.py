"""``run.py bench hq``: a headquarters of a hundred posts after a year of ten million crossings.

Makes a PostgreSQL, an HQ and its crossings (see `bench.hq.crossings`), counts them by the project's
own recount, finds who is in the country, and asks for every page and every flow table as an
analyst's browser does. It needs about 12 GB of disk; with --quick, 200,000 crossings are made and
every seventh table is asked for.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bench.hq.files import make_file
from bench.hq.headquarters import POSTS, enrol_posts, open_headquarters
from bench.report import Figure, at_least, at_most, print_report

console = Console(stderr=True)
WANTED, QUICK = 10_000_000, 200_000
SHEET_ROWS = 100_000


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(prog="run.py bench hq", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} crossings")
    options = parser.parse_args()
    wanted, times = (QUICK, 3) if options.quick else (WANTED, 4)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="openmidas-bench-")))
        url = open_headquarters(folder, stack)
        tables = slice(None, None, 7 if options.quick else 1)
        figures = [*fill(url, wanted), *prove(), *measure_pages(times, tables), *measure_files()]
    print_report("hq", figures, options.json)


def fill(url: str, wanted: int) -> list[Figure]:
    """Crossings, tallies, presences: as if a year of journals had arrived."""
    from bench.hq import loading, stays
    from openmidas.flows.checking import months_to_check, recount, steps
    from openmidas.nodes.services import node_time

    started = time.monotonic()
    now = node_time()
    enrol_posts(now)
    with telling("crossings", wanted) as advance:
        made = loading.load(url, wanted, now, advance)
    loaded = time.monotonic() - started
    loading.check_sample()
    loading.vacuum(url)
    months = months_to_check()
    with telling("tallies", steps(len(months))) as advance:
        recount(months, advance)
    with telling("presences", None):
        present = stays.load_stays(url)
        loading.keep_notables()
        loading.vacuum(url)
        stays.check_sample()
        stays.compare_once()
    return [
        at_least("crossings loaded", made, "", wanted),
        at_least("posts", len(POSTS), "", 100),
        Figure("documents in the country", present, "", None, None),
        Figure("loading the crossings", loaded, "s", None, None),
        Figure("everything before the first page", time.monotonic() - started, "s", None, None),
    ]


def prove() -> list[Figure]:
    """Every roll-up against a fresh count of the crossings."""
    from openmidas.flows.checking import check, months_to_check, steps
    from openmidas.flows.models import Tally

    months = months_to_check()
    started = time.monotonic()
    with telling("proof", steps(len(months))) as advance:
        checked = check(months, advance)
    return [
        Figure("roll-ups", Tally.objects.count(), "", None, None),
        at_most("roll-ups that differ from the crossings", checked.differences, "", 0),
        Figure("proving all of them", time.monotonic() - started, "s", None, None),
    ]


def measure_pages(times: int, tables: slice) -> list[Figure]:
    """Each page and each of these flow tables, so many times."""
    from bench.hq import pages
    from openmidas.api.rate import RATE
    from openmidas.nodes.services import node_day

    RATE.most = 10**9  # what is measured is how fast, not how often
    today, post = node_day(), str(POSTS[40])
    flows = list(pages.flow_tables(today, post))
    measured = []
    for client, asked in (
        (pages.analyst(), [*pages.pages(today, post), *flows[tables]]),
        (pages.system(), list(pages.api(today, post))),
    ):
        with telling("pages", len(asked) * times) as advance:
            measured += pages.measure(client, asked, times, advance)
    for one in measured:
        console.print(f"slowest: {max(one.values):,.0f} ms {one.slowest}", soft_wrap=True)
    return [figure for one in measured for figure in one.figures()]


def measure_files() -> list[Figure]:
    """An XLSX of many rows, and of a tenth of them: the memory must be the same."""
    few, many = make_file(SHEET_ROWS // 10), make_file(SHEET_ROWS)
    return [
        at_least("XLSX, rows", many.rows, "", SHEET_ROWS),
        at_most("XLSX, time", many.seconds, "s", 20),
        Figure("XLSX, size", many.size / 2**20, "MB", None, None),
        Figure("XLSX, memory of the whole process", many.memory, "MB", None, None),
        at_most("XLSX, more memory for ten times the rows", many.memory - few.memory, "MB", 16),
    ]


@contextmanager
def telling(what: str, steps: int | None) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error."""
    with Progress(console=console) as progress:
        task = progress.add_task(what, total=steps)
        yield lambda number: progress.advance(task, number)
        progress.update(task, total=1, completed=1)


if __name__ == "__main__":
    main()
