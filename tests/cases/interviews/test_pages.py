"""The queue and the page of an interview, as officers of the post see them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmidas.cases.interviews.models import CareRecord, CaseNote, CaseTaking, Hold
from openmidas.crossings import services
from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.journal.models import new_id
from openmidas.lists.views.opened import MINUTES
from openmidas.posts.models import Lookup
from tests.cases.conftest import Scene, zone
from tests.support.cast import client_of, english, open_case

pytestmark = pytest.mark.usefixtures("pages")


@pytest.fixture
def waits(scene: Scene) -> UUID:
    """A traveller without a hit, sent by Aminata."""
    return scene.referred().id


@pytest.fixture
def room(scene: Scene) -> Client:
    return english(client_of(scene.cast.boubacar))


@pytest.fixture
def head(scene: Scene) -> Client:
    return english(client_of(scene.cast.coumba))


def page_of(client: Client, crossing: UUID) -> str:
    return client.get(reverse("second-line-case", args=[crossing])).content.decode()


def post(client: Client, name: str, crossing: UUID, **fields: object) -> tuple[int, str]:
    answer = client.post(reverse(name, args=[crossing]), fields, follow=True)
    return answer.status_code, answer.content.decode()


def test_the_queue_tells_who_has_somebody(room: Client, head: Client, waits: UUID) -> None:
    post(room, "interview-take", waits)
    post(room, "interview-hold", waits, ground="identity")
    queue = reverse("second-line")
    assert "You" in room.get(queue).content.decode()
    seen = head.get(queue).content.decode()
    assert "Boubacar Traoré" in seen
    assert "held" in seen


def test_a_colleague_takes_over_what_they_saw(room: Client, head: Client, waits: UUID) -> None:
    post(room, "interview-take", waits)
    status, page = post(head, "interview-take", waits)
    assert status == 409
    assert "in the meantime" in page
    taking = CaseTaking.objects.get()
    page = page_of(head, waits)
    assert "has taken this traveller on" in page
    assert "SANGARE" not in page
    status, page = post(head, "interview-take", waits, seen=str(taking.id))
    assert (status, "You have taken" in page) == (200, True)
    status, page = post(room, "second-line-resolve", waits, outcome="admitted")
    assert status == 409
    assert "Take over first" in page
    assert Crossing.objects.get().status == "referred"


def test_what_happened_stands_in_its_order(room: Client, waits: UUID) -> None:
    open_case(room, waits)
    post(room, "interview-note", waits, id=issue_id(), text="Speaks Bambara")
    post(room, "interview-care", waits, id=issue_id(), what="water", answer="given")
    post(room, "interview-check", waits, done=["portrait_compared", "second_paper"])
    page = page_of(room, waits)
    assert page.index("Sent to the second line") < page.index("Speaks Bambara")
    assert page.index("Speaks Bambara") < page.index("Water: given")
    assert page.count(" checked>") == 2


@pytest.mark.parametrize(
    ("name", "fields", "kept"),
    [
        ("interview-note", {"text": "Speaks Bambara", "id": str(new_id())}, "Speaks Bambara"),
        (
            "interview-care",
            {"what": "doctor", "answer": "not_possible", "said": "no"},
            'value="no"',
        ),
        ("interview-hold", {"ground": "other", "hold_note": "x"}, 'value="x"'),
        ("second-line-resolve", {"outcome": "handed_over", "note": "To his uncle"}, "To his uncle"),
    ],
)
def test_what_is_refused_stays_in_its_form(
    room: Client, waits: UUID, name: str, fields: dict[str, str], kept: str
) -> None:
    open_case(room, waits)
    if name == "interview-care":
        fields = fields | {"id": str(issue_id())}
    status, page = post(room, name, waits, **fields)
    assert status == 409
    assert 'role="alert"' in page
    assert kept in page
    for model in (CaseNote, CareRecord, Hold):
        assert not model._default_manager.exists()


def test_nobody_is_held_without_a_ground(room: Client, waits: UUID) -> None:
    open_case(room, waits)
    status, page = post(room, "interview-hold", waits, ground="", hold_note="He waits")
    assert (status, Hold.objects.exists()) == (409, False)
    assert '<p class="error" id="ground-error">Choose why the traveller may not leave.' in page
    assert 'value="He waits"' in page
    post(room, "interview-hold", waits, ground="identity")
    post(room, "interview-hold", waits, ground="")
    assert Hold.objects.get().ended_at is None
    post(room, "interview-hold", waits, free="yes")
    assert Hold.objects.get().ended_at is not None


def test_earlier_crossings_are_shown_once_it_is_recorded_who_looks(
    scene: Scene, room: Client, waits: UUID
) -> None:
    post(room, "second-line-resolve", waits, outcome="admitted", reason="findings_considered")
    again = scene.referred().id
    post(room, "interview-take", again)
    assert "Earlier crossings of this document" not in page_of(room, again)
    assert not Lookup.objects.exists()
    _, page = post(room, "interview-history", again)
    assert "Earlier crossings of this document" in page
    assert "Admitted" in page
    look = Lookup.objects.get()
    assert (look.purpose, look.results, look.officer) == ("case", 1, scene.cast.boubacar.id)


def test_who_was_decided_on_is_found_again(room: Client, head: Client, waits: UUID) -> None:
    case = reverse("second-line-case", args=[waits])
    _, page = post(
        room, "second-line-resolve", waits, outcome="admitted", reason="findings_considered"
    )
    assert page.count(f'href="{case}"') == 2, "in the message and in the list of the day"
    assert "SANGARE" in page_of(room, waits), "whoever decided reads it"
    assert f'href="{case}"' in head.get(reverse("second-line")).content.decode()
    assert "SANGARE" not in page_of(head, waits), "others say for what"


def test_after_a_refusal_comes_its_form(room: Client, waits: UUID) -> None:
    refused = {"outcome": "refused", "reason": "false_document"}
    answer = room.post(reverse("second-line-resolve", args=[waits]), refused)
    assert answer["Location"] == reverse("second-line-case", args=[waits]) + "#refusal"


def test_comments_are_taken_after_the_decision(room: Client, waits: UUID) -> None:
    post(room, "second-line-resolve", waits, outcome="admitted", reason="findings_considered")
    page = page_of(room, waits)
    assert "Comment after the decision" in page
    assert reverse("interview-hold", args=[waits]) not in page
    status, page = post(room, "interview-note", waits, id=issue_id(), text="Came back")
    assert (status, "Came back" in page) == (200, True)


def test_whom_the_lane_let_cross_is_shown_without_an_interview(scene: Scene, room: Client) -> None:
    """Hits and incidents lead here from any crossing of the post."""
    inspection = services.scan(scene.aminata, new_id(), zone(number="SP0000010"))
    services.admit(scene.aminata, [inspection.id])
    open_case(room, inspection.id)
    page = page_of(room, inspection.id)
    assert "Decided at lane 1 by Aminata Keïta" in page
    assert "Course of the interview" not in page
    status, page = post(room, "interview-take", inspection.id)
    assert (status, "does not wait at this post" in page) == (409, True)


def test_what_was_cancelled_or_is_another_posts_has_no_page(scene: Scene, room: Client) -> None:
    inspection = scene.scan()
    assert room.get(reverse("second-line-case", args=[inspection.id])).status_code == 404
    assert room.post(reverse("interview-take", args=[inspection.id])).status_code == 404


class TestOpeningIt:
    def test_who_has_taken_it_on_reads_and_nothing_else_is_asked(
        self, room: Client, waits: UUID
    ) -> None:
        assert "SANGARE" not in page_of(room, waits)
        _, page = post(room, "interview-take", waits)
        assert "SANGARE" in page
        assert not Lookup.objects.exists()
        post(room, "interview-leave", waits)
        assert "SANGARE" not in page_of(room, waits)

    def test_everybody_else_says_for_what(
        self, scene: Scene, room: Client, head: Client, waits: UUID
    ) -> None:
        post(room, "interview-take", waits)
        page = page_of(head, waits)
        assert '<option value="case" selected>' in page
        assert "SANGARE" not in page
        assert post(head, "second-line-case", waits, purpose="other", reason="curious")[0] == 422
        assert not Lookup.objects.exists()
        _, page = post(head, "second-line-case", waits, purpose="case", reason="Relief at noon")
        assert "SANGARE" in page
        look = Lookup.objects.get()
        assert (look.officer, look.purpose, look.reason, look.query) == (
            scene.cast.coumba.id,
            "case",
            "Relief at noon",
            f"interview {waits}",
        )

    def test_is_asked_again_later(
        self, room: Client, waits: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        open_case(room, waits)
        assert "SANGARE" in page_of(room, waits)
        later = timezone.now() + timedelta(minutes=MINUTES)
        monkeypatch.setattr("openmidas.lists.views.opened.node_time", lambda: later)
        assert "SANGARE" not in page_of(room, waits)

    def test_of_one_that_is_over_it_is_asked_of_who_had_it_too(
        self, room: Client, head: Client, waits: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        post(room, "interview-take", waits)
        post(room, "second-line-resolve", waits, outcome="admitted", reason="findings_considered")
        assert "SANGARE" in page_of(room, waits)  # for the form and a last word
        assert "SANGARE" not in page_of(head, waits)
        later = timezone.now() + timedelta(minutes=MINUTES)
        monkeypatch.setattr("openmidas.lists.views.opened.node_time", lambda: later)
        assert "Why do you open it?" in page_of(room, waits)

    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("interview-history", {}),
            ("interview-care", {"what": "doctor", "answer": "not_possible", "said": "no"}),
            ("interview-take", {"seen": str(new_id())}),
        ],
    )
    def test_no_step_shows_it_beside(
        self, room: Client, head: Client, waits: UUID, name: str, fields: dict[str, str]
    ) -> None:
        post(room, "interview-take", waits)
        if name == "interview-care":
            fields = fields | {"id": str(issue_id())}
        _, page = post(head, name, waits, **fields)
        assert "SANGARE" not in page
        assert "Open and record" in page

    def test_what_was_typed_into_a_page_that_closed_comes_back_into_its_field(
        self, head: Client, waits: UUID
    ) -> None:
        text = "Speaks Bambara\x00"
        status, page = post(head, "interview-note", waits, id=issue_id(), text=text)
        assert status == 409
        assert "what you wrote is kept" in page
        assert "It was opened too long ago" not in page  # but another reason, which stands above
        assert 'name="kept-text" value="Speaks Bambara' in page
        again = {"kept-text": "Speaks Bambara"}
        status, page = post(head, "second-line-case", waits, purpose="other", reason="", **again)
        assert status == 422
        assert 'name="kept-text" value="Speaks Bambara"' in page
        status, page = post(head, "second-line-case", waits, purpose="case", reason="", **again)
        assert status == 200
        assert ">Speaks Bambara</textarea>" in page
        status, page = post(head, "interview-take", waits, **again)  # the other way in
        assert (status, ">Speaks Bambara</textarea>" in page) == (200, True)
        assert not CaseNote.objects.exists()
        post(head, "interview-note", waits, id=issue_id(), text="Speaks Bambara")
        assert CaseNote.objects.get().text == "Speaks Bambara"
