"""What every benchmark prints at its end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCHMARK = """
from bench.report import Figure, at_least, at_most, print_report
figures = [
    at_most("scan to findings, median", 151.26, "ms", 150, paper=9000),
    at_least("scans kept", 1000, "scans", 1000),
    Figure("pages", 12, "pages", None, None),
]
print("a line of its own")
print_report("Counter", figures, as_json={as_json})
"""


def printed(*, as_json: bool) -> str:
    code = BENCHMARK.format(as_json=as_json)
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout


def test_programs_get_one_object_on_the_last_line() -> None:
    figures = json.loads(printed(as_json=True).splitlines()[-1])["figures"]
    assert figures[0] == {
        "name": "scan to findings, median",
        "value": 151.26,
        "unit": "ms",
        "goal": "≤ 150",
        "met": False,
        "peers": {"paper": 9000},
    }
    assert figures[1]["met"] is True
    assert figures[2] == {"name": "pages", "value": 12, "unit": "pages", "goal": None, "met": None}


def test_people_get_a_table_with_a_column_for_each_peer() -> None:
    rows = printed(as_json=False).splitlines()
    assert any("paper" in row and "goal" in row for row in rows)
    assert any("151.3" in row and "≤ 150" in row and "no" in row and "9,000" in row for row in rows)
