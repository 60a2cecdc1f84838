"""What a node does by itself: when it is due, one failure kept from the others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from openmidas.journal import NodeKind
from openmidas.nodes.jobs import Agenda, Job, every, jobs_at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr("openmidas.nodes.jobs.time.monotonic", lambda: now[0])
    return now


def test_a_job_runs_at_the_start_and_then_so_often(clock: list[float]) -> None:
    ran: list[float] = []
    agenda = Agenda([Job("one", lambda: ran.append(clock[0]), timedelta(minutes=1), None)])
    for second in range(0, 150, 10):
        clock[0] = second
        agenda.run_due()
    assert ran == [0, 60, 120]


def test_a_job_that_fails_is_told_and_the_next_one_runs(
    clock: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    ran: list[str] = []

    def fail() -> None:
        raise ValueError("no disk")

    hour = timedelta(hours=1)
    agenda = Agenda(
        [Job("bad", fail, hour, None), Job("good", lambda: ran.append("x"), hour, None)]
    )
    assert agenda.run_due() == 1
    assert ran == ["x"]
    assert "the job bad failed" in caplog.text


def test_jobs_are_for_one_kind_of_node_or_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openmidas.nodes.jobs._jobs", [])

    @every(timedelta(hours=1), at=NodeKind.POST)
    def report() -> None: ...

    @every(timedelta(hours=1))
    def check() -> None: ...

    assert [job.name.rpartition(".")[2] for job in jobs_at(NodeKind.POST)] == ["report", "check"]
    assert [job.name.rpartition(".")[2] for job in jobs_at(NodeKind.HQ)] == ["check"]
