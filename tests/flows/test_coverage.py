"""What the numbers cover: hours up of hours open, how crossings were recorded, what is to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from openmidas.crossings.entries import CountReason, CrossingsCounted
from openmidas.crossings.inspection import Direction
from openmidas.flows import coverage as coverages
from openmidas.flows.coverage import Coverage, Hours, PostCoverage, coverage
from openmidas.flows.models import Tally
from openmidas.flows.tallies import Key, add
from openmidas.journal import Actor, NodeKind
from openmidas.journal.models import new_id
from openmidas.nodes.entries import NodeReported
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_day, record
from openmidas.posts.models import Post
from openmidas.register.models import Shift
from tests.conftest import HQ, POST
from tests.displacements.conftest import Camp
from tests.support.cast import Cast, at_node

OTHER = UUID("01900000-0000-7000-8000-000000000002")
MARCH = date(2026, 3, 1), date(2026, 3, 31)


@pytest.fixture
def hq(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(coverages, "node_time", lambda: datetime(2026, 4, 15, tzinfo=UTC))
    with at_node(HQ):
        Post.objects.create(id=OTHER, node=HQ, name="Labbézanga", hours=["06:00-18:00"] * 7)
        yield


def reported(*spans: tuple[datetime, datetime]) -> None:
    """The post was up in these spans."""
    for start, end in spans:
        with at_node(POST), transaction.atomic():
            content = NodeReported(
                report=new_id(),
                up_from=round(start.timestamp() * 1000),
                up_until=round(end.timestamp() * 1000),
            )
            record(content, actor=Actor())


def at(day: int, hour: int, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)  # Bamako keeps universal time


def of(found: Coverage, post: UUID) -> PostCoverage:
    return next(one for one in found.posts if one.post == post)


def count(day: date, recorded: str, number: int, post: UUID = POST, span: str = "d") -> None:
    add({Key(post, span, day, "entry", "admitted", "r", recorded): number})


def test_hours_up_of_hours_known_of_hours_open(hq: None) -> None:
    reported((at(10, 0), at(20, 0)), (at(21, 0), at(31, 0)))
    found = coverage([], *MARCH)
    assert of(found, POST).hours == Hours(open=31 * 24, known=21 * 24, up=20 * 24)
    assert of(found, POST).hours.unknown == 10 * 24
    assert of(found, POST).hours.percent_up == 95
    assert of(found, OTHER).hours == Hours(open=31 * 12)
    assert found.hours == Hours(open=31 * 36, known=21 * 24, up=20 * 24)
    assert found.never_reported == ("Labbézanga",)


def test_only_hours_of_opening_count(hq: None) -> None:
    Post.objects.filter(id=POST).update(hours=["20:00-04:00"] * 7)
    reported((at(1, 0), at(2, 0)), (at(2, 22), at(3, 2)))
    found = coverage([POST], date(2026, 3, 1), date(2026, 3, 2)).hours
    assert found == Hours(open=4 + 8 + 4, known=4 + 8 + 4, up=4 + 4 + 2)


def test_hours_in_which_a_shift_was_on_duty(hq: None) -> None:
    Post.objects.filter(id=POST).update(hours=["06:00-18:00"] * 7)
    reported((at(1, 0), at(2, 8)))
    since = at(2, 4)
    Shift.objects.create(id=new_id(), node=POST, since=since, until=at(2, 9), opened_at=since)
    found = coverage([], date(2026, 3, 1), date(2026, 3, 2))
    assert (found.hours.attended, found.hours.known, found.hours.open) == (2, 14, 48)
    assert "A shift was on duty in 2 of 14 hours of opening (14 %)." in said(found, "en")
    nobody = coverage([], date(2026, 3, 1), date(2026, 3, 1))
    assert "A shift was on duty in 0 of 12 hours of opening (0 %)." in said(nobody, "en")
    unheard = coverage([], date(2026, 2, 1), date(2026, 2, 2))
    assert "attended: not known, no post has reported" in said(unheard, "en")


def test_what_is_still_to_come_is_not_open_yet(hq: None) -> None:
    found = coverage([POST], date(2026, 4, 14), date(2026, 4, 30))
    assert found.hours == Hours(open=24)
    assert coverage([POST], date(2026, 5, 1), date(2026, 5, 2)).hours == Hours()


@pytest.mark.parametrize(
    ("start", "end", "live"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), 111),
        (date(2026, 1, 31), date(2026, 3, 1), 111),
        (date(2026, 2, 1), date(2026, 2, 28), 10),
        (date(2026, 2, 2), date(2026, 2, 27), 10),
        (date(2026, 1, 1), date(2026, 2, 11), 1),
        (date(2026, 2, 13), date(2026, 3, 1), 100),
    ],
)
def test_crossings_are_added_up_from_months_and_days(
    hq: None, start: date, end: date, live: int
) -> None:
    for day, number in ((31, 1), (43, 10), (60, 100)):
        when = date.fromordinal(date(2025, 12, 31).toordinal() + day)
        count(when, "live", number)
        count(when.replace(day=1), "live", number, span="m")
    assert coverage([], start, end).live == live


@pytest.mark.parametrize(("start", "end"), [(date.min, date.max), (*MARCH[::-1],)])
def test_whatever_days_are_asked_for(hq: None, start: date, end: date) -> None:
    count(date(2026, 3, 4), "live", 5)
    assert coverage([], start, end).live in (0, 5)


def test_how_crossings_were_recorded_and_what_was_only_counted(hq: None) -> None:
    count(date(2026, 3, 4), "live", 5)
    count(date(2026, 3, 4), "paper", 3)
    count(date(2026, 3, 4), "register", 2, post=OTHER)
    with at_node(POST), transaction.atomic():
        content = CrossingsCounted(
            count=new_id(), day="2026-03-04", direction=Direction.ENTRY, number=40,
            reason=CountReason.CROWD,
        )  # fmt: skip
        record(content, actor=Actor())
    Peer.objects.create(
        id=POST, kind=NodeKind.POST, name="Kourémalé", epoch=1, public_key=b"", certificate="",
        fingerprint="f", last_contact=timezone.now(), waiting=17,
    )  # fmt: skip
    found = coverage([], date(2026, 3, 4), date(2026, 3, 4))
    assert (found.live, found.paper, found.register, found.counted) == (5, 3, 2, 40)
    assert [of(found, id).to_come for id in (POST, OTHER)] == [17, None]
    assert coverage([OTHER], date(2026, 3, 4), date(2026, 3, 4)).live == 0


def test_counted_people_of_displacements_stand_apart(cast: Cast) -> None:
    camp = Camp(cast)
    row, today = camp.opened(), node_day()
    camp.counted(row, about=True)
    camp.registered(row, 1, 2)
    with at_node(HQ):
        found = coverage([], today, today)
    assert (found.displaced, found.counted) == (48, 0)


def test_a_node_that_is_not_enrolled_is_not_left_out(hq: None) -> None:
    stranger = new_id()
    count(date(2026, 3, 4), "live", 5, post=stranger)
    assert of(coverage([], date(2026, 3, 4), date(2026, 3, 4)), stranger).live == 5


def test_every_crossing_is_counted_by_how_it_was_recorded(cast: Cast) -> None:
    from tests.flows.test_tallies import admitted, arrives, traveller

    arrives(admitted(traveller()))
    assert sorted(Tally.objects.filter(facet="r").values_list("span", "value", "number")) == [
        ("d", "live", 1),
        ("m", "live", 1),
    ]


def said(found: Coverage, language: str) -> str:
    with translation.override(language):
        text = render_to_string("flows/coverage.html", {"coverage": found})
    return " ".join(text.split())


def test_in_words(hq: None) -> None:
    reported((at(10, 0), at(20, 0)))
    count(date(2026, 3, 4), "live", 1)
    count(date(2026, 3, 4), "paper", 1200)
    found = coverage([], date(2026, 3, 1), date(2026, 3, 20))
    english = said(found, "en")
    for words in (
        "The posts were up 240 of 240 hours of opening (100 %).", "Of 480 more it is not known.",
        "Never reported: Labbézanga.", "1 crossing recorded as it took place, 1,200 from paper,",
        "<td>not known</td>", "A silent post says nothing.",
    ):  # fmt: skip
        assert words in english
    assert "n’a rendu compte" in said(coverage([OTHER], *MARCH), "fr")
    assert "Aucun poste ne devait être ouvert" in said(
        coverage([], date(2026, 5, 1), date(2026, 5, 1)), "fr"
    )
