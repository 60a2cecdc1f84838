"""Who may see what looking back found, and whom it names only after a recorded look-up."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from openmidas.cases.entries import Answer
from openmidas.cases.looking_back import running
from openmidas.cases.looking_back.jobs import look_back
from openmidas.cases.looking_back.models import LaterHit
from openmidas.cases.models import HitResolution
from openmidas.crossings.models import Crossing
from openmidas.lists.national.publishing import configure
from openmidas.posts.models import Lookup
from tests.cases.looking_back.conftest import crossed, published
from tests.cases.looking_back.made import named
from tests.support.cast import Cast, client_of, english
from tests.support.national import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

URL = "/hq/looking-back/"
OPEN = {"purpose": "lists", "reason": ""}


@pytest.fixture
def fanta(desk: Desk, cast: Cast) -> Client:
    return english(client_of(cast.fanta))


@pytest.fixture
def hit(desk: Desk) -> LaterHit:
    him = crossed()
    named(him)
    desk.listed()
    published(desk)
    look_back()
    return LaterHit.objects.get()


def test_before_the_first_edition_the_page_says_what_to_do(fanta: Client) -> None:
    page = fanta.get(URL).content.decode()
    assert "No edition was looked back from yet" in page
    assert "No hit was found by looking back" in page


def test_a_hit_is_told_without_who_it_is(fanta: Client, hit: LaterHit) -> None:
    page = fanta.get(URL).content.decode()
    assert hit.listing in page
    assert "Kourémalé" in page
    assert "1 hit has no answer yet" in page
    assert "SANGARE" not in page.upper().replace("É", "E")


def test_hits_are_chosen_by_list_and_by_level(fanta: Client, hit: LaterHit) -> None:
    assert "There is no such hit" in fanta.get(f"{URL}?level=possible").content.decode()
    assert hit.listing in fanta.get(f"{URL}?level=strong&list=wanted").content.decode()


def test_how_far_it_is_stands_on_the_page(
    fanta: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    for _ in range(5):
        crossed()
    desk.listed()
    published(desk)
    run = running.next_run()
    assert run is not None
    running.go_on(run)

    told = fanta.get(URL, headers={"HX-Request": "true"}).content.decode()

    assert "2 of about 5 crossings" in told
    assert 'value="40"' in told
    assert "<html" not in told


def test_who_it_is_stands_behind_a_recorded_look_up(fanta: Client, hit: LaterHit) -> None:
    url = f"{URL}{hit.id}/"
    assert "SANGARE" not in fanta.get(url).content.decode()
    before = Lookup.objects.count()

    page = fanta.post(url, OPEN, follow=True).content.decode()

    assert "SANGARE" in page
    assert "1974-03-12" in page
    assert Lookup.objects.count() == before + 1


def test_without_a_purpose_nothing_is_shown(fanta: Client, hit: LaterHit) -> None:
    response = fanta.post(f"{URL}{hit.id}/", {"purpose": "other", "reason": "x"})
    assert response.status_code == 422
    assert "SANGARE" not in response.content.decode()
    assert not Lookup.objects.exists()


def test_a_hit_is_answered_as_at_a_post(fanta: Client, hit: LaterHit) -> None:
    url = f"{URL}{hit.id}/"
    fanta.post(url, OPEN)

    page = fanta.post(f"{url}answer/", {"said": "not_same.face", "note": ""}, follow=True)

    answer = HitResolution.objects.get()
    assert (answer.hit, answer.answer, answer.crossing) == (hit.id, Answer.NOT_SAME, hit.crossing)
    assert "Another face" in page.content.decode()
    assert "has no answer yet" not in fanta.get(URL).content.decode()


def test_an_answer_needs_a_reason_and_what_was_typed_stays(fanta: Client, hit: LaterHit) -> None:
    url = f"{URL}{hit.id}/"
    fanta.post(url, OPEN)

    response = fanta.post(f"{url}answer/", {"note": "Seen at Gao"})

    assert response.status_code == 409
    assert re.search(r"<textarea[^>]*>Seen at Gao</textarea>", response.content.decode())
    assert not HitResolution.objects.exists()


def test_nobody_answers_what_they_have_not_opened(fanta: Client, hit: LaterHit) -> None:
    fanta.post(f"{URL}{hit.id}/answer/", {"said": "same.face"})
    assert not HitResolution.objects.exists()


def test_a_list_is_closed_to_whom_its_owners_do_not_name(
    hit: LaterHit, cast: Cast, desk: Desk
) -> None:
    djibril = english(client_of(cast.djibril))

    assert hit.listing not in djibril.get(URL).content.decode()
    assert djibril.get(f"{URL}{hit.id}/").status_code == 403

    configure(desk.fanta, code="", title="Wanted", readers=("hq_analyst",), list=desk.list)
    assert hit.listing in djibril.get(URL).content.decode()
    assert djibril.get(f"{URL}{hit.id}/").status_code == 200


def test_what_was_erased_is_said_to_be(fanta: Client, hit: LaterHit) -> None:
    fanta.post(f"{URL}{hit.id}/", OPEN)
    Crossing.objects.all().delete()
    assert "it was erased" in fanta.get(f"{URL}{hit.id}/").content.decode()


def test_an_answer_that_comes_too_late_is_kept(fanta: Client, hit: LaterHit) -> None:
    late = fanta.post(f"{URL}{hit.id}/answer/", {"said": "not_same.face", "note": "Seen at Gao"})
    assert (late.status_code, "SANGARE" in late.content.decode()) == (409, False)
    back = {"kept-said": "not_same.face", "kept-note": "Seen at Gao"}
    assert all(f'name="{one}" value="{back[one]}"' in late.content.decode() for one in back)
    page = fanta.post(f"{URL}{hit.id}/", OPEN | back).content.decode()
    assert re.search(r"<textarea[^>]*>Seen at Gao</textarea>", page)
    assert 'value="not_same.face" checked' in page
