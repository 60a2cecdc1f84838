"""What an officer does with a traveller of the second line, and what stays of it."""

from __future__ import annotations

from uuid import UUID

import pytest

from openmidas.cases.interviews import services
from openmidas.cases.interviews.entries import Care, CareAnswer, HoldGround, Item
from openmidas.cases.interviews.models import CareRecord, CaseChecklist, CaseNote, Hold
from openmidas.cases.interviews.services import Decision, decide, taken_by
from openmidas.crossings import services as lane
from openmidas.crossings.entries import HandedTo, Outcome, ReferralReason, RefusalReason
from openmidas.crossings.models import Crossing
from openmidas.journal import Actor
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from tests.conftest import POST
from tests.crossings.conftest import AMINATA, BOUBACAR, child, paper, scan
from tests.support.cast import refusal
from tests.support.tables import all_rows

pytestmark = pytest.mark.usefixtures("post")

COUMBA = Actor(new_id(), "head_of_post")


@pytest.fixture
def waits(post: None) -> UUID:
    """A traveller whom Aminata sent to the second line."""
    inspection = scan(paper())
    lane.refer(AMINATA, [inspection.id], ReferralReason.DOCUMENT_DOUBT)
    return inspection.id


def written(kind: str) -> int:
    return JournalEntry.objects.filter(node=POST, kind=kind).count()


class TestTaking:
    def test_is_an_assignment_that_the_last_one_has(self, waits: UUID) -> None:
        services.take(BOUBACAR, waits)
        services.take(BOUBACAR, waits)
        first = taken_by(waits)
        assert first is not None
        services.take(COUMBA, waits, seen=first.id)
        now = taken_by(waits)
        assert now is not None
        assert now.officer == COUMBA.officer
        assert written("case.taken") == 2

    def test_of_two_at_once_the_second_is_told(self, waits: UUID) -> None:
        services.take(BOUBACAR, waits)
        with refusal("case.taken_meanwhile"):
            services.take(COUMBA, waits)

    def test_is_given_back_by_who_has_it(self, waits: UUID) -> None:
        services.take(BOUBACAR, waits)
        with refusal("case.with_other"):
            services.leave(COUMBA, waits)
        services.leave(BOUBACAR, waits)
        services.leave(BOUBACAR, waits)
        assert taken_by(waits) is None
        assert written("case.left") == 1

    def test_who_has_it_decides(self, waits: UUID) -> None:
        services.take(BOUBACAR, waits)
        with refusal("case.with_other"):
            decide(COUMBA, waits, Decision(outcome=Outcome.ADMITTED))
        decide(BOUBACAR, waits, Decision(outcome=Outcome.ADMITTED))
        assert Crossing.objects.get().status == "admitted"

    def test_of_who_never_came_here_or_is_decided_on_is_refused(self, waits: UUID) -> None:
        admitted = scan(paper(number="SP0000002"))
        lane.admit(AMINATA, [admitted.id])
        with refusal("crossing.unknown"):
            services.take(BOUBACAR, admitted.id)
        decide(BOUBACAR, waits, Decision(outcome=Outcome.ADMITTED))
        with refusal("crossing.resolved"):
            services.take(BOUBACAR, waits)


class TestANote:
    def test_is_added_once_and_also_after_the_decision(self, waits: UUID) -> None:
        id = new_id()
        for _ in range(2):
            services.note(BOUBACAR, waits, id, "  Speaks Bambara.\nTravels with a brother. ")
        decide(BOUBACAR, waits, Decision(outcome=Outcome.ADMITTED))
        services.note(COUMBA, waits, new_id(), "The brother came back to ask.")
        assert [note.text for note in CaseNote.objects.order_by("at")] == [
            "Speaks Bambara.\nTravels with a brother.",
            "The brother came back to ask.",
        ]

    def test_that_was_written_anew_on_a_page_of_before_is_not_lost_unseen(
        self, waits: UUID
    ) -> None:
        id = new_id()
        services.note(BOUBACAR, waits, id, "Speaks Bambara.")
        with refusal("form.saved_already"):
            services.note(BOUBACAR, waits, id, "Speaks Hausa.")

    @pytest.mark.parametrize(
        ("text", "code"),
        [(" \n", "note.empty"), ("a" * 2001, "field.too_long"), ("\0", "field.unprintable")],
    )
    def test_that_cannot_be_stored_is_refused(self, waits: UUID, text: str, code: str) -> None:
        with refusal(code):
            services.note(BOUBACAR, waits, new_id(), text)
        assert not CaseNote.objects.exists()


class TestTheChecklist:
    def test_is_of_why_somebody_was_sent(self, waits: UUID) -> None:
        done = frozenset({Item.UNDER_LIGHT, Item.CHILD_SERVICE_CALLED})
        for _ in range(2):
            services.check(BOUBACAR, waits, done)
        assert CaseChecklist.objects.get().done == ["under_light"]
        services.check(BOUBACAR, waits, frozenset())
        assert CaseChecklist.objects.get().done == []
        assert written("case.checked") == 2

    def test_of_a_child_asks_for_other_things(self) -> None:
        inspection = scan(child())
        lane.refer(AMINATA, [inspection.id], ReferralReason.MINOR)
        services.check(BOUBACAR, inspection.id, frozenset({Item.CHILD_SERVICE_CALLED}))
        assert CaseChecklist.objects.get().done == ["child_service_called"]


class TestCare:
    def test_is_written_down_with_its_words(self, waits: UUID) -> None:
        id = new_id()
        for _ in range(2):
            services.care(
                BOUBACAR, waits, id, Care.INTERPRETER, CareAnswer.GIVEN, " Bambara, by phone "
            )
        row = CareRecord.objects.get()
        assert (row.what, row.answer, row.said) == ("interpreter", "given", "Bambara, by phone")

    def test_that_was_not_possible_says_why(self, waits: UUID) -> None:
        with refusal("care.why"):
            services.care(BOUBACAR, waits, new_id(), Care.DOCTOR, CareAnswer.NOT_POSSIBLE)
        with refusal("field.too_long"):
            services.care(BOUBACAR, waits, new_id(), Care.WATER, CareAnswer.GIVEN, "a" * 81)


class TestHolding:
    def test_lasts_until_somebody_lets_go(self, waits: UUID) -> None:
        for _ in range(2):
            services.hold(BOUBACAR, waits, HoldGround.IDENTITY)
        assert Hold.objects.get().ended_at is None
        for _ in range(2):
            services.let_go(COUMBA, waits)
        row = Hold.objects.get()
        assert row.ended_at is not None
        assert row.ended_by == COUMBA.officer
        assert (written("hold.begun"), written("hold.ended")) == (1, 1)

    def test_on_another_ground_says_which(self, waits: UUID) -> None:
        with refusal("hold.note"):
            services.hold(BOUBACAR, waits, HoldGround.OTHER, " x ")

    def test_ends_with_the_decision(self, waits: UUID) -> None:
        services.hold(BOUBACAR, waits, HoldGround.AWAITS_POLICE)
        handed = Decision(outcome=Outcome.HANDED_OVER, handed_to=HandedTo.POLICE)
        decide(BOUBACAR, waits, handed)
        assert Hold.objects.get().ended_at is not None
        row = Crossing.objects.get()
        assert (row.status, row.handed_to) == ("handed_over", "police")
        with refusal("crossing.resolved"):
            services.hold(BOUBACAR, waits, HoldGround.IDENTITY)

    def test_of_a_decision_that_is_refused_goes_on(self, waits: UUID) -> None:
        services.hold(BOUBACAR, waits, HoldGround.IDENTITY)
        with refusal("refusal.without_reason"):
            decide(BOUBACAR, waits, Decision(outcome=Outcome.REFUSED))
        assert Hold.objects.get().ended_at is None


@pytest.mark.django_db(transaction=True)
def test_all_of_it_stands_again_after_a_rebuild(waits: UUID) -> None:
    services.take(BOUBACAR, waits)
    services.note(BOUBACAR, waits, new_id(), "Speaks Bambara.")
    services.check(BOUBACAR, waits, frozenset({Item.UNDER_LIGHT}))
    services.care(BOUBACAR, waits, new_id(), Care.WATER, CareAnswer.GIVEN)
    services.hold(BOUBACAR, waits, HoldGround.IDENTITY)
    decide(
        BOUBACAR,
        waits,
        Decision(outcome=Outcome.REFUSED, refusal=RefusalReason.FALSE_DOCUMENT, note="Erased"),
    )
    live = all_rows()
    for table in ("casetaking", "casenote", "casechecklist", "carerecord", "hold"):
        assert len(live[f"cases_{table}"]) == 1, table
    rebuild()
    assert all_rows() == live
