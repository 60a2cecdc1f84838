"""The pages of a bus, as officers of the post use them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openmidas.crossings.conveyances import services
from openmidas.crossings.conveyances.limits import MOST_FILE_BYTES
from openmidas.crossings.conveyances.models import Manifest, OpenedConveyance
from openmidas.crossings.ids import issue_id
from tests.crossings.conftest import admit, paper, scan
from tests.support.cast import Cast, acting, client_of, english

pytestmark = pytest.mark.usefixtures("pages")

BUS = {
    "what": "bus",
    "plate": " ab 1234 rm ",
    "direction": "entry",
    "company": "Sonef",
    "origin": "Bamako",
    "destination": "Siguiri",
    "seats": "62",
}


@pytest.fixture
def lane(cast: Cast) -> Client:
    return english(client_of(cast.aminata))


@pytest.fixture
def bus(lane: Client) -> UUID:
    answer = lane.post(reverse("conveyances"), BUS | {"id": str(issue_id())})
    row = OpenedConveyance.objects.get()
    assert answer["Location"] == reverse("conveyance", args=[row.id])
    return row.id


def post(client: Client, name: str, bus: UUID, **fields: object) -> tuple[int, str]:
    answer = client.post(reverse(name, args=[bus]), fields, follow=True)
    return answer.status_code, answer.content.decode()


def give(client: Client, bus: UUID, **fields: object) -> tuple[int, str]:
    return post(client, "conveyance-manifest", bus, id=str(issue_id()), **fields)


def test_a_bus_is_opened_once_and_stands_in_the_list(lane: Client, cast: Cast) -> None:
    fields = BUS | {"id": str(issue_id())}
    for _ in range(2):
        assert lane.post(reverse("conveyances"), fields).status_code == 302
    assert OpenedConveyance.objects.get().plate == "AB 1234 RM"
    for officer in (cast.aminata, cast.boubacar, cast.coumba):
        seen = english(client_of(officer)).get(reverse("conveyances")).content.decode()
        assert "AB 1234 RM" in seen


def test_a_form_that_was_gone_back_to_opens_another_when_it_is_sent_again(lane: Client) -> None:
    fields = BUS | {"id": str(issue_id())}
    lane.post(reverse("conveyances"), fields)
    answer = lane.post(reverse("conveyances"), fields | {"plate": "XY 1"})
    assert answer.status_code == 409
    fields["id"] = str(answer.context["id"])
    assert lane.post(reverse("conveyances"), fields | {"plate": "XY 1"}).status_code == 302
    assert OpenedConveyance.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"plate": " "}, "Give the plate"), ({"seats": "many"}, "Give the seats in digits")],
)
def test_what_was_typed_stays(lane: Client, changes: dict[str, str], told: str) -> None:
    answer = lane.post(reverse("conveyances"), BUS | {"id": str(issue_id())} | changes)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert told in page
    assert 'value="Siguiri"' in page


def test_a_manifest_as_a_file_or_as_lines(lane: Client, bus: UUID) -> None:
    file = SimpleUploadedFile("bus.csv", "Nom;Prénoms\nTRAORE;Awa\n".encode())
    status, page = give(lane, bus, file=file)
    assert (status, "The manifest is saved." in page, "TRAORE Awa" in page) == (200, True, True)
    give(lane, bus, text="Issa\nMoussa")
    assert sorted(len(row.listed()) for row in Manifest.objects.all()) == [1, 2]


def test_rows_that_are_not_understood_come_back_and_may_be_left_out(
    lane: Client, bus: UUID
) -> None:
    text = "Awa Traore; SP0000001\nIssa; ; Atlantis"
    status, page = give(lane, bus, text=text)
    assert status == 422
    assert "Row 2: the nationality is not understood" in page
    assert text in page
    assert not Manifest.objects.exists()
    status, page = give(lane, bus, text=text, leave_out="1")
    assert status == 200
    assert len(Manifest.objects.get().listed()) == 1


@pytest.mark.parametrize(
    ("data", "status", "told"),
    [
        (b"A" * (10 * 1024 * 1024), 413, "The file is larger than"),
        (b"A" * (MOST_FILE_BYTES + 1), 422, "The file is larger than"),
        ("TRAORÉ".encode("cp1252"), 422, "not in this encoding"),
        (b"PK\x03\x04", 422, "damaged"),
        (b" ", 409, "nobody on this manifest"),
    ],
)
def test_a_file_that_is_no_manifest_says_why(
    lane: Client, bus: UUID, data: bytes, status: int, told: str
) -> None:
    answered, page = give(lane, bus, file=SimpleUploadedFile("bus.csv", data))
    assert (answered, told in page) == (status, True)
    assert not Manifest.objects.exists()


def test_its_travellers_are_scanned_at_the_lane_of_who_says_so(
    lane: Client, bus: UUID, cast: Cast
) -> None:
    give(lane, bus, text="Awa\nIssa")
    _, counter = post(lane, "conveyance-here", bus)
    assert reverse("conveyance", args=[bus]) in counter
    assert "0 of 2" in counter
    _, page = post(lane, "conveyance-here", bus, leave="1")
    assert "Scan its travellers at this lane" in page
    room = english(client_of(cast.boubacar))
    status, page = post(room, "conveyance-here", bus)
    assert (status, "You are at no lane" in page) == (409, True)


def test_it_is_closed_with_what_differs(lane: Client, bus: UUID) -> None:
    give(lane, bus, text="Awa")
    status, page = post(lane, "conveyance-close", bus, note="x")
    assert (status, "differ. Say in the note why" in page) == (409, True)
    status, page = post(lane, "conveyance-close", bus, note="She stayed at Bamako")
    assert (status, "0 scanned, 1 missing, 0 extra" in page) == (200, True)
    assert reverse("conveyance-manifest", args=[bus]) not in page
    status, page = post(lane, "conveyance-close", bus, note="Another reason")
    assert (status, "It is closed already" in page) == (409, True)
    assert "Another reason</textarea>" in page


def test_after_a_day_it_names_nobody_and_can_still_be_closed(lane: Client, bus: UUID) -> None:
    give(lane, bus, text="Awa Traore")
    at = OpenedConveyance.objects.get().at - timedelta(hours=25)
    OpenedConveyance.objects.update(at=at)
    assert "not closed" in lane.get(reverse("conveyances")).content.decode()
    page = lane.get(reverse("conveyance", args=[bus])).content.decode()
    assert ("nobody closed it" in page, "Awa Traore" in page) == (True, False)
    assert reverse("conveyance-manifest", args=[bus]) not in page
    status, page = post(lane, "conveyance-close", bus, note="Nobody knows")
    assert (status, str(bus) in page) == (200, False)


def test_who_drives_it_is_chosen_among_those_who_came(lane: Client, bus: UUID, cast: Cast) -> None:
    give(lane, bus, text="Awa")
    status, page = post(lane, "conveyance-driver", bus, crossing="")
    assert (status, "Choose who drives" in page) == (409, True)
    aminata = acting(cast.aminata, "1")
    services.scan_here(aminata, bus)
    (driver,) = admit(scan(paper(), aminata), actor=aminata)
    _, page = post(lane, "conveyance-driver", bus, crossing=driver)
    assert "The driver:" in page
    assert '<dd id="extra-count">0</dd>' in page


def test_a_bus_is_found_by_its_plate(lane: Client, bus: UUID) -> None:
    for plate, shown in (("1234-RM", True), ("zz", False)):
        page = lane.get(reverse("conveyances"), {"plate": plate}).content.decode()
        assert (str(bus) in page, "has such a plate" in page) == (shown, not shown)


def test_what_is_not_known_here_has_no_page(lane: Client) -> None:
    unknown = reverse("conveyance", args=[issue_id()])
    assert lane.get(unknown).status_code == 404
