"""The pages of referrals: who reads what, for which purpose, and what nobody else is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmidas.cases.referrals.entries import ReferralNoted
from openmidas.cases.referrals.models import PublishedPathways, Referral, ReferralNote
from openmidas.cases.referrals.pathways import Consent, sample_pathways
from openmidas.cases.referrals.services import begin
from openmidas.crossings.entries import HandedTo, ReferralReason
from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, new_id
from openmidas.posts.entries import Compartment
from openmidas.posts.models import CompartmentMember, Lookup, Officer
from tests.cases.referrals.conftest import WORDS, Room, room_of, said
from tests.conftest import HQ
from tests.crossings.test_projections import arrive
from tests.support.cast import at_node, open_case
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("pages")

SECRETS = ("trafficking", "Fatoumata", WORDS[Compartment.TRAFFICKING], "Told in her language")


def opened(client: Client, row: Referral) -> Any:
    """The page, once it is opened for a purpose."""
    return client.post(reverse("referral", args=[row.id]), {"purpose": "case"}, follow=True)


def told(answer: Any) -> list[str]:
    """Which of the secrets a page tells."""
    assert answer.status_code == 200
    page = answer.content.decode()
    return [one for one in SECRETS if one in page]


class TestWhoIsOutside:
    def test_learns_that_it_exists_and_nothing_more(self, room: Room) -> None:
        row = room.referred()
        for officer in (room.other, room.cast.coumba):
            client = open_case(room_of(officer), row.crossing)
            for address in (
                reverse("referral", args=[row.id]),
                reverse("referrals"),
                reverse("second-line-case", args=[row.crossing]),
            ):
                answer = client.get(address)
                assert "A referral exists" in answer.content.decode()
                assert told(answer) == []
            assert told(opened(client, row)) == []
        assert not Lookup.objects.filter(query__startswith="referral").exists()

    def test_writes_nothing_and_prints_nothing(self, room: Room) -> None:
        row = room.referred()
        client = room_of(room.other)
        opened(client, row)
        forms: dict[str, dict[str, str]] = {
            "referral-note": {"id": str(new_id()), "text": "Looked in"},
            "referral-close": {"outcome": "left"},
        }
        for name, form in forms.items():
            assert client.post(reverse(name, args=[row.id]), form).status_code == 403
        assert client.get(reverse("referral-sheet", args=[row.id])).status_code == 403
        assert not ReferralNote.objects.exists()

    def test_knows_of_a_child(self, room: Room) -> None:
        """To know that there is a child alone does the child no harm."""
        row = room.referred(Compartment.CHILD)
        page = room_of(room.other).get(reverse("referral", args=[row.id])).content.decode()
        assert "Unaccompanied or separated child" in page
        assert "Was found alone" not in page

    def test_the_primary_line_has_no_page_of_it(self, room: Room) -> None:
        row = room.referred()
        client = room_of(room.cast.aminata)
        for address in (reverse("referral", args=[row.id]), reverse("referrals")):
            assert client.get(address).status_code == 403

    def test_another_post_has_none_either(self, room: Room) -> None:
        row = room.referred()
        Referral.objects.update(node=new_id())
        room.member(room.other, Compartment.TRAFFICKING)
        assert room_of(room.other).get(reverse("referral", args=[row.id])).status_code == 404


class TestAMember:
    def test_says_for_what_before_reading(self, room: Room) -> None:
        row = room.referred()
        room.member(room.other, Compartment.TRAFFICKING)
        client = room_of(room.other)
        gate = client.get(reverse("referral", args=[row.id])).content.decode()
        assert "Why do you open it?" in gate
        assert WORDS[Compartment.TRAFFICKING] not in gate
        page = opened(client, row).content.decode()
        assert WORDS[Compartment.TRAFFICKING] in page
        assert (
            client.get(reverse("referral", args=[row.id])).content.decode().count("Fatoumata") == 1
        )
        looked = Lookup.objects.get()
        assert (looked.officer, looked.query) == (room.other.id, f"referral {row.id}")

    def test_without_a_reason_for_something_else_reads_nothing(self, room: Room) -> None:
        row = room.referred()
        room.member(room.other, Compartment.TRAFFICKING)
        form = {"purpose": "other", "reason": "curious"}
        answer = room_of(room.other).post(reverse("referral", args=[row.id]), form)
        assert answer.status_code == 422
        assert "Fatoumata" not in answer.content.decode()

    @pytest.mark.parametrize("ended", ["taken back", "over"])
    def test_of_yesterday_is_outside_at_once(self, room: Room, ended: str) -> None:
        row = room.referred()
        room.member(room.other, Compartment.TRAFFICKING)
        client = room_of(room.other)
        opened(client, row)
        member = CompartmentMember.objects.get()
        day = {"closed_at": member.opened_at}
        if ended == "over":
            day = {"until": (member.opened_at - timedelta(days=2)).date()}  # type: ignore[dict-item]
        CompartmentMember.objects.update(**day)
        assert told(client.get(reverse("referral", args=[row.id]))) == []

    def test_at_the_headquarters_reads_and_does_not_write(self, room: Room) -> None:
        row = room.referred()
        with at_node(HQ):
            room.member(room.cast.djibril, Compartment.TRAFFICKING)
            reader, outsider = room_of(room.cast.djibril), room_of(room.cast.kadiatou)
            page = opened(reader, row).content.decode()
            assert WORDS[Compartment.TRAFFICKING] in page
            assert "Write down" not in page
            assert told(opened(outsider, row)) == []
            assert "A referral exists" in outsider.get(reverse("referrals")).content.decode()


class TestBeginning:
    def form(self, **changes: str) -> dict[str, str]:
        usual = {
            "id": str(issue_id()),
            "consent": "person",
            "data-name": "Awa",
            "data-sex": "F",
            "data-born": "2001",
        }
        return {**usual, **changes}

    def test_from_the_travellers_page_to_the_referral(self, room: Room) -> None:
        crossing = room.waits()
        client = room_of(room.cast.boubacar)
        client.post(reverse("interview-take", args=[crossing]))
        assert (
            "Refer to a service"
            in client.get(reverse("second-line-case", args=[crossing])).content.decode()
        )
        choices = client.get(reverse("referral-new", args=[crossing])).content.decode()
        assert choices.count("<h2><a href=") == 5
        address = reverse("referral-begin", args=[crossing, "trafficking"])
        page = client.get(address).content.decode()
        assert "Somebody else keeps their documents." in page
        assert 'name="data-name" value="KEITA MARIAM"' in page
        answer = client.post(address, self.form(), follow=True)
        assert answer.status_code == 200
        assert "Awa" in answer.content.decode()

    def test_keeps_what_was_typed_and_marks_what_is_missing(self, room: Room) -> None:
        address = reverse("referral-begin", args=[room.waits(), "asylum"])
        form = self.form(**{"data-nationality": "", "data-circumstances": "Their own words"})
        answer = room_of(room.cast.boubacar).post(address, form)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "The minimum data set lacks" in page
        assert "Their own words" in page
        assert page.count('aria-invalid="true"') == 1

    def test_without_pathways_says_whom_to_call(self, room: Room) -> None:
        PublishedPathways.objects.all().delete()
        crossing = room.waits()
        client = room_of(room.cast.boubacar)
        there = reverse("referral-new", args=[crossing])
        case = reverse("second-line-case", args=[crossing])
        assert client.get(there)["Location"] == case
        page = open_case(client, crossing).get(there).content.decode()
        assert "call headquarters now" in page
        assert client.get(reverse("referral-begin", args=[crossing, "child"])).status_code == 404

    @pytest.mark.parametrize("kind", ["police", "other2"])
    def test_of_no_such_kind(self, room: Room, kind: str) -> None:
        address = reverse("referral-begin", args=[room.waits(), kind])
        assert room_of(room.cast.boubacar).get(address).status_code == 404


class TestTheSteps:
    def test_are_followed_and_the_referral_closed(self, room: Room) -> None:
        row = room.referred()
        client = room_of(room.cast.boubacar)
        opened(client, row)
        form = {"id": str(new_id()), "step": "3", "reached": "Mme Cissé"}
        page = client.post(reverse("referral-note", args=[row.id]), form, follow=True)
        assert "Mme Cissé" in page.content.decode()
        problem = client.post(reverse("referral-close", args=[row.id]), {"closing": "Left at noon"})
        assert problem.status_code == 409
        assert "Left at noon" in problem.content.decode()
        close = {"outcome": "handed_over", "closing": "To the shelter"}
        page = client.post(reverse("referral-close", args=[row.id]), close, follow=True)
        assert "To the shelter" in page.content.decode()
        assert "A referral" not in client.get(reverse("referrals")).content.decode()
        assert "Handed over" in client.get(reverse("referrals") + "?all=1").content.decode()

    def test_written_too_late_are_kept_while_the_purpose_is_asked_again(self, room: Room) -> None:
        row = room.referred()
        client = room_of(room.cast.boubacar)
        id = str(new_id())
        form = {"id": id, "step": "3", "reached": "Mme Cissé", "text": "Waits outside"}
        late = client.post(reverse("referral-note", args=[row.id]), form)
        assert late.status_code == 409
        assert "what you wrote is kept" in late.content.decode()
        assert "Fatoumata" not in late.content.decode()
        back = {f"kept-{name}": value for name, value in form.items()}
        answer = client.post(reverse("referral", args=[row.id]), {"purpose": "case"} | back)
        page = answer.content.decode()
        assert f'name="id" value="{id}"' in page
        assert "Waits outside</textarea>" in page
        assert '<option value="3" selected>' in page
        assert not ReferralNote.objects.exists()

    def test_closed_too_late_keep_the_words(self, room: Room) -> None:
        row = room.referred()
        client = room_of(room.cast.boubacar)
        form = {"outcome": "left", "closing": "Left at noon"}
        late = client.post(reverse("referral-close", args=[row.id]), form)
        assert (
            late.status_code,
            'name="kept-closing" value="Left at noon"' in late.content.decode(),
        ) == (409, True)


class TestTheSheet:
    def test_has_the_data_set_and_is_recorded(self, room: Room) -> None:
        row = room.referred()
        client = room_of(room.cast.boubacar)
        opened(client, row)
        page = client.get(reverse("referral-sheet", args=[row.id])).content.decode()
        assert "Fatoumata" in page
        assert "no authority of the person’s own State" in page
        assert Lookup.objects.filter(query=f"referral {row.id}, sheet").count() == 1

    def test_is_not_printed_against_the_persons_will(self, room: Room) -> None:
        begun = said(consent=Consent.REFUSED, why="Is afraid")
        begin(room.boubacar, room.waits(), begun)
        row = Referral.objects.get()
        client = room_of(room.cast.boubacar)
        assert "nothing is passed on" in opened(client, row).content.decode()
        assert client.get(reverse("referral-sheet", args=[row.id])).status_code == 404


class TestPathwaysAtTheHeadquarters:
    def test_are_read_in_words_and_then_published(self, room: Room) -> None:
        with at_node(HQ):
            client = room_of(room.cast.idrissa)
            text = sample_pathways().replace("(to fill in)", "filled in")
            file = SimpleUploadedFile("pathways.toml", text.encode())
            page = client.post(reverse("pathways-new"), {"file": file}).content.decode()
            assert "Nothing is published yet" in page
            assert "no telephone published" in page
            assert PublishedPathways.objects.count() == 1
            client.post(reverse("pathways-new"), {"text": text, "publish": "1"})
            page = client.get(reverse("pathways")).content.decode()
            assert "filled in" in page
            newest = PublishedPathways.objects.order_by("-clock")[0]
            page = client.get(reverse("pathways-edition", args=[newest.id])).content.decode()
            assert "in force" in page

    def test_that_are_wrong_say_where(self, room: Room) -> None:
        with at_node(HQ):
            client = room_of(room.cast.idrissa)
            text = sample_pathways().replace(
                'kind = "medical"', 'kind = "medical"\nposts = ["Nowhere"]'
            )
            answer = client.post(reverse("pathways-new"), {"text": text})
            assert answer.status_code == 422
            assert "No post is called “Nowhere”" in answer.content.decode()


class TestAtTheHeadquarters:
    def page(self, room: Room, officer: Officer, crossing: UUID) -> str:
        with at_node(HQ):
            address = reverse("hq-crossing", args=[crossing])
            page = room_of(officer).post(address, {"purpose": "case", "reason": ""})
            return page.content.decode()

    def reason(self, room: Room, officer: Officer, crossing: UUID) -> str:
        page = self.page(room, officer, crossing)
        return page.partition("Referred because of")[2][:80]

    def test_why_the_lane_referred_somebody_is_for_the_compartment(self, room: Room) -> None:
        crossing = room.waits(ReferralReason.PROTECTION)
        ill = room.waits(ReferralReason.HEALTH, number="SP0000033")
        room.member(room.cast.djibril, Compartment.ASYLUM)
        assert "asks for protection" in self.reason(room, room.cast.djibril, crossing)
        assert "that its compartment knows" in self.reason(room, room.cast.djibril, ill)
        assert "that its compartment knows" in self.reason(room, room.cast.kadiatou, crossing)

    def test_what_the_decision_says_of_a_claim_is_for_the_compartment(self, room: Room) -> None:
        crossing = room.waits()
        note = "Fled from Djibo"
        Crossing.objects.update(handed_to=HandedTo.POLICE, note=note)
        assert note in self.page(room, room.cast.djibril, crossing)
        room.referred(Compartment.ASYLUM, crossing)
        said = self.page(room, room.cast.djibril, crossing)
        assert "A compartment knows what this decision rests on" in said
        assert note not in said
        assert "Police or gendarmerie" not in said
        room.member(room.cast.djibril, Compartment.ASYLUM)
        said = self.page(room, room.cast.djibril, crossing)
        assert note in said
        assert "Police or gendarmerie" in said

    def test_what_is_set_aside_of_a_referral_is_shown_to_no_role(self, room: Room) -> None:
        pen = Pen()
        pen.write(
            ReferralNoted(
                note=new_id(), referral=new_id(), crossing=new_id(), text="KANARI", step=1
            )
        )
        with at_node(HQ):
            arrive(pen)
            entry = JournalEntry.objects.get(kind="referral.noted")
            Quarantined.objects.create(
                entry=entry.id, node=entry.node, epoch=1, sequence=1, kind=entry.kind,
                code="entry.malformed", reason="KANARI", tried=timezone.now(),
            )  # fmt: skip
            address = reverse("quarantine-entry", args=[entry.id])
            form = {"purpose": "case", "reason": ""}
            page = room_of(room.cast.idrissa).post(address, form).content.decode()
        assert "members of its compartment" in page
        assert "KANARI" not in page
