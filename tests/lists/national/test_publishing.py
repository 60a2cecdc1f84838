"""What a post gets of a listing, and from when until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.db import transaction

from openmidas.documents import PartialDate
from openmidas.journal import Actor, JournalError, NodeKind
from openmidas.journal.models import new_id
from openmidas.lists import in_use
from openmidas.lists.editions import edition_bytes, latest_edition
from openmidas.lists.entries import EditionPublished
from openmidas.lists.in_use import LISTS, lists_now
from openmidas.lists.jobs import republish_lists
from openmidas.lists.models import ListEdition
from openmidas.lists.national import proposals, publishing
from openmidas.lists.national.categories import Action, Category
from openmidas.lists.national.models import NationalList
from openmidas.lists.services import import_un
from openmidas.nodes.jobs import jobs_at
from openmidas.nodes.services import node_day, node_time, record
from openmidas.screening import Edition, Query
from tests.conftest import POST
from tests.lists.conftest import SMALL
from tests.support.cast import Cast, acting, at_node, client_of, refusal
from tests.support.national import Desk, said

SOULEYMANE = Query(
    surname="SANGARE",
    given_names="SOULEYMANE",
    birth=PartialDate(1974, 3, 12),
    sex="M",
    nationality="MLI",
)


def published(desk: Desk) -> Edition:
    publishing.publish(desk.fanta, desk.list)
    row = latest_edition("wanted")
    assert row is not None
    return Edition.decode(edition_bytes(row))


def hits() -> list[str]:
    LISTS.forget()
    with at_node(POST):
        return [hit.listing.id for hit in lists_now().screen(SOULEYMANE)]


def test_a_post_gets_no_reason_and_no_source(desk: Desk) -> None:
    desk.listed()
    edition = published(desk)
    (listing,) = edition.listings
    assert (listing.category, listing.action, listing.code) == ("arrest", "second_line", "12")
    assert (listing.discreet, listing.expires_on) == (False, said().expires_on)
    assert listing.remarks == "Armed: call the gendarmerie"
    whole = edition.encode()
    for kept in (said().reason, said().legal_basis, said().authority):
        assert kept.encode() not in whole


def test_what_only_one_person_wants_does_not_travel(desk: Desk) -> None:
    desk.listed()
    proposals.propose(desk.fanta, desk.list, said(told="waits"))
    assert len(published(desk).listings) == 1
    assert publishing.changed_since_published(NationalList.objects.get()) == 0


def test_a_removed_listing_leaves_with_the_next_edition(desk: Desk) -> None:
    row = desk.listed()
    published(desk)
    assert hits() == [row.number]
    proposal = proposals.propose_removal(desk.fanta, row.id, "arrested")
    proposals.approve(desk.mariam, proposal.id, proposal.digest)
    assert publishing.changed_since_published(NationalList.objects.get()) == 1
    assert published(desk).listings == ()
    assert hits() == []


def test_an_expired_listing_leaves_and_hits_nobody_in_an_old_edition(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = desk.listed(expires_on=node_day() + timedelta(days=10))
    assert len(published(desk).listings) == 1
    for days, expected in ((10, [row.number]), (11, [])):
        day = node_day() + timedelta(days=days)
        monkeypatch.setattr(in_use, "node_day", lambda day=day: day)
        assert hits() == expected
    monkeypatch.setattr(publishing, "node_day", lambda: day)
    assert publishing.changed_since_published(NationalList.objects.get()) == 1
    assert published(desk).listings == ()


def test_a_document_alone_is_found_by_its_number(desk: Desk) -> None:
    row = desk.listed(category=Category.DOCUMENT, names=(), births=(), sex=None, nationalities=())
    edition = published(desk)
    assert [listing.kind for listing in edition.listings] == ["document"]
    assert latest_edition("wanted").documents == 1  # type: ignore[union-attr]  # it was just made
    LISTS.forget()
    bearer = msgspec.structs.replace(SOULEYMANE, number="AA1234567", number_issuer="MLI")
    (hit,) = lists_now().screen(bearer)
    assert (hit.listing.id, hit.level, hit.name) == (row.number, "strong", row.number)
    assert {one.field for one in hit.evidence if one.agrees is False} == set()


@pytest.mark.parametrize(
    ("action", "discreet", "code"),
    [
        (Action.CALL_HQ, False, "11"),
        (Action.SECOND_LINE, False, "12"),
        (Action.INFORM, False, "13"),
        (Action.CALL_HQ, True, "12"),
        (Action.SECOND_LINE, True, "12"),
        (Action.INFORM, True, ""),
    ],
)
def test_a_discreet_code_tells_nothing(
    action: Action, discreet: bool, code: str, desk: Desk
) -> None:
    desk.listed(action=action, discreet=discreet)
    assert published(desk).listings[0].code == code


def test_no_file_of_one_person_takes_its_place(desk: Desk) -> None:
    publishing.publish(desk.fanta, desk.listed().list)
    row = latest_edition("wanted")
    assert row is not None
    imported = EditionPublished(
        edition=new_id(),
        list_code="wanted",
        title="Wanted",
        dated=row.dated,
        digest=row.digest,
        says=row.says,
        size=row.size,
        parts=0,
        persons=1,
        entities=0,
        limit_days=14,
        problems=0,
    )
    with pytest.raises(JournalError) as raised, transaction.atomic():
        record(imported, actor=desk.fanta)
    assert raised.value.code == "edition.of_one_person"


def test_only_an_owner_publishes_and_not_nothing(desk: Desk, cast: Cast) -> None:
    with refusal("list.empty"):
        publishing.publish(desk.fanta, desk.list)
    desk.listed()
    with refusal("list.nobody"):
        publishing.publish(acting(cast.djibril), desk.list)


@pytest.mark.parametrize(("readers", "found"), [((), False), (("head_of_post",), True)])
def test_the_head_of_post_looks_into_a_list_that_lets_them(
    readers: tuple[str, ...], found: bool, desk: Desk, cast: Cast, pages: Any
) -> None:
    settings: dict[str, Any] = {"code": "", "title": "Wanted", "readers": readers}
    publishing.configure(desk.fanta, list=desk.list, **settings)
    desk.listed()
    desk.listed(discreet=True, told="hidden")
    publishing.publish(desk.fanta, desk.list)
    with at_node(POST):
        answer = client_of(cast.coumba).post(
            "/lists/of/wanted/", {"text": "sangare", "purpose": "case", "reason": "case 12"}
        )
        assert (answer.status_code == 200) is found
        if found:
            assert [one.id for one in answer.context["listings"]] == ["MLI-000001"]


class TestRepublishing:
    """A list of the State's own is published again in time, though nothing on it changed."""

    @pytest.fixture
    def on_day(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
        """So many days from now: what the HQ's clock says."""
        today = node_time()

        def travel(days: int) -> None:
            later = today + timedelta(days=days)
            monkeypatch.setattr(publishing, "node_time", lambda: later)
            monkeypatch.setattr(publishing, "node_day", lambda: later.date())

        return travel

    def test_at_half_of_the_limit_and_not_before(
        self, desk: Desk, on_day: Callable[[int], None]
    ) -> None:
        desk.listed()
        first = published(desk)
        on_day(6)
        assert publishing.republish_due() == 0
        on_day(7)
        assert publishing.republish_due() == 1
        row = latest_edition("wanted")
        assert row is not None
        again = Edition.decode(edition_bytes(row))
        assert (again.listings, row.officer) == (first.listings, None)
        assert (row.day - first.dated.date()).days == 7
        assert publishing.republish_due() == 0

    def test_what_has_expired_is_left_out_and_what_was_approved_goes_along(
        self, desk: Desk, on_day: Callable[[int], None]
    ) -> None:
        desk.listed(expires_on=node_day() + timedelta(days=3))
        published(desk)
        added = desk.listed()
        on_day(8)
        publishing.republish_due()
        row = latest_edition("wanted")
        assert row is not None
        (listing,) = Edition.decode(edition_bytes(row)).listings
        assert listing.id == added.number

    def test_never_what_nobody_published_and_never_the_list_of_others(
        self, desk: Desk, on_day: Callable[[int], None]
    ) -> None:
        desk.listed()
        import_un(SMALL, actor=Actor(), limit_days=2)
        on_day(40)
        assert publishing.republish_due() == 0
        assert ListEdition.objects.count() == 1

    def test_the_worker_of_the_headquarters_does_it(self) -> None:
        jobs = [job.run for job in jobs_at(NodeKind.HQ)]
        assert republish_lists in jobs
        assert republish_lists not in [job.run for job in jobs_at(NodeKind.POST)]
