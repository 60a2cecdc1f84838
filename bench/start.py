"""Seconds from power back to the first crossing, as far as they are the program's.

A post's web server is started as its unit starts it, again and again after `kill -9`, until the
counter of a signed-in officer answers. What the machine needs before that (firmware, kernel, disks,
systemd) is not in it: `systemd-analyze` tells that on each machine.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.report import at_most, print_report
from tests.support.served import ServedPost

LIMIT = 60.0
"""Of all, from power to the first crossing; the machine's own part has to fit into it, too."""


def seconds_to_counter(post: ServedPost, cookie: tuple[str, str]) -> float:
    """From the start of the process to a counter that can be worked at."""
    started = time.monotonic()
    post.start()
    request = urllib.request.Request(  # noqa: S310  our own address
        f"{post.site}/counter/", headers={"Cookie": "=".join(cookie)}
    )
    with urllib.request.urlopen(request, timeout=LIMIT) as page:  # noqa: S310
        if b"counter" not in page.read():
            raise SystemExit("the counter did not answer")
    return time.monotonic() - started


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="run.py bench start")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        post = ServedPost(Path(folder))
        cookie = post.fill()
        times = []
        for _each in range(3 if options.quick else 10):
            try:
                times.append(seconds_to_counter(post, cookie))
            finally:
                post.kill()
    figures = [
        at_most(
            "start of the server to a working counter, median", statistics.median(times), "s", LIMIT
        ),
        at_most("the slowest of them", max(times), "s", LIMIT),
    ]
    print_report("From power back to the first crossing", figures, options.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
