"""A bus is opened, scanned and closed: what is written, what is refused, what is erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from openmidas.crossings.conveyances import aboard, services
from openmidas.crossings.conveyances.aboard import bus_at, scanned
from openmidas.crossings.conveyances.comparing import Aboard, Compared, compare_manifest
from openmidas.crossings.conveyances.entries import ManifestLine, Source
from openmidas.crossings.conveyances.models import ConveyanceDriver, Manifest, OpenedConveyance
from openmidas.crossings.conveyances.services import Opening, compared_of
from openmidas.crossings.erasing import places_of_crossing, places_of_document
from openmidas.crossings.inspection import Conveyance, Journey, Purpose
from openmidas.crossings.models import Crossing
from openmidas.crossings.services import lane_journey, set_journey
from openmidas.journal import NodeKind, entry_kinds
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.erasing import EntryPlace
from openmidas.nodes.services import node_time
from tests.conftest import HQ, POST
from tests.crossings.conftest import AMINATA, BOUBACAR, OUMOU, admit, cancel, paper, refer, scan
from tests.crossings.conveyances.conftest import BUS
from tests.crossings.test_erasing import erase
from tests.support.cast import refusal
from tests.support.tables import all_rows

pytestmark = pytest.mark.usefixtures("post")

LINES = (
    ManifestLine(name="Mariam Keita"),
    ManifestLine(name="Awa Traore", number="SP0000002"),
)


@pytest.fixture
def bus(post: None) -> UUID:
    """Open, with a manifest of two, scanned at Aminata's lane."""
    id = new_id()
    services.open_conveyance(AMINATA, id, BUS)
    services.give_manifest(AMINATA, id, new_id(), Source.TYPED, LINES)
    services.scan_here(AMINATA, id)
    return id


def written(kind: str) -> int:
    return JournalEntry.objects.filter(node=POST, kind=kind).count()


def test_what_is_opened_again_changes_nothing() -> None:
    id = new_id()
    for _ in range(2):
        services.open_conveyance(BOUBACAR, id, BUS)
    with refusal("form.saved_already"):
        services.open_conveyance(BOUBACAR, id, msgspec.structs.replace(BUS, plate="XY-1"))
    row = OpenedConveyance.objects.get()
    assert (row.plate, row.seats, row.officer) == ("AB-1234-RM", 62, BOUBACAR.officer)
    assert written("conveyance.opened") == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"plate": " - "}, "conveyance.plate"),
        ({"plate": "A" * 21}, "field.too_long"),
        ({"company": "\0"}, "field.unprintable"),
        ({"seats": 121}, "conveyance.seats"),
    ],
)
def test_what_cannot_be_stored_is_refused(changes: dict[str, object], code: str) -> None:
    said: Opening = msgspec.structs.replace(BUS, **changes)
    with refusal(code):
        services.open_conveyance(BOUBACAR, new_id(), said)


def test_who_is_scanned_at_its_lane_came_with_it(bus: UUID) -> None:
    journey = lane_journey("1")
    assert (journey.conveyance, journey.origin) == ("bus", "Bamako")
    keita = scan(paper(), group=True)
    assert keita.conveyance_id == bus
    assert scan(paper(number="SP0000005"), OUMOU).conveyance_id is None
    refer(keita)
    assert Crossing.objects.get().conveyance_id == bus
    assert scanned(OpenedConveyance.objects.get()) == 1


def test_its_route_leaves_the_lane_with_it(bus: UUID) -> None:
    services.leave_lane(AMINATA)
    assert lane_journey("1") == Journey()
    assert scan(paper()).conveyance_id is None


def test_who_comes_on_foot_did_not_come_with_it(bus: UUID) -> None:
    set_journey(AMINATA, msgspec.structs.replace(lane_journey("1"), purpose=Purpose.TRADE))
    assert bus_at("1") is not None
    set_journey(AMINATA, msgspec.structs.replace(lane_journey("1"), conveyance=Conveyance.FOOT))
    assert bus_at("1") is None
    assert scan(paper()).conveyance_id is None


def test_who_stands_here_did_not_come_with_it_either(bus: UUID) -> None:
    walked = scan(paper())
    set_journey(AMINATA, msgspec.structs.replace(lane_journey("1"), conveyance=Conveyance.FOOT))
    admit(walked)
    assert Crossing.objects.get().conveyance_id is None
    assert scanned(OpenedConveyance.objects.get()) == 0


def test_what_another_post_says_of_it_does_not_count(bus: UUID) -> None:
    (crossing,) = admit(scan(paper()))
    row = OpenedConveyance.objects.get()
    Crossing.objects.filter(id=crossing).update(node=HQ)
    Manifest.objects.update(node=HQ)
    assert compared_of(row) == (None, 0)
    assert scanned(row) == 0


def test_the_driver_is_not_extra(bus: UUID) -> None:
    with refusal("conveyance.driver"):
        services.name_driver(AMINATA, bus, new_id())
    driver = paper(surname="HAIDARA", given_names="ABOUBACRINE", number="SP0000099")
    (first,) = admit(scan(driver))
    for _ in range(2):
        services.name_driver(AMINATA, bus, first)
    admit(scan(driver))  # read once more: still the driver
    compared, count = compared_of(OpenedConveyance.objects.get())
    assert compared is not None
    assert (count, compared.extra) == (1, ())
    assert written("conveyance.driver") == 1
    assert ConveyanceDriver.objects.get().crossing == first
    told = {"conveyance.driver", "conveyance.opened", "conveyance.manifest"}
    assert told <= kinds_at(places_of_crossing(first))


def test_a_document_that_is_read_twice_is_one_traveller_and_a_cancelled_scan_none(
    bus: UUID,
) -> None:
    for _ in range(2):
        admit(scan(paper()))
    cancel(scan(paper(number="SP0000008")))
    shown = bus_at("1")
    assert shown is not None
    assert (shown.scanned, shown.listed) == (1, 2)
    compared, count = compared_of(OpenedConveyance.objects.get())
    assert compared is not None
    assert (count, len(compared.matched), compared.missing) == (1, 1, LINES[1:])


def test_one_number_of_two_states_is_two_travellers(bus: UUID) -> None:
    admit(scan(paper()))
    scan(paper(state="GIN", surname="BAH"))
    row = OpenedConveyance.objects.get()
    assert scanned(row) == len(aboard.aboard_of(row)) == 2


def test_the_lane_is_free_when_a_bus_comes_to_it(bus: UUID) -> None:
    other = new_id()
    services.open_conveyance(AMINATA, other, BUS)
    scan(paper())
    with refusal("lane.occupied"):
        services.scan_here(AMINATA, other)
    services.scan_here(AMINATA, bus)
    with refusal("conveyance.no_lane"):
        services.scan_here(BOUBACAR, bus)
    with refusal("conveyance.unknown"):
        services.scan_here(AMINATA, new_id())


def test_the_last_manifest_holds(bus: UUID) -> None:
    id = new_id()
    for _ in range(2):
        services.give_manifest(BOUBACAR, bus, id, Source.CSV, LINES[:1])
    with refusal("form.saved_already"):
        services.give_manifest(BOUBACAR, bus, id, Source.CSV, LINES)
    shown = bus_at("1")
    assert shown is not None
    assert shown.listed == 1
    assert written("conveyance.manifest") == 2


def test_it_is_closed_with_a_note_on_what_differs(bus: UUID) -> None:
    here = scan(paper())
    with refusal("conveyance.undecided"):
        services.close_conveyance(AMINATA, bus, "one stands here")
    admit(here)
    with refusal("conveyance.note"):
        services.close_conveyance(AMINATA, bus, " x ")
    for _ in range(2):
        services.close_conveyance(AMINATA, bus, " Stayed behind at Bamako. ")
    for officer, note in ((AMINATA, "Another reason."), (BOUBACAR, "Stayed behind at Bamako.")):
        with refusal("conveyance.closed"):
            services.close_conveyance(officer, bus, note)
    row = OpenedConveyance.objects.get()
    assert (row.scanned, row.missing, row.extra) == (1, 1, 0)
    assert row.note == "Stayed behind at Bamako."
    assert written("conveyance.closed") == 1
    assert bus_at("1") is None
    assert lane_journey("1") == Journey()
    with refusal("conveyance.closed"):
        services.give_manifest(AMINATA, bus, new_id(), Source.CSV, LINES)


def test_after_a_day_it_has_no_page_and_nobody_comes_with_it(
    bus: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = node_time() + timedelta(hours=25)
    monkeypatch.setattr(aboard, "node_time", lambda: now)
    assert not aboard.shown_conveyances()
    assert bus_at("1") is None
    assert lane_journey("1") == Journey()
    came = scan(paper())
    assert (came.conveyance_id, came.journey) == (None, Journey())
    with refusal("conveyance.unknown"):
        services.scan_here(AMINATA, bus)
    services.close_conveyance(AMINATA, bus, "Forgotten yesterday.")
    assert OpenedConveyance.objects.get().missing == 2
    with refusal("conveyance.unknown"):
        services.found(bus)


def test_a_bus_that_brought_more_than_it_can_has_left_the_lane(
    bus: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aboard, "SPARE", -61)  # of 62 seats
    admit(scan(paper()))
    with refusal("conveyance.full"):
        scan(paper(number="SP0000005"))
    came = scan(paper(number="SP0000005"))
    assert (came.conveyance_id, came.journey, bus_at("1")) == (None, Journey(), None)


def test_who_came_aboard_during_the_comparing_is_counted(
    bus: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def comparing(lines: Sequence[ManifestLine], here: Sequence[Aboard]) -> Compared:
        if not here:
            admit(scan(paper()))
        return compare_manifest(lines, here)

    monkeypatch.setattr(services, "compare_manifest", comparing)
    services.close_conveyance(AMINATA, bus, "One did not come.")
    row = OpenedConveyance.objects.get()
    assert (row.scanned, row.missing) == (1, 1)


def test_a_rebuild_makes_the_same_rows(bus: UUID) -> None:
    services.name_driver(AMINATA, bus, admit(scan(paper()))[0])
    services.close_conveyance(AMINATA, bus, "One did not come.")
    before = all_rows()
    rebuild()
    assert all_rows() == before
    assert Manifest.objects.get().listed() == LINES


@pytest.mark.parametrize("name", ["opened", "manifest", "driver", "closed", "note"])
def test_only_a_post_writes_of_conveyances(name: str) -> None:
    assert set(entry_kinds()[f"conveyance.{name}"].authority) == {NodeKind.POST}


def test_a_manifest_goes_with_the_crossing_and_with_the_document_of_any_on_it(bus: UUID) -> None:
    (crossing,) = admit(scan(paper()))
    services.close_conveyance(AMINATA, bus, "One did not come.")
    kinds = {"conveyance.manifest", "conveyance.note"}
    assert kinds_at(places_of_crossing(crossing)) == kinds | {"crossing.admitted"}
    assert kinds_at(places_of_document("SP0000002", "MLI")) == kinds
    assert kinds_at(places_of_document("SP0000077", "MLI")) == set()


def test_one_passenger_s_erasure_does_not_open_it_again(bus: UUID) -> None:
    (crossing,) = admit(scan(paper()))
    services.close_conveyance(AMINATA, bus, "Mariam Keita's sister did not come.")
    erase(places_of_crossing(crossing))
    row = OpenedConveyance.objects.get()
    assert row.closed_at is not None
    assert (row.missing, row.extra, row.note) == (1, 0, "")
    with refusal("conveyance.closed"):
        services.give_manifest(AMINATA, bus, new_id(), Source.CSV, LINES)


@pytest.mark.parametrize(("what", "drives"), [(Conveyance.CAR, False), (Conveyance.BUS, True)])
def test_plate_and_owner_go_with_whose_car_it_is_and_with_the_driver(
    what: Conveyance, drives: bool
) -> None:
    id = new_id()
    services.open_conveyance(AMINATA, id, msgspec.structs.replace(BUS, what=what))
    services.scan_here(AMINATA, id)
    (crossing,) = admit(scan(paper()))
    if drives:
        services.name_driver(AMINATA, id, crossing)
    services.close_conveyance(AMINATA, id, "")
    erase(places_of_crossing(crossing))
    assert not OpenedConveyance.objects.exists()
    assert not Quarantined.objects.exists()


def kinds_at(places: Sequence[EntryPlace]) -> set[str]:
    return {
        JournalEntry.objects.get(node=p.node, epoch=p.epoch, sequence=p.sequence).kind
        for p in places
    }
