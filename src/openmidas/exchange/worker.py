"""The third process of a node: lets the tables follow the journals that were copied. ``midas worker``."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from datetime import UTC, datetime
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from django.db.models import F

from openmidas.journal.following import project_all
from openmidas.journal.models import Journal
from openmidas.journal.partitions import add_partitions
from openmidas.journal.quarantine import Aside, retry_quarantined
from openmidas.nodes.identity import this_node
from openmidas.nodes.jobs import Agenda, jobs_at
from openmidas.nodes.quarantine import carry_on

logger = logging.getLogger(__name__)

IDLE_SECONDS = 0.5
BUSY_SECONDS = 5.0
"""How long to wait after the database failed."""
NICE = 5
"""How much less of a busy processor the worker of an HQ asks for than others do."""
DAY = 24 * 3600
LOOK_AT_AGENDA = 1.0
JOBS_GRACE = 5.0
"""Seconds that a job may take to end before the worker goes without it."""


def run_worker() -> None:
    """Follow the journals until told to stop (SIGTERM, SIGINT). Raises `NodeMissing`."""
    if this_node().is_hq:
        _give_way()
    stop = _stop_event()
    aside: Aside | None = None
    retrying = True
    partitions_due = 0.0
    logger.info("the worker has started")
    jobs = threading.Thread(target=_run_jobs, args=(stop,), name="jobs", daemon=True)
    jobs.start()
    try:
        while not stop.is_set():
            pause = IDLE_SECONDS
            try:
                if retrying:
                    aside = retry(aside)
                    retrying = aside is not None
                if time.monotonic() >= partitions_due:
                    add_partitions(datetime.now(UTC))
                    partitions_due = time.monotonic() + DAY
                if run_once() + carry_on():
                    pause = 0.0
            except DatabaseError as error:
                logger.warning("the database is busy: %s", error)
                pause = BUSY_SECONDS
            finally:
                close_old_connections()
            stop.wait(pause)
    finally:
        connections.close_all()
        jobs.join(timeout=JOBS_GRACE)
        logger.info("the worker has stopped")


def run_once() -> int:
    """Let the tables follow every copied journal by one batch; how many entries were taken.

    One batch each, so that no post with a long backlog keeps the others' news back. Of one node a
    later epoch waits for the one before. Our own closed epochs are followed as well: a restored
    node gets entries of them back from its peers.
    """
    node = this_node()
    copied = Journal.objects.exclude(node=node.id, epoch=node.epoch).order_by("node", "epoch")
    pending: dict[UUID, Journal] = {}
    for journal in copied.filter(projected__lt=F("sequence")):
        pending.setdefault(journal.node, journal)
    return project_all(list(pending.values()))


def _give_way() -> None:
    """Receipts and pages come first where there are not processors for all: tables may follow later."""
    if hasattr(os, "nice"):  # Windows has none
        os.nice(NICE)


def _run_jobs(stop: threading.Event) -> None:
    """Do what the rooms have declared, in a thread of its own: a long job keeps no news back."""
    agenda = Agenda(jobs_at(this_node().kind))
    while not stop.is_set():
        agenda.run_due()
        close_old_connections()
        stop.wait(LOOK_AT_AGENDA)
    connections.close_all()


def retry(after: Aside | None = None) -> Aside | None:
    """Try again some of what was set aside: an upgrade may have taught us the kind.

    Where to go on, None at the end: the journals are followed in between.
    """
    _tried, mended, ended = retry_quarantined(after)
    if mended:
        logger.info("%d entries were taken out of quarantine", mended)
    return ended


def _stop_event() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: stop.set())
    return stop
