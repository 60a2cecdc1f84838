"""A new listing is held against those who crossed before, once, and whatever interrupts it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from openmidas.cases.figures.models import CounterHit
from openmidas.cases.looking_back import running, searching
from openmidas.cases.looking_back.jobs import look_back
from openmidas.cases.looking_back.local import LookingBackRun
from openmidas.cases.looking_back.models import LaterHit, LookedBack
from openmidas.cases.looking_back.passing import TRAVELLERS, earliest_id, scans_after
from openmidas.crossings.erasing import entries_about, subject_of
from openmidas.crossings.hits import hit_id
from openmidas.crossings.models import Crossing
from openmidas.exchange.local import Attachment
from openmidas.journal.rebuild import rebuild
from openmidas.lists.national.entries import NameOf
from openmidas.nodes.services import node_time
from tests.cases.looking_back.conftest import crossed, published
from tests.support.national import Desk

pytestmark = pytest.mark.django_db


def told() -> tuple[int, int, int, int]:
    row = LookedBack.objects.order_by("-clock")[0]
    return row.listings, row.crossings, row.strong, row.possible


def test_who_crossed_before_is_found_when_a_list_names_them(desk: Desk) -> None:
    him = crossed()
    crossed(surname="KEITA", given_names="MARIAM", birth="1990-01-05", sex="F")
    listing = desk.listed()
    published(desk)

    look_back()

    (hit,) = LaterHit.objects.all()
    assert hit.id == hit_id(him.id, "wanted", listing.number)
    assert (hit.crossing, hit.post, hit.level, hit.listing) == (
        him.id, him.node, "strong", listing.number,
    )  # fmt: skip
    assert abs(hit.crossed_at - him.at) < timedelta(seconds=1)
    assert {"name", "birth"} <= set(hit.agreed)
    assert told() == (1, 2, 1, 0)


def test_an_edition_is_looked_for_once(desk: Desk) -> None:
    crossed()
    desk.listed()
    published(desk)
    look_back()
    crossed()

    look_back()

    assert (LaterHit.objects.count(), LookedBack.objects.count()) == (1, 1)


def test_of_the_next_edition_only_what_is_new_is_looked_for(desk: Desk) -> None:
    crossed()
    desk.listed()
    published(desk)
    look_back()
    crossed(surname="ZOUMANIGUI", given_names="ONIVOGUI", birth="1981-07-30")
    desk.listed(names=(NameOf("Onivogui ZOUMANIGUI"),), births=(), documents=())
    published(desk)

    look_back()

    assert told() == (1, 2, 0, 1)
    assert LaterHit.objects.count() == 2


def test_a_name_alone_is_nobodys_journeys(desk: Desk) -> None:
    crossed(nationality="SEN", birth="", document_key="", document_number="")
    desk.listed(births=(), documents=())
    published(desk)

    look_back()

    assert told() == (1, 1, 0, 0)


def test_what_lies_too_far_back_is_left_alone(desk: Desk) -> None:
    crossed(node_time() - timedelta(days=400))
    desk.listed()
    published(desk)

    look_back()

    assert told() == (1, 0, 0, 0)


def test_it_goes_on_where_it_was_killed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 3)
    expected = {crossed().id for _ in range(8)}
    desk.listed()
    published(desk)
    run = running.next_run()
    assert run is not None
    running.go_on(run)
    searching.forget()  # another process

    again = running.next_run()
    assert again is not None
    assert (again.id, again.crossings, again.all, again.percent) == (run.id, 3, 8, 37)
    look_back()

    assert set(LaterHit.objects.values_list("crossing", flat=True)) == expected
    assert told() == (1, 8, 8, 0)
    assert not LookingBackRun.objects.exists()


def test_nothing_is_written_twice_where_a_run_is_made_again(desk: Desk) -> None:
    crossed()
    desk.listed()
    published(desk)
    run = running.next_run()
    assert run is not None
    search = searching.search_of(run.id, run.list_code, run.before)
    running.keep(run, search.look(earliest_id(run.since), run.since, 10))

    look_back()

    assert LaterHit.objects.count() == 1
    assert told() == (1, 1, 1, 0)


def test_what_the_counter_knew_is_no_news(desk: Desk) -> None:
    him = crossed()
    listing = desk.listed()
    id = hit_id(him.id, "wanted", listing.number)
    CounterHit.objects.create(
        id=id, node=him.node, crossing=him.id, list_code="wanted", listing=listing.number,
        level="strong", at=him.at,
    )  # fmt: skip
    published(desk)

    look_back()

    assert told() == (1, 1, 0, 0)
    assert LookedBack.objects.get().known == 1


def test_a_listing_that_means_everybody_is_counted_and_not_followed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MOST_POSSIBLE", 2)
    for _ in range(5):
        crossed(surname="ZOUMANIGUI", given_names="ONIVOGUI", birth="1981-07-30")
    desk.listed(names=(NameOf("Onivogui ZOUMANIGUI"),), births=(), documents=())
    published(desk)

    look_back()

    assert LaterHit.objects.count() == 2
    assert (told(), LookedBack.objects.get().not_kept) == ((1, 5, 0, 2), 3)


def test_a_name_that_its_zone_cut_off_is_read_as_such(desk: Desk) -> None:
    from tests.cases.looking_back.made import inspected

    cut = inspected("SANGARE", "SOULEYMANE ABDOULAYE", truncated=True)
    crossed(surname="SANGARE", given_names="SOULEYMANE ABDOULAYE", inspection=cut)
    crossed()

    since = node_time() - timedelta(days=3)
    batch = scans_after(TRAVELLERS, earliest_id(since), since, 10)

    assert [one.name_truncated for one in batch.seen] == [True, False]


def test_a_rebuild_gives_the_same(desk: Desk) -> None:
    crossed()
    desk.listed()
    published(desk)
    look_back()
    hits, backs = list(LaterHit.objects.values()), list(LookedBack.objects.values())

    rebuild()

    assert list(LaterHit.objects.values()) == hits
    assert list(LookedBack.objects.values()) == backs
    assert not Crossing.objects.exists()  # they were made by no entry here


def test_a_later_hit_is_erased_with_its_crossing(desk: Desk) -> None:
    him = crossed()
    crossed()
    desk.listed()
    published(desk)
    look_back()

    (entry,) = entries_about({him.id: him.node})

    assert entry.kind == "hit.found_later"
    assert subject_of(entry) == him.id


def test_an_edition_that_cannot_be_read_keeps_no_other_waiting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.listed()
    published(desk)
    run = running.next_run()
    assert run is not None
    searching.forget()
    Attachment.objects.all().update(packed=b"spoilt")

    with monkeypatch.context() as patch:
        patch.setattr(running, "_unreadable", {})
        look_back()
        assert running.next_run() is None

    assert not LookedBack.objects.exists()  # nobody says that it was looked for
    assert not LookingBackRun.objects.exists()
