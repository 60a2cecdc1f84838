"""Crossings at the HQ, and a rebuilt post that equals the live one."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction

from openmidas.crossings import services
from openmidas.crossings.entries import (
    AdmissionReason,
    CrossingAdmitted,
    CrossingRecorded,
    CrossingReferred,
    CrossingResolved,
    OpenHitReason,
    Outcome,
    RecordSource,
    ReferralReason,
    RefusalReason,
)
from openmidas.crossings.inspection import Document, Inspection, Journey, Traveller
from openmidas.crossings.models import Crossing
from openmidas.crossings.second_line import resolve
from openmidas.journal.following import project_pending
from openmidas.journal.local import Quarantined
from openmidas.journal.models import Journal, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.journal.store import lock_journal, open_journal, receive
from tests.crossings.conftest import AMINATA, BOUBACAR, listed, paper, scan
from tests.support.tables import all_rows
from tests.support.writers import Pen


def inspection(surname: str) -> Inspection:
    return Inspection(
        id=new_id(),
        lane="1",
        opened_at=0,
        traveller=Traveller(surname=surname),
        document=Document(),
        journey=Journey(),
    )


def arrive(pen: Pen) -> None:
    open_journal(pen.node, 1, pen.kind, pen.public_key)
    with transaction.atomic():
        receive(pen.segment(), lock_journal(pen.node, 1))
    while project_pending(Journal.objects.get(node=pen.node)):
        pass


def scan_and_refer(raw: str) -> UUID:
    stopped = scan(raw)
    services.refer(AMINATA, [stopped.id], ReferralReason.IDENTITY_DOUBT)
    return stopped.id


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("post")
def test_rebuilt_crossings_equal_the_live_ones() -> None:
    admitted = scan(paper())
    services.admit(AMINATA, [admitted.id])
    services.cancel(AMINATA, [scan(listed()).id])
    stopped = [scan_and_refer(listed()), scan_and_refer(listed())]
    twin = AdmissionReason.NOT_THE_PERSON
    why = OpenHitReason.HEADQUARTERS
    resolve(BOUBACAR, stopped[0], Outcome.ADMITTED, admission=twin, open_hit=why, note="seen")
    resolve(BOUBACAR, stopped[1], Outcome.REFUSED, refusal=RefusalReason.LIST, note="seen")
    waiting = scan(paper(number="SP0000077"))
    live = all_rows()
    assert len(live["crossings_crossing"]) == 3
    assert len(live["crossings_cancelledinspection"]) == len(live["crossings_publishedrules"]) == 1
    rebuild()
    assert all_rows() == live
    assert services.standing("1") == [waiting]  # no fact, and not touched


@pytest.mark.django_db
def test_a_post_changes_its_own_crossings_only() -> None:
    ours, theirs = Pen(), Pen()
    crossing = inspection(surname="KEITA")
    ours.write(CrossingReferred(inspection=crossing, reason=ReferralReason.FINDINGS))
    theirs.write(CrossingResolved(crossing=crossing.id, outcome=Outcome.ADMITTED))
    theirs.write(
        CrossingAdmitted(inspection=inspection(surname="DIALLO"), reason=AdmissionReason.CLEAR)
    )
    arrive(ours)
    arrive(theirs)
    assert Crossing.objects.get(id=crossing.id).status == "referred"
    assert Quarantined.objects.get().code == "row.not_owned"
    assert Crossing.objects.get(surname="DIALLO").node == theirs.node


@pytest.mark.django_db
def test_what_comes_late_does_not_undo_what_corrected_it() -> None:
    """As where the first entry was set aside, or is of an epoch that came back after the next."""
    one = inspection(surname="KEITA")
    pen = Pen()
    pen.clock = 2**60
    pen.write(of_paper(one, Outcome.REFUSED))
    pen.clock = 0
    pen.write(of_paper(one, Outcome.ADMITTED))
    arrive(pen)
    assert Crossing.objects.get().status == Outcome.REFUSED
    assert not Quarantined.objects.exists()


def of_paper(one: Inspection, outcome: Outcome) -> CrossingRecorded:
    return CrossingRecorded(
        inspection=one,
        crossed_at=1_760_000_000_000 - 3_600_000,
        source=RecordSource.PAPER,
        outcome=outcome,
    )
