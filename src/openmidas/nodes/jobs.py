"""What a node does by itself from time to time: reports, checks, copies.

Rooms declare their jobs in ``jobs.py``, which their ``apps.py`` imports; the worker runs them, one
after the other, beside its own work::

    @every(timedelta(hours=1), at=NodeKind.POST)
    def report_health() -> None: ...
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta

import msgspec

from openmidas.journal import NodeKind

logger = logging.getLogger(__name__)

Run = Callable[[], None]


class Job(msgspec.Struct, frozen=True):
    """Something to do every so often, at one kind of node or (``at`` None) at both."""

    name: str
    run: Run
    period: timedelta
    at: NodeKind | None


_jobs: list[Job] = []


def every(period: timedelta, *, at: NodeKind | None = None) -> Callable[[Run], Run]:
    """Declare a job. It runs when the worker starts, then so often; it must be harmless to repeat."""

    def declare(run: Run) -> Run:
        _jobs.append(Job(f"{run.__module__}.{run.__name__}", run, period, at))
        return run

    return declare


def jobs_at(kind: NodeKind) -> list[Job]:
    """The jobs of this kind of node."""
    return [job for job in _jobs if job.at in (None, kind)]


class Agenda:
    """When each job is due. Monotonic time: a clock that jumps neither skips a job nor repeats it."""

    def __init__(self, jobs: list[Job]) -> None:
        self._due = {job: time.monotonic() for job in jobs}

    def run_due(self) -> int:
        """Run what is due; how many went well. A job that fails is told and tried again next time."""
        went = 0
        for job, due in self._due.items():
            if time.monotonic() < due:
                continue
            self._due[job] = time.monotonic() + job.period.total_seconds()
            try:
                job.run()
            except Exception:  # whatever goes wrong in one job, the others are done
                logger.exception("the job %s failed", job.name)
            else:
                went += 1
        return went
