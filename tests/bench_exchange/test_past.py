"""A clock that is set back: entries and ids are dated by it, and never after the machine's time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from bench.exchange.past import DAY, Clock

ROOT = Path(__file__).parents[2]
SCRIPT = """
from bench.exchange.past import set_back
set_back(10)
import django
django.setup()
from openmidas.journal.models import new_id
from openmidas.exchange.messages import now
print(now(), new_id().int >> 80)
"""


def test_it_runs_behind_and_is_put_forward_up_to_now() -> None:
    clock = Clock(behind=2 * DAY)
    behind = time.time_ns() - clock.time_ns()
    assert abs(behind - 2 * DAY) < DAY / 100
    yesterday = time.time_ns() - DAY
    clock.forward_to(yesterday)
    assert 0 <= clock.time_ns() - yesterday < DAY / 100
    clock.forward_to(yesterday - DAY)
    assert clock.time_ns() >= yesterday, "it never goes back"
    clock.forward_to(time.time_ns() + DAY)
    assert clock.time_ns() <= time.time_ns()


def test_what_a_process_records_is_dated_by_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "openmidas.web.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    ten_days_ago = time.time() - 10 * 24 * 3600
    for said in done.stdout.split():
        assert abs(int(said) / 1000 - ten_days_ago) < 600
