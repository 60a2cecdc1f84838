"""One long table as XLSX, in a process of its own: how long it takes, and how much memory at most.

``python -m bench.hq.files ROWS``, as the node of ``OPENMIDAS_HOME``.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from itertools import accumulate

import django
import msgspec

ENOUGH = 1.02
"""Days are taken until there are so many times the rows that are wanted."""


class File(msgspec.Struct, frozen=True):
    """What came: rows, bytes, seconds, and the most memory that the process ever took, in MB."""

    rows: int
    size: int
    seconds: float
    memory: float


def make_file(rows: int) -> File:
    """Make a file of about so many rows in a new process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.hq.files", str(rows)], stdout=subprocess.PIPE, check=True
    )
    return msgspec.json.decode(done.stdout, type=File)


def main() -> None:
    """Print what came as JSON."""
    django.setup()
    from django.urls import reverse
    from django.utils.http import urlencode

    from bench.hq.pages import analyst

    start, end, rows = _days_with(int(sys.argv[1]))
    asked = {"start": start, "end": end, "rows": "post", "by": "nationality", "decision": ""}
    client = analyst()
    started = time.perf_counter()
    response = client.get(f"{reverse('flows-long', args=['xlsx'])}?{urlencode(asked)}")
    if response.status_code != 200:
        raise SystemExit(f"the file was refused: {response.status_code}")
    size = sum(len(part) for part in response.streaming_content)  # type: ignore[attr-defined,misc]  # of a file
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.buffer.write(msgspec.json.encode(File(rows, size, seconds, memory)))


def _days_with(rows: int) -> tuple[str, str, int]:
    """The first and the last of the days that together have so many rows, and how many those are."""
    from django.db.models import Count

    from openmidas.flows.models import Span, Tally

    tallies = Tally.objects.filter(facet="n", span=Span.DAY, number__gt=0)
    days = list(tallies.values("start").annotate(rows=Count("id")).order_by("start"))
    for day, sum_of_rows in zip(days, accumulate(day["rows"] for day in days), strict=True):
        if sum_of_rows >= rows * ENOUGH or day is days[-1]:
            return days[0]["start"].isoformat(), day["start"].isoformat(), sum_of_rows
    raise SystemExit("there are no tallies")


if __name__ == "__main__":
    main()
