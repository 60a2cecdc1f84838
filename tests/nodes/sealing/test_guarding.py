"""The processes of a post wait while it is shut, end when it is shut again, and keep no key then."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from openmidas.nodes.home import NodeHome
from openmidas.nodes.sealing import guarding
from openmidas.nodes.sealing.guarding import end_when_shut, keep_no_key
from openmidas.nodes.sealing.lease import LEASE, Lease, now, write_lease
from openmidas.nodes.sealing.memory import read_key
from openmidas.nodes.sealing.standing import Standing, State, standing
from tests.support.sealing import seal_post

SECONDS = 10


@pytest.fixture
def ended(home: NodeHome, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set once this process would be ended; it looks often."""
    told = threading.Event()
    monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
    monkeypatch.setattr(guarding, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(
        guarding.os, "kill", lambda *said: told.set() if said == (0, signal.SIGTERM) else None
    )
    monkeypatch.setattr(guarding.os, "getpid", lambda: 0)
    return told


def lapse(home: NodeHome) -> None:
    write_lease(home, Lease(at=now() - 2000, until=now() - 1000))


def test_it_ends_when_the_lease_has_run_out_and_the_key_is_forgotten(
    home: NodeHome, ended: threading.Event
) -> None:
    seal_post(home)
    end_when_shut()
    assert not ended.wait(0.1)
    lapse(home)
    assert ended.wait(SECONDS)
    assert read_key(home.config().id) is None


def test_a_file_that_does_not_answer_for_a_moment_does_not_end_the_watch(
    home: NodeHome, ended: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal_post(home)
    failures = [OSError(24, os.strerror(24))] * 3

    def sometimes() -> Standing:
        if failures:
            raise failures.pop()
        return standing()

    end_when_shut()
    monkeypatch.setattr(guarding, "standing", sometimes)
    lapse(home)
    assert ended.wait(SECONDS)
    assert not failures


def test_a_key_that_nothing_ran_to_forget_is_forgotten_by_who_waits(
    home: NodeHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a clock that is set back would open the post without a phrase."""
    monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
    seal_post(home)
    keep_no_key(standing(home))
    assert read_key(home.config().id) is not None
    lapse(home)
    keep_no_key(standing(home))
    assert read_key(home.config().id) is None


def test_a_lease_that_cannot_be_read_has_run_out(home: NodeHome) -> None:
    seal_post(home)
    home.path(LEASE).write_bytes(b"\xff{")
    assert standing(home).state is State.COLLECT_ONLY
