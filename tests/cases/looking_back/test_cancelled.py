"""Scans that were cancelled are looked back at like crossings: nobody disappears because somebody paid."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest
from django.urls import reverse

from openmidas.cases.looking_back import running
from openmidas.cases.looking_back.jobs import look_back
from openmidas.cases.looking_back.models import LaterHit, LookedBack
from openmidas.crossings.hits import hit_id
from openmidas.crossings.inspection import (
    Document,
    Finding,
    Inspection,
    Journey,
    Severity,
    Traveller,
)
from openmidas.crossings.models import CancelledInspection
from openmidas.documents import PartialDate
from openmidas.journal.models import new_id
from openmidas.nodes.services import node_time
from tests.cases.looking_back.conftest import crossed, published
from tests.conftest import POST
from tests.support.cast import Cast, client_of, english
from tests.support.national import Desk

pytestmark = pytest.mark.django_db


def cancelled(
    at: datetime | None = None, *, surname: str = "SANGARE", findings: tuple[Finding, ...] = ()
) -> Inspection:
    """Souleymane Sangaré is scanned, and cancelled."""
    at = at or node_time() - timedelta(days=1)
    one = Inspection(
        id=new_id(),
        lane="1",
        opened_at=round(at.timestamp() * 1000),
        traveller=Traveller(
            surname=surname,
            given_names="SOULEYMANE",
            birth=PartialDate(1974, 3, 12),
            sex="M",
            nationality="MLI",
        ),
        document=Document(code="P", number="SP0000001", issuer="MLI"),
        journey=Journey(),
        findings=findings,
    )
    CancelledInspection.objects.create(
        id=one.id, node=POST, lane="1", state="clear", role="primary", at=at,
        inspection=msgspec.msgpack.encode(one),
    )  # fmt: skip
    return one


def told() -> tuple[int, int, int]:
    row = LookedBack.objects.get()
    return row.crossings, row.strong, row.known


def test_who_was_cancelled_is_found(desk: Desk) -> None:
    him = cancelled()
    cancelled(surname="KEITA")
    listing = desk.listed()
    published(desk)

    look_back()

    (hit,) = LaterHit.objects.all()
    assert hit.id == hit_id(him.id, "wanted", listing.number)
    assert (hit.crossing, hit.post, hit.level) == (him.id, POST, "strong")
    assert told() == (2, 1, 0)


def test_they_are_taken_in_turn_with_the_crossings(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "BATCH", 3)
    expected = set()
    for _ in range(4):
        expected |= {crossed().id, cancelled().id}
    expected |= {cancelled().id for _ in range(4)}
    desk.listed()
    published(desk)

    look_back()

    assert set(LaterHit.objects.values_list("crossing", flat=True)) == expected
    assert told() == (12, 12, 0)


def test_what_the_lane_was_told_is_no_news(desk: Desk) -> None:
    listing = desk.listed()
    params = {"list_code": "wanted", "listing": listing.number, "level": "strong"}
    cancelled(findings=(Finding(code="list_hit", severity=Severity.STOP, params=params),))
    published(desk)

    look_back()

    assert not LaterHit.objects.exists()
    assert told() == (1, 0, 1)


def test_what_lies_too_far_back_is_left_alone(desk: Desk) -> None:
    cancelled(node_time() - timedelta(days=400))
    desk.listed()
    published(desk)
    look_back()
    assert told() == (0, 0, 0)


@pytest.mark.usefixtures("pages")
def test_its_page_says_that_nobody_decided(desk: Desk, cast: Cast) -> None:
    cancelled()
    desk.listed()
    published(desk)
    look_back()
    hit = LaterHit.objects.get()
    fanta = english(client_of(cast.fanta))
    there = reverse("later-hit", args=[hit.id])
    assert ">cancelled</span>" in fanta.get(reverse("looking-back")).content.decode()

    page = fanta.post(there, {"purpose": "lists", "reason": ""}, follow=True).content.decode()

    assert "SANGARE" in page
    assert "The scan was cancelled: no decision was recorded" in page
    assert "had crossed before" not in page
    answer = reverse("later-hit-answer", args=[hit.id])
    page = fanta.post(answer, {"said": "not_same.birth"}, follow=True).content.decode()
    assert "Not the same person" in page
