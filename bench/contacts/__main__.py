"""``run.py bench contacts``: from one case to everybody who travelled with them, over a year of crossings.

An HQ of a hundred posts on PostgreSQL (see `bench.hq`), and a post on SQLite at 800 travellers a day. The
cases are those whose document crossed most often within 21 days, and as many others; every bus has its
passengers. Asked is what the page asks: the crossings of the case, how many contacts, and all of them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import msgspec

from bench.report import Figure, Report, at_least, print_report

WANTED, QUICK = 10_000_000, 200_000
AT_POST, QUICK_AT_POST = 292_000, 60_000


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(prog="run.py bench contacts", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK:,} crossings at the HQ")
    parser.add_argument("--post", action="store_true", help="the post alone")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="openmidas-bench-")))
        if options.post:
            figures = at_post(folder, QUICK_AT_POST if options.quick else AT_POST)
        else:
            figures = at_hq(folder, stack, QUICK if options.quick else WANTED)
            figures += _post_alone(quick=options.quick)
    print_report("contacts", figures, options.json)


def at_hq(folder: Path, stack: ExitStack, wanted: int) -> list[Figure]:
    """The HQ, with so many crossings of a hundred posts."""
    from bench.hq.headquarters import enrol_posts, open_headquarters

    url = open_headquarters(folder, stack)
    from bench.contacts.asking import measure
    from bench.hq import loading
    from bench.hq.crossings import COLUMNS, insert
    from openmidas.nodes.services import node_time

    now = node_time()
    enrol_posts(now)
    # Who comes by bus within one hour at one post came with one bus.
    bus = (
        f"CASE WHEN {COLUMNS['conveyance']} = 'bus' "
        "THEN md5(p::text || date_trunc('hour', at)::text)::uuid END"
    )
    statement = insert(COLUMNS | {"conveyance_id": bus})
    made = loading.load(url, wanted, now, lambda _number: None, statement)
    loading.vacuum(url)
    return [at_least("HQ, crossings of a year", made, "", wanted), *measure("HQ")]


def at_post(folder: Path, wanted: int) -> list[Figure]:
    """A post, with so many crossings of its own."""
    from bench.contacts.post import fill, open_post

    open_post(folder)
    from bench.contacts.asking import measure

    made = fill(wanted)
    return [at_least("post, crossings of a year", made, "", wanted), *measure("post")]


def _post_alone(*, quick: bool) -> list[Figure]:
    """The post's figures, from a process of its own: one process is one node."""
    command = [sys.executable, "-m", "bench.contacts", "--post", "--json"]
    done = subprocess.run(
        [*command, *(["--quick"] if quick else [])], stdout=subprocess.PIPE, text=True, check=True
    )
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Report).figures


if __name__ == "__main__":
    main()
