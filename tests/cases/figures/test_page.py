"""The page of figures, from what posts wrote to what a list officer reads."""

from __future__ import annotations

import csv
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import transaction
from django.test import Client

from openmidas.cases.entries import Answer, Bearer, HitResolved, HitSaid, Reason
from openmidas.cases.figures.models import CounterHit
from openmidas.crossings.entries import (
    CrossingReferred,
    CrossingResolved,
    OpenHitReason,
    OpenHits,
    Outcome,
    ReferralReason,
)
from openmidas.crossings.hits import hit_id
from openmidas.crossings.inspection import Finding, Severity
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.journal.projecting import Origin, project_content
from openmidas.lists.national.publishing import publish
from openmidas.nodes.services import node_time, record
from tests.cases.looking_back.made import inspection
from tests.conftest import POST
from tests.support.cast import Cast, client_of, english
from tests.support.national import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

URL = "/hq/hits/"


@pytest.fixture
def desk(as_hq: None, cast: Cast) -> Desk:
    return Desk(cast)


@pytest.fixture
def fanta(desk: Desk, cast: Cast) -> Client:
    return english(client_of(cast.fanta))


def referred(listing: str, level: str = "possible", *, list_code: str = "wanted") -> UUID:
    """A traveller whom a post referred for a hit; the crossing's id."""
    found = Finding(
        code="list_hit",
        severity=Severity.LOOK,
        params={"list_code": list_code, "listing": listing, "level": level},
    )
    one = msgspec.structs.replace(inspection("KEITA", "AWA"), findings=(found,))
    now = node_time()
    origin = Origin(POST, 1, 1, Actor(), now, 1, now)
    with transaction.atomic():
        project_content(origin, CrossingReferred(inspection=one, reason=ReferralReason.FINDINGS))
    return one.id


def answered(crossing: UUID, listing: str, answer: Answer, **changes: Any) -> None:
    """Headquarters answers the hit of this crossing, a quarter of an hour after the scan."""
    said = HitSaid(
        list_code="wanted", listing=listing, edition=new_id(), digest="0" * 64, level="possible",
        score=9.0,
    )  # fmt: skip
    scanned = node_time() - timedelta(minutes=15)
    content = HitResolved(
        resolution=new_id(),
        crossing=crossing,
        found_at=int(scanned.timestamp() * 1000),
        hit=said,
        bearer=Bearer(),
        answer=answer,
        reason=Reason.OTHER,
        **changes,
    )
    with transaction.atomic():
        record(content, actor=Actor())


def test_a_hit_is_kept_as_its_crossing_arrives(desk: Desk) -> None:
    crossing = referred("N.1")

    (row,) = CounterHit.objects.all()

    assert (row.id, row.node) == (hit_id(crossing, "wanted", "N.1"), POST)
    assert (row.list_code, row.listing, row.level) == ("wanted", "N.1", "possible")


def test_a_level_that_nobody_knows_is_no_hit(desk: Desk) -> None:
    referred("N.1", level="certain")
    assert not CounterHit.objects.exists()


def test_without_a_hit_the_page_says_what_to_do(fanta: Client) -> None:
    page = fanta.get(URL).content.decode()
    assert "No hit in this time, as far as the posts have said." in page
    assert "Kourémalé" in page  # the post, and that it was never heard of


def test_hits_are_counted_by_list_and_by_post(fanta: Client) -> None:
    for listing in ("N.1", "N.2", "N.3"):
        crossing = referred(listing)
        if listing != "N.3":
            answered(crossing, listing, Answer.SAME if listing == "N.1" else Answer.NOT_SAME)

    text = fanta.get(f"{URL}table.csv").content.decode("utf-8-sig")

    (line,) = csv.DictReader(text.splitlines())
    assert line == {
        "list": "wanted", "post": "Kourémalé", "hits": "3", "found_later": "0", "same": "1",
        "not_same": "1", "unsure": "0", "unanswered": "1", "percent_wrong": "50",
        "median_minutes": "15", "admitted_open": "0",
    }  # fmt: skip
    page = fanta.get(URL).content.decode()
    assert "50 %" in page
    assert "15 minutes" in page


def test_of_several_answers_the_last_counts_and_the_first_tells_the_time(fanta: Client) -> None:
    crossing = referred("N.1")
    answered(crossing, "N.1", Answer.UNSURE)
    answered(crossing, "N.1", Answer.NOT_SAME)

    text = fanta.get(f"{URL}table.csv").content.decode("utf-8-sig")

    (line,) = csv.DictReader(text.splitlines())
    assert (line["unsure"], line["not_same"], line["median_minutes"]) == ("0", "1", "15")


def test_who_was_let_cross_while_a_hit_stood_open_is_counted(
    desk: Desk, cast: Cast, fanta: Client
) -> None:
    """As it was at the decision: an answer that comes later changes nothing of that."""
    crossing = referred("N.1", level="strong")
    referred("N.2", level="strong")
    open_hits = OpenHits(hits=(hit_id(crossing, "wanted", "N.1"),), reason=OpenHitReason.DANGER)
    now = node_time()
    origin = Origin(POST, 1, 2, Actor(), now, 2, now)
    with transaction.atomic():
        project_content(
            origin,
            CrossingResolved(crossing=crossing, outcome=Outcome.ADMITTED, open_hits=open_hits),
        )
    answered(crossing, "N.1", Answer.NOT_SAME)

    page = fanta.get(URL).content.decode()

    assert "Admitted with an open hit: 1." in page
    assert "Show these crossings" not in page  # crossings are not for who keeps lists
    (line,) = csv.DictReader(fanta.get(f"{URL}table.csv").content.decode("utf-8-sig").splitlines())
    assert (line["hits"], line["unanswered"], line["admitted_open"]) == ("2", "1", "1")


def test_a_listing_that_only_met_others_is_to_be_repaired(fanta: Client, desk: Desk) -> None:
    listing = desk.listed(births=(), documents=())
    publish(desk.fanta, desk.list)
    for _ in range(3):
        answered(referred(listing.number), listing.number, Answer.NOT_SAME)

    page = fanta.get(URL).content.decode()

    assert "It has no date of birth" in page
    assert f"/lists/listing/{listing.id}/change/" in page
    assert "Ask the owner of the list" not in page


def test_who_does_not_keep_lists_is_shown_no_way_to_change_them(
    desk: Desk, cast: Cast, fanta: Client
) -> None:
    listing = desk.listed(births=())
    publish(desk.fanta, desk.list)
    for _ in range(3):
        answered(referred(listing.number), listing.number, Answer.NOT_SAME)

    page = english(client_of(cast.kadiatou)).get(URL).content.decode()

    assert listing.number not in page  # nor a list that oversight was not let into
    assert "No hit in this time" in page


def test_a_listing_of_another_list_is_its_owners_to_repair(fanta: Client) -> None:
    for _ in range(3):
        answered(referred("N.9"), "N.9", Answer.NOT_SAME)
    assert "It stands on no list in use any more" in fanta.get(URL).content.decode()


def test_only_periods_that_are_offered_are_asked_for(fanta: Client) -> None:
    assert '<option value="90" selected>' in fanta.get(f"{URL}?days=100000").content.decode()
    assert '<option value="365" selected>' in fanta.get(f"{URL}?days=365").content.decode()


def test_who_may_read_the_answers_of_the_posts_gets_a_link_to_them(
    desk: Desk, cast: Cast, fanta: Client
) -> None:
    link = "/hq/hits/settled/"
    assert link not in fanta.get(URL).content.decode()
    analyst = english(client_of(cast.kadiatou))
    assert link in analyst.get(URL).content.decode()
    assert analyst.get(link).status_code == 200
