"""The second line: who waits, and how it ends."""

from __future__ import annotations

from uuid import UUID

import pytest

from openmidas.crossings import services
from openmidas.crossings.entries import (
    AdmissionReason,
    HandedTo,
    OpenHitReason,
    Outcome,
    ReferralReason,
    RefusalReason,
)
from openmidas.crossings.models import Crossing
from openmidas.crossings.second_line import queue, resolve
from openmidas.journal.models import JournalEntry, new_id
from tests.conftest import HQ, POST
from tests.crossings.conftest import AMINATA, BOUBACAR, listed, paper, scan
from tests.support.cast import at_node, refusal

pytestmark = pytest.mark.usefixtures("post")

HQ_SAYS = OpenHitReason.HEADQUARTERS


def referred(raw: str, reason: ReferralReason = ReferralReason.FINDINGS) -> UUID:
    inspection = scan(raw)
    services.refer(AMINATA, [inspection.id], reason)
    return inspection.id


def resolutions() -> int:
    return JournalEntry.objects.filter(node=POST, kind="crossing.resolved").count()


def test_who_waits_longest_comes_first() -> None:
    ids = [referred(listed()), referred(paper())]
    assert [crossing.id for crossing in queue()] == ids
    with at_node(HQ):
        assert not queue()


def test_even_stop_can_be_admitted_here() -> None:
    id = referred(listed())
    twin = AdmissionReason.NOT_THE_PERSON
    note = "Twin brother.\nSeen in person."
    resolve(BOUBACAR, id, Outcome.ADMITTED, admission=twin, open_hit=HQ_SAYS, note=note)
    crossing = Crossing.objects.get()
    assert (crossing.status, crossing.resolved_by) == ("admitted", BOUBACAR.officer)
    assert (crossing.officer, crossing.note) == (AMINATA.officer, "Twin brother.\nSeen in person.")
    assert crossing.resolved_at is not None
    assert not queue()


def test_a_refusal_needs_its_reason_and_keeps_that_of_the_referral() -> None:
    id = referred(listed(), ReferralReason.IDENTITY_DOUBT)
    with refusal("refusal.without_reason"):
        resolve(BOUBACAR, id, Outcome.REFUSED)
    resolve(BOUBACAR, id, Outcome.REFUSED, refusal=RefusalReason.LIST)
    crossing = Crossing.objects.get()
    assert (crossing.status, crossing.reason) == ("refused", "identity_doubt")
    assert crossing.refusal_reason == "list"


def test_who_was_stopped_is_only_let_cross_for_a_reason() -> None:
    id = referred(listed())
    with refusal("admission.without_reason"):
        resolve(BOUBACAR, id, Outcome.ADMITTED)
    with refusal("reason.of_other_outcome"):
        resolve(BOUBACAR, id, Outcome.ADMITTED, refusal=RefusalReason.LIST)
    why = AdmissionReason.NOT_THE_PERSON
    resolve(BOUBACAR, id, Outcome.ADMITTED, admission=why, open_hit=HQ_SAYS)
    assert Crossing.objects.get().admission_reason == "not_the_person"


def test_decided_once() -> None:
    id = referred(paper())
    for _ in range(2):
        resolve(BOUBACAR, id, Outcome.ADMITTED)
    with refusal("crossing.resolved"):
        resolve(BOUBACAR, id, Outcome.REFUSED, refusal=RefusalReason.THREAT)
    assert resolutions() == 1


def test_who_was_admitted_at_the_lane_does_not_come_here() -> None:
    inspection = scan(paper())
    services.admit(AMINATA, [inspection.id])
    with refusal("crossing.resolved"):
        resolve(BOUBACAR, inspection.id, Outcome.ADMITTED)
    with refusal("crossing.unknown"):
        resolve(BOUBACAR, new_id(), Outcome.ADMITTED)


def test_a_note_that_is_too_long_is_refused() -> None:
    id = referred(paper())
    with refusal("field.too_long"):
        resolve(BOUBACAR, id, Outcome.ADMITTED, note="a" * 2001)
    assert queue().count() == 1


def test_who_is_handed_over_is_handed_to_somebody() -> None:
    id = referred(paper())
    with refusal("handover.to_nobody"):
        resolve(BOUBACAR, id, Outcome.HANDED_OVER)
    with refusal("reason.of_other_outcome"):
        resolve(BOUBACAR, id, Outcome.HANDED_OVER, refusal=RefusalReason.LIST)
    with refusal("handover.note"):
        resolve(BOUBACAR, id, Outcome.HANDED_OVER, handed_to=HandedTo.OTHER)
    for _ in range(2):
        resolve(BOUBACAR, id, Outcome.HANDED_OVER, handed_to=HandedTo.POLICE)
    crossing = Crossing.objects.get()
    assert (crossing.status, crossing.handed_to) == ("handed_over", "police")
    assert resolutions() == 1
