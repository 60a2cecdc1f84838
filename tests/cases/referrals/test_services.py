"""Beginning a referral, writing down its steps, ending it: by whom, with what, and once."""

from __future__ import annotations

from uuid import UUID

import pytest

from openmidas.cases.referrals.entries import LONGEST_VALUE, Outcome
from openmidas.cases.referrals.models import PublishedPathways, Referral, ReferralNote
from openmidas.cases.referrals.pathways import Consent
from openmidas.cases.referrals.services import Taken, begin, close, take_step
from openmidas.crossings.entries import Outcome as Decision
from openmidas.crossings.entries import ReferralReason, RefusalReason
from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.second_line import resolve
from openmidas.journal.models import JournalEntry, new_id
from openmidas.posts.entries import Compartment
from tests.cases.referrals.conftest import Room, said
from tests.support.cast import acting, refusal


class TestBeginning:
    def test_keeps_what_the_pathway_asks_for_and_nothing_else(self, room: Room) -> None:
        begun = said(data={"name": " Awa ", "sex": "F", "born": "2001", "faith": "x", "needs": ""})
        begin(room.boubacar, room.waits(), begun)
        row = Referral.objects.get()
        assert [(one.code, one.value) for one in row.told()] == [
            ("name", "Awa"),
            ("sex", "F"),
            ("born", "2001"),
        ]
        assert (row.consent, row.officer) == (Consent.PERSON, room.cast.boubacar.id)

    def test_again_changes_nothing(self, room: Room) -> None:
        begun, crossing = said(), room.waits()
        begin(room.boubacar, crossing, begun)
        entries = JournalEntry.objects.count()
        begin(room.boubacar, crossing, begun)
        assert JournalEntry.objects.count() == entries
        with refusal("referral.id_taken"):
            begin(acting(room.cast.coumba), crossing, begun)

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"consent": None}, "referral.consent_missing"),
            ({"consent": Consent.LIFE_IN_DANGER, "why": " "}, "referral.why_missing"),
            ({"consent": Consent.REFUSED, "why": ""}, "referral.why_missing"),
            ({"data": {"name": "Awa"}}, "referral.data_missing"),
            ({"data": {"name": "a" * (LONGEST_VALUE + 1)}}, "field.too_long"),
            ({"data": {"name": "a\x00b"}}, "field.unprintable"),
        ],
    )
    def test_needs_consent_and_the_data_set(
        self, room: Room, changes: dict[str, object], code: str
    ) -> None:
        with refusal(code):
            begin(room.boubacar, room.waits(), said(**changes))

    def test_of_a_child_takes_no_refusal_and_no_consent_of_its_own(self, room: Room) -> None:
        for consent in (Consent.REFUSED, Consent.PERSON):
            with refusal("referral.consent_missing"):
                begin(room.boubacar, room.waits(), said(Compartment.CHILD, consent=consent))

    def test_that_is_refused_needs_no_data(self, room: Room) -> None:
        begin(room.boubacar, room.waits(), said(consent=Consent.REFUSED, data={}))
        assert Referral.objects.get().data == []

    def test_of_nobody_or_without_pathways_is_refused(self, room: Room) -> None:
        with refusal("crossing.unknown"):
            begin(room.boubacar, new_id(), said())
        PublishedPathways.objects.all().delete()
        with refusal("referral.no_pathway"):
            begin(room.boubacar, room.waits(), said())


class TestSteps:
    def test_stand_below_each_other_with_who_was_reached(self, room: Room) -> None:
        row = room.referred()
        note = new_id()
        for _ in range(2):  # the same form, sent twice
            take_step(room.boubacar, row.id, Taken(note=note, step=3, reached=" Mme  Cissé "))
        take_step(room.boubacar, row.id, Taken(note=new_id(), text="Waits for the car"))
        assert [
            (one.step, one.reached, one.text) for one in ReferralNote.objects.order_by("at")
        ] == [
            (3, "Mme Cissé", ""),
            (None, "", "Waits for the car"),
        ]

    @pytest.mark.parametrize(
        ("step", "reached", "text", "code"),
        [
            (None, "", "no", "referral.note_empty"),
            (3, "", "", "referral.reached_missing"),
            (9, "Somebody", "", "referral.step_unknown"),
            (3, "a" * 121, "", "field.too_long"),
        ],
    )
    def test_say_something(
        self, room: Room, step: int | None, reached: str, text: str, code: str
    ) -> None:
        row = room.referred()
        with refusal(code):
            take_step(
                room.boubacar, row.id, Taken(note=new_id(), step=step, reached=reached, text=text)
            )

    def test_are_for_the_author_and_the_members(self, room: Room) -> None:
        row, coumba = room.referred(), acting(room.cast.coumba)
        taken = Taken(note=new_id(), text="Looked in")
        room.member(room.cast.coumba, Compartment.ASYLUM)
        with refusal("referral.not_yours"):
            take_step(coumba, row.id, taken)
        with refusal("referral.not_yours"):
            close(coumba, row.id, Outcome.LEFT, "")
        room.member(room.cast.coumba, Compartment.TRAFFICKING)
        take_step(coumba, row.id, taken)
        assert ReferralNote.objects.get().officer == room.cast.coumba.id


class TestTheEnd:
    def test_is_one_and_takes_notes_still(self, room: Room) -> None:
        row = room.referred()
        for _ in range(2):
            close(room.boubacar, row.id, Outcome.HANDED_OVER, "To the shelter")
        with refusal("referral.closed"):
            close(room.boubacar, row.id, Outcome.LEFT, "")
        take_step(room.boubacar, row.id, Taken(note=new_id(), text="They arrived"))
        row.refresh_from_db()
        assert (row.outcome, row.closing) == (Outcome.HANDED_OVER, "To the shelter")
        assert JournalEntry.objects.filter(kind="referral.closed").count() == 1

    def test_says_what_came_of_it(self, room: Room) -> None:
        row = room.referred()
        with refusal("referral.outcome_missing"):
            close(room.boubacar, row.id, None, "")
        with refusal("referral.note_empty"):
            close(room.boubacar, row.id, Outcome.OTHER, "")
        with refusal("referral.unknown"):
            close(room.boubacar, new_id(), Outcome.LEFT, "")


class TestNobodyIsRefused:
    def refuse(self, room: Room, crossing: UUID) -> None:
        resolve(room.boubacar, crossing, Decision.REFUSED, refusal=RefusalReason.NO_VISA)

    @pytest.mark.parametrize("compartment", Compartment)
    def test_while_a_referral_is_open_of_whichever_kind(
        self, room: Room, compartment: Compartment
    ) -> None:
        row = room.referred(compartment)
        with refusal("refusal.held"):
            self.refuse(room, row.crossing)
        close(room.boubacar, row.id, Outcome.DECLINED, "")
        self.refuse(room, row.crossing)
        assert Crossing.objects.get().status == Status.REFUSED

    def test_once_somebody_took_over(self, room: Room) -> None:
        row = room.referred(Compartment.ASYLUM)
        close(room.boubacar, row.id, Outcome.HANDED_OVER, "")
        with refusal("refusal.held"):
            self.refuse(room, row.crossing)

    def test_who_asked_for_protection_and_was_not_heard(self, room: Room) -> None:
        crossing = room.waits(ReferralReason.PROTECTION)
        with refusal("refusal.held"):
            self.refuse(room, crossing)
        resolve(room.boubacar, crossing, Decision.ADMITTED)
        assert Crossing.objects.get().status == Status.ADMITTED
