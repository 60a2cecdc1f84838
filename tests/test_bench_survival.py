"""Short forms of `run.py bench survival`: a few seeds, cuts and kills, and controls that must lose.

What is found here is told by its seed: `run.py bench survival --seed N` plays it again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from bench.report import Report
from bench.survival.histories import REAL_FROM, in_memory, on_real_stores
from bench.survival.simulation.controls import CONTROLS
from bench.survival.simulation.history import History, Outcome, Plan
from bench.survival.tally import State

ROOT = Path(__file__).parents[1]
OWN_DATABASES = "its nodes have SQLite, whatever the tests run on"
pytestmark = pytest.mark.skipif("OPENMIDAS_TEST_DATABASE" in os.environ, reason=OWN_DATABASES)
SHORT = Plan(posts=3, days=10)
RISKY = Plan(posts=4, days=16, risk=0.05)


def whole(outcome: Outcome) -> None:
    """Seen to be without any fault."""
    assert outcome.found.wrong == 0, (outcome.seed, outcome.found)
    assert outcome.entries > SHORT.posts * SHORT.days * 15
    assert outcome.cuts > 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_histories_end_with_equal_journals(seed: int) -> None:
    whole(in_memory(seed, SHORT))


def test_a_seed_makes_the_same_history_again() -> None:
    first, second = (in_memory(7, RISKY, tell=True) for _ in range(2))
    assert first.told
    assert (first.digest, first.told) == (second.digest, second.told)
    assert first.digest != in_memory(8, RISKY).digest


@pytest.mark.parametrize("name", CONTROLS)
def test_a_store_with_a_fault_is_found_out(name: str) -> None:
    store, count = CONTROLS[name]
    assert count(History(1, RISKY, store).run().found) > 0


@pytest.mark.long
@pytest.mark.django_db
def test_histories_on_real_stores_end_with_equal_journals_and_tables() -> None:
    whole(on_real_stores(REAL_FROM, SHORT))


@pytest.mark.long
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("harness", "amount"),
    [
        ("torn-writes", 40),
        ("power-cuts", 2),
        ("kills", 10),
        ("failing-disks", 3),
        ("wrong-clocks", 1),
    ],
)
def test_real_processes_lose_nothing_unless_they_have_a_fault(harness: str, amount: int) -> None:
    line = [sys.executable, "-m", "bench.survival", "--json", "--only", harness]
    done = subprocess.run(
        [*line, "--amount", str(amount)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    figures = msgspec.json.decode(done.stdout.splitlines()[-1], type=Report).figures
    if "not run" in figures[0].name:
        pytest.skip(figures[0].name)
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(figure.met is not False for figure in figures)
    assert any("control" in figure.name for figure in figures)


def test_a_long_form_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    state = State(path)
    state.of("kills").add({"lost": 1, "kills": 2}, ["seed 1: one lost"])
    state.save()
    tally = State(path).of("kills")
    tally.add({"lost": 0, "kills": 3}, [])
    assert (tally.done, tally.counts, tally.words) == (
        2,
        {"lost": 1, "kills": 5},
        ["seed 1: one lost"],
    )
