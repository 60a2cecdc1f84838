"""Photos of a manifest on paper: for whoever sees the manifest, as long as they do, and gone with it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.conveyances.pictures import pictures_of_list
from openmidas.crossings.erasing import places_of_crossing, places_of_document
from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.journal.models import JournalEntry, new_id
from openmidas.pictures.models import Picture
from openmidas.posts.models import Lookup
from tests.conftest import HQ
from tests.crossings.test_erasing import erase
from tests.support.cast import Cast, at_node, client_of, english
from tests.support.pictures import photo

pytestmark = pytest.mark.usefixtures("pages")
WHY = {"purpose": "case", "reason": "2026/17"}


@pytest.fixture
def lane(cast: Cast) -> Client:
    return english(client_of(cast.aminata))


@pytest.fixture
def bus(buses: tuple[OpenedConveyance, OpenedConveyance]) -> UUID:
    """The bus that stands at Kourémalé, with somebody aboard."""
    return buses[1].id


def attach(client: Client, bus: UUID, data: bytes | None = None, **fields: object) -> str:
    """The page that follows."""
    form: dict[str, object] = {"id": issue_id(), "caption": "Manifest on paper, page 1", **fields}
    form["picture"] = SimpleUploadedFile("IMG_1.jpg", data or photo(), "image/jpeg")
    answer = client.post(reverse("conveyance-attach", args=[bus]), form, follow=True)
    return answer.content.decode()


def test_it_is_attached_and_seen_by_whoever_sees_the_manifest(
    lane: Client, cast: Cast, bus: UUID
) -> None:
    empty = lane.get(reverse("conveyance", args=[bus])).content.decode()
    assert "No picture is attached." in empty
    assert 'value="Manifest on paper"' in empty
    page = attach(lane, bus)
    row = Picture.objects.get()
    address = reverse("conveyance-picture", args=[bus, row.id])
    assert row.about == pictures_of_list(bus)
    assert f'src="{address}"' in page
    for officer in (cast.aminata, cast.boubacar, cast.coumba):
        assert client_of(officer).get(address)["Content-Type"] == "image/jpeg"
    assert lane.get(reverse("conveyance-picture", args=[new_id(), row.id])).status_code == 404
    other = reverse("interview-picture", args=[row.about, row.id])
    assert client_of(cast.boubacar).get(other).status_code == 404


def test_what_is_no_picture_is_refused_and_the_words_stay(lane: Client, bus: UUID) -> None:
    page = attach(lane, bus, b"ID3" + bytes(300), caption="Page 2 of the list")
    assert "Sound, film" in page
    assert 'value="Page 2 of the list"' in page
    assert not Picture.objects.exists()


def test_the_post_sees_it_for_a_day(lane: Client, bus: UUID) -> None:
    attach(lane, bus)
    row = OpenedConveyance.objects.get(id=bus)
    OpenedConveyance.objects.filter(id=bus).update(at=row.at - timedelta(hours=25))
    page = lane.get(reverse("conveyance", args=[bus])).content.decode()
    assert "Photos of the manifest on paper" not in page
    address = reverse("conveyance-picture", args=[bus, Picture.objects.get().id])
    assert lane.get(address).status_code == 404
    attach(lane, bus)
    assert Picture.objects.count() == 1


def test_headquarters_sees_it_after_a_look_up(lane: Client, cast: Cast, bus: UUID) -> None:
    attach(lane, bus)
    with at_node(HQ):
        analyst = english(client_of(cast.djibril))
        address = reverse("hq-conveyance-picture", args=[bus, Picture.objects.get().id])
        here = reverse("hq-conveyance", args=[bus])
        assert analyst.get(address)["Location"] == here
        assert address not in analyst.get(here).content.decode()
        assert address in analyst.post(here, WHY).content.decode()
        assert Lookup.objects.count() == 1
        assert analyst.get(address)["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("by", ["a crossing", "a document"])
def test_it_goes_with_any_traveller_of_the_bus(lane: Client, bus: UUID, by: str) -> None:
    attach(lane, bus)
    aboard = Crossing.objects.get(conveyance_id=bus)
    if by == "a crossing":
        erase(places_of_crossing(aboard.id))
    else:
        erase(places_of_document(aboard.document_number, aboard.document_issuer))
    assert not Picture.objects.exists()
    assert not JournalEntry.objects.filter(kind__startswith="picture.").exists()
