"""The second lines as headquarters sees them, and both sides of an asking on their pages."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from openmidas.cases.hits import questions
from openmidas.cases.interviews import services as interviews
from openmidas.cases.taking_over import at_hq
from openmidas.cases.taking_over.at_hq import queue_of_all
from openmidas.cases.taking_over.models import TakeOver
from openmidas.crossings import services as lane
from openmidas.crossings.entries import HandedTo, ReferralReason
from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.journal.models import new_id
from openmidas.lists.national.models import NationalList
from openmidas.pictures.models import Picture
from openmidas.pictures.redrawing import Redrawn
from openmidas.pictures.services import attach
from openmidas.posts.models import Lookup
from openmidas.posts.roles import Role
from tests.cases.conftest import Scene, zone
from tests.conftest import HQ
from tests.support.cast import at_node, client_of, english, open_case

pytestmark = pytest.mark.usefixtures("pages")


@pytest.fixture
def waits(scene: Scene) -> UUID:
    return scene.referred().id


@pytest.fixture
def room(scene: Scene) -> Client:
    return english(client_of(scene.cast.boubacar))


@pytest.fixture
def analyst(scene: Scene) -> Client:
    return english(client_of(scene.cast.djibril))


def read(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args), follow=True).content.decode()


def send(client: Client, name: str, crossing: UUID, **fields: object) -> tuple[int, str]:
    answer = client.post(reverse(name, args=[crossing]), fields, follow=True)
    return answer.status_code, answer.content.decode()


def test_headquarters_sees_who_waits_and_no_name(
    scene: Scene, room: Client, analyst: Client, waits: UUID
) -> None:
    interviews.take(scene.boubacar, waits)
    with at_node(HQ):
        page = read(analyst, "hq-interviews")
    assert "Kourémalé" in page
    assert "Boubacar Traoré" in page
    assert "SANGARE" not in page
    assert "still open" not in page
    Crossing.objects.update(at=Crossing.objects.get().at - timedelta(hours=9))
    assert "still open" in read(room, "second-line")


def test_who_waits_for_ever_hides_nobody_who_came_now(
    scene: Scene, waits: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = scene.referred(number="SP0000010").id
    Crossing.objects.filter(id=waits).update(at=Crossing.objects.get(id=now).at - timedelta(days=9))
    with at_node(HQ):
        both = [one.waiting.row.id for one in queue_of_all(scene.cast.djibril)]
        monkeypatch.setattr(at_hq, "MOST_SHOWN", 1)
        (last,) = queue_of_all(scene.cast.djibril)
    assert both == [waits, now]
    assert last.waiting.row.id == now


def test_one_is_opened_for_a_purpose_with_its_notes_and_pictures(
    scene: Scene, analyst: Client, waits: UUID
) -> None:
    interviews.note(scene.boubacar, waits, new_id(), "Speaks Bambara")
    picture = Redrawn(data=b"\xff\xd8 seen", width=16, height=9)
    attach(scene.boubacar, about=waits, id=new_id(), picture=picture, caption="Page 3")
    address = reverse("hq-interview-picture", args=[waits, Picture.objects.get().id])
    with at_node(HQ):
        assert "Speaks Bambara" not in read(analyst, "hq-interview", waits)
        assert analyst.get(address).status_code == 403
        assert send(analyst, "hq-interview", waits, purpose="other", reason="")[0] == 422
        assert not Lookup.objects.exists()
        status, page = send(analyst, "hq-interview", waits, purpose="case")
        assert (status, Lookup.objects.get().query) == (200, f"interview {waits}")
        assert "Speaks Bambara" in page
        assert "SANGARE" in page
        assert address in page
        assert analyst.get(address).content == picture.data


def test_who_decides_there_reads_what_the_checks_found(scene: Scene, analyst: Client) -> None:
    scene.listed()
    waits = scene.referred()
    (asked,) = questions(waits)
    listing = reverse("hq-interview-listing", args=[waits.id, asked.id])
    with at_node(HQ):
        assert "Armed robbery" not in analyst.get(listing, follow=True).content.decode()
        send(analyst, "hq-interview", waits.id, purpose="case", reason="")
        NationalList.objects.update(readers=[Role.HQ_ANALYST])
        page = read(analyst, "hq-interview", waits.id)
        for told in ("1974-03-12", "the same", "0 days old then", "Wanted", listing):
            assert told in page
        page = analyst.get(listing).content.decode()
        analyst.get(listing)
    for told in ("Souleymane SANGARE", "Weight", "Armed: call the gendarmerie", "not answered yet"):
        assert told in page
    looked = f"listing wanted {asked.said.listing}, crossing {waits.id}"
    assert [one.query for one in Lookup.objects.order_by("at")] == [
        f"interview {waits.id}",
        looked,
    ]


@pytest.mark.parametrize("discreet", [True, False])
def test_a_list_that_is_closed_to_them_is_told_as_at_the_lane(
    scene: Scene, analyst: Client, discreet: bool
) -> None:
    scene.listed(discreet=discreet)
    waits = scene.referred()
    (asked,) = questions(waits)
    with at_node(HQ):
        page = send(analyst, "hq-interview", waits.id, purpose="case")[1]
        assert "1 hit is on a list that you may not look into" in page
        assert "Armed: call the gendarmerie" not in page
        assert '<table class="evidence"' not in page
        listing = reverse("hq-interview-listing", args=[waits.id, asked.id])
        assert analyst.get(listing).status_code == 404


def test_what_a_compartment_knows_is_closed_to_others(
    scene: Scene, analyst: Client, waits: UUID
) -> None:
    inspection = lane.scan(scene.aminata, new_id(), zone(number="SP0000010"))
    lane.refer(scene.aminata, [inspection.id], ReferralReason.PROTECTION)
    with at_node(HQ):
        assert "a reason that its compartment knows" in read(analyst, "hq-interviews")
        _status, page = send(analyst, "hq-interview", inspection.id, purpose="case")
        assert "you are not in it" in page
        assert not Lookup.objects.exists()
        assert send(analyst, "take-over-ask", inspection.id, id=issue_id(), why="Mine")[0] == 403


def test_it_is_asked_for_granted_and_carried_out(
    room: Client, analyst: Client, waits: UUID
) -> None:
    with at_node(HQ):
        send(analyst, "hq-interview", waits, purpose="case")
        status, page = send(analyst, "take-over-ask", waits, id=issue_id(), why="x")
        assert status == 409
        assert "at least three characters" in page
        status, page = send(analyst, "take-over-ask", waits, id=issue_id(), why="Known here")
        assert "Headquarters asks to take over" in page
    assert "Headquarters asks to take over" in read(room, "second-line")
    page = read(open_case(room, waits), "second-line-case", waits)
    assert "Known here" in page
    asking = page.partition('name="asking" value="')[2][:36]
    status, page = send(room, "take-over-answer", waits, asking=asking, granted="no", why="")
    assert status == 409
    status, page = send(room, "take-over-answer", waits, asking=asking, granted="yes")
    assert "With headquarters" in page
    status, page = send(room, "second-line-resolve", waits, outcome="admitted")
    assert status == 409
    assert "take the interview back" in page
    with at_node(HQ):
        said = {"id": issue_id(), "words": "Is somebody else", "outcome": "admitted"}
        assert send(analyst, "take-over-direct", waits, **{**said, "outcome": "banished"})[0] == 409
        assert (
            "Headquarters says how to decide: Admitted"
            in send(analyst, "take-over-direct", waits, **said)[1]
        )
    assert "Is somebody else" in read(room, "second-line-case", waits)
    assert send(room, "second-line-resolve", waits, outcome="admitted")[0] == 200
    assert Crossing.objects.get().status == "admitted"


def test_words_that_come_too_late_are_kept_while_the_purpose_is_asked_again(
    analyst: Client, waits: UUID
) -> None:
    id = str(issue_id())
    with at_node(HQ):
        status, page = send(analyst, "take-over-ask", waits, id=id, why="Known <here>")
        assert (status, "what you wrote is kept" in page) == (409, True)
        assert "SANGARE" not in page
        assert f'action="{reverse("hq-interview", args=[waits])}"' in page
        back = {"kept-id": id, "kept-why": "Known <here>"}
        for name, value in back.items():
            assert f'name="{name}" value="{escape(value)}"' in page
        status, page = send(analyst, "hq-interview", waits, purpose="other", reason="", **back)
        assert (status, 'name="kept-why"' in page) == (422, True)
        status, page = send(analyst, "hq-interview", waits, purpose="case", **back)
        assert (status, Lookup.objects.count()) == (200, 1)
        assert f'name="id" value="{id}"' in page
        assert 'value="Known &lt;here&gt;" required' in page
        assert not TakeOver.objects.exists()
        status, page = send(analyst, "take-over-ask", waits, id=id, why="Known <here>")
    assert (status, TakeOver.objects.get().why) == (200, "Known <here>")


def test_so_is_the_interview_of_whom_was_handed_over_because_of_it(
    analyst: Client, waits: UUID
) -> None:
    Crossing.objects.update(handed_to=HandedTo.PROTECTION)
    with at_node(HQ):
        assert "you are not in it" in send(analyst, "hq-interview", waits, purpose="case")[1]
