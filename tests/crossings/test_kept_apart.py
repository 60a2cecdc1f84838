"""What an officer of the HQ reads of how a crossing was decided, and what a compartment keeps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from openmidas.crossings import kept_apart
from openmidas.crossings.entries import AdmissionReason, HandedTo, OpenHitReason, ReferralReason
from openmidas.crossings.kept_apart import Decision, decision_for, register_files, tells
from openmidas.crossings.models import Crossing
from openmidas.crossings.reasons import RefusalReason
from openmidas.journal.models import new_id
from openmidas.posts.compartments import let_in
from openmidas.posts.entries import Compartment
from tests.conftest import HQ
from tests.support.cast import Cast, acting, at_node


def decided(**changes: Any) -> Crossing:
    """A crossing with all that its decision can say, in no table."""
    usual = {
        "id": new_id(),
        "reason": ReferralReason.FINDINGS,
        "admission_reason": AdmissionReason.HUMANITARIAN,
        "refusal_reason": RefusalReason.THREAT,
        "handed_to": HandedTo.POLICE,
        "note": "Fled from Djibo",
        "open_hit_reason": OpenHitReason.DANGER,
    }
    return Crossing(**{**usual, **changes})


def read(row: Crossing, cast: Cast) -> Decision:
    with at_node(HQ):
        decision = decision_for(row, cast.djibril)
        assert tells(row, cast.djibril) is not decision.kept_apart
    return decision


def test_what_tells_of_nothing_is_read_in_full(cast: Cast) -> None:
    decision = read(decided(), cast)
    assert (decision.admission_reason, decision.refusal_reason) == ("humanitarian", "threat")
    assert (decision.handed_to, decision.note) == ("police", "Fled from Djibo")
    assert decision.open_hit_reason == "danger"


@pytest.mark.parametrize(
    ("changes", "reader"),
    [
        ({"reason": ReferralReason.PROTECTION}, Compartment.ASYLUM),
        ({"reason": ReferralReason.HEALTH}, Compartment.MEDICAL),
        ({"handed_to": HandedTo.PROTECTION}, Compartment.TRAFFICKING),
        ({"handed_to": HandedTo.HEALTH}, Compartment.MEDICAL),
        ({"handed_to": HandedTo.CHILD_PROTECTION}, Compartment.CHILD),
    ],
)
def test_what_tells_of_a_claim_is_for_the_compartment(
    cast: Cast, changes: dict[str, str], reader: Compartment
) -> None:
    row = decided(**changes)
    outside = read(row, cast)
    assert outside == Decision(referral=outside.referral, kept_apart=True)
    with at_node(HQ):
        let_in(acting(cast.idrissa), cast.djibril.id, reader)
    inside = read(row, cast)
    assert (inside.handed_to, inside.note) == (row.handed_to, row.note)


def test_so_is_that_of_whom_a_room_above_has_a_silent_file(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_apart, "_files", [])
    row = decided()

    def files(crossing: UUID) -> set[str]:
        return {Compartment.ASYLUM} if crossing == row.id else set()

    register_files(files)
    register_files(files)
    assert kept_apart._files == [files]
    assert read(row, cast).kept_apart
    assert not read(decided(), cast).kept_apart
    with at_node(HQ):
        let_in(acting(cast.idrissa), cast.djibril.id, Compartment.ASYLUM)
    assert not read(row, cast).kept_apart
