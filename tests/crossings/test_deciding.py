"""Deciding: once and only once, and nothing lost on the way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from openmidas.crossings import services
from openmidas.crossings.entries import InspectionCancelled
from openmidas.crossings.local import Standing
from openmidas.crossings.models import CancelledInspection, Crossing
from openmidas.journal import Actor, Content
from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.services import record
from tests.conftest import POST
from tests.crossings.conftest import (
    AMINATA,
    OUMOU,
    admit,
    cancel,
    listed,
    paper,
    refer,
    scan,
)
from tests.support.cast import refusal


def own_entries(kind: str) -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(node=POST, kind=kind))


@pytest.mark.usefixtures("post")
class TestOnceOnly:
    def test_a_repeated_scan_is_the_same_inspection(self) -> None:
        id = new_id()
        first = services.scan(AMINATA, id, paper())
        assert services.scan(AMINATA, id, paper()) == first
        assert Standing.objects.count() == 1

    def test_another_document_under_the_same_id_is_not_taken_for_it(self) -> None:
        id = new_id()
        services.scan(AMINATA, id, paper())
        with refusal("lane.occupied"):
            services.scan(AMINATA, id, paper(number="SP0000002"))

    def test_admitted_twice_is_one_crossing(self) -> None:
        inspection = scan(paper())
        assert admit(inspection) == admit(inspection) == [inspection.id]
        assert services.admit(AMINATA, [inspection.id, inspection.id]) == [inspection.id]
        assert len(own_entries("crossing.admitted")) == 1

    def test_named_twice_in_one_request_is_one_crossing(self) -> None:
        inspection = scan(paper())
        admit(inspection, inspection)
        assert len(own_entries("crossing.admitted")) == 1

    def test_a_scan_sent_again_after_the_decision_stays_decided(self) -> None:
        inspection = scan(paper())
        admit(inspection)
        with refusal("scan.decided"):
            services.scan(AMINATA, inspection.id, paper())

    @pytest.mark.parametrize("decide", [admit, refer, cancel])
    @pytest.mark.parametrize("after", [admit, refer, cancel])
    def test_decided_stays_decided(self, decide: Any, after: Any) -> None:
        inspection = scan(paper())
        decide(inspection)
        before = JournalEntry.objects.count()
        if after is decide:
            after(inspection)
        else:
            with refusal("scan.decided"):
                after(inspection)
        assert JournalEntry.objects.count() == before

    def test_somebody_elses_lane_is_not_decided_on(self) -> None:
        inspection = scan(paper())
        with refusal("scan.unknown"):
            admit(inspection, actor=OUMOU)
        with refusal("scan.unknown"):
            services.scan(OUMOU, inspection.id, paper())

    def test_nothing_is_lost_when_the_disk_fails_half_way(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        here = [scan(paper(number=f"SP000001{n}"), group=True) for n in range(3)]
        done: list[Content] = []

        def failing(content: Content, *, actor: Actor) -> JournalEntry:
            if len(done) == 2:
                raise OSError("disk full")
            done.append(content)
            return record(content, actor=actor)

        monkeypatch.setattr("openmidas.crossings.services.record", failing)
        with pytest.raises(OSError, match="disk full"):
            admit(*here)
        assert services.standing("1") == here
        assert not Crossing.objects.exists()
        assert not own_entries("crossing.admitted")


@pytest.mark.usefixtures("post")
class TestCancelled:
    def test_findings_stay_in_the_journal(self) -> None:
        inspection = scan(listed())
        cancel(inspection)
        (entry,) = own_entries("inspection.cancelled")
        content = decode_body(bytes(entry.body or b"")).read()
        assert isinstance(content, InspectionCancelled)
        assert content.inspection == inspection
        row = CancelledInspection.objects.get()
        assert (row.id, row.state, row.officer) == (inspection.id, "stop", AMINATA.officer)
        assert services.standing("1") == []


def at_once(*tasks: Callable[[], object]) -> list[str]:
    """What comes of doing all this at the same moment: "done", or why not."""
    outcomes: list[str] = []
    ready = threading.Barrier(len(tasks))

    def run(task: Callable[[], object]) -> None:
        ready.wait()
        try:
            task()
            outcomes.append("done")
        except services.Refused as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("post")
class TestAtOnce:
    def test_of_two_scans_at_one_lane_one_is_refused(self) -> None:
        outcomes = at_once(
            lambda: scan(paper(number="SP0000021")), lambda: scan(paper(number="SP0000022"))
        )
        assert outcomes == ["done", "lane.occupied"]
        assert len(services.standing("1")) == 1

    def test_of_two_decisions_one_holds(self) -> None:
        inspection = scan(paper())
        outcomes = at_once(lambda: admit(inspection), lambda: cancel(inspection))
        assert outcomes == ["done", "scan.decided"]
        assert Crossing.objects.count() + CancelledInspection.objects.count() == 1
