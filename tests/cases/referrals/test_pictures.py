"""Pictures of a referral: for its author and its compartment, by no address for anybody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openmidas.cases.referrals.models import Referral
from openmidas.cases.referrals.pictures import attach_to_referral
from openmidas.crossings.erasing import places_of_crossing
from openmidas.crossings.ids import issue_id
from openmidas.journal.models import JournalEntry, new_id
from openmidas.pictures.models import Picture
from openmidas.pictures.redrawing import redraw
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Lookup, Officer
from openmidas.posts.refusals import Refused
from tests.cases.referrals.conftest import Room, room_of
from tests.conftest import HQ, POST
from tests.crossings.test_erasing import erase
from tests.support.cast import acting, at_node
from tests.support.pictures import photo

pytestmark = pytest.mark.usefixtures("pages")
CAPTION = "The summons that she was sent"


@pytest.fixture
def row(room: Room) -> Referral:
    return room.referred()


@pytest.fixture
def picture(room: Room, row: Referral) -> Picture:
    """One that the author attached."""
    attach(author_of(room, row), row)
    return Picture.objects.get()


def author_of(room: Room, row: Referral) -> Client:
    return opened(room.cast.boubacar, row)


def opened(officer: Officer, row: Referral) -> Client:
    """An officer's browser, once they have said for what they open the referral."""
    client = room_of(officer)
    client.post(reverse("referral", args=[row.id]), {"purpose": "case"})
    return client


def attach(client: Client, row: Referral, data: bytes | None = None) -> Any:
    form = {
        "id": issue_id(),
        "caption": CAPTION,
        "picture": SimpleUploadedFile("IMG_1.jpg", data or photo(), "image/jpeg"),
    }
    return client.post(reverse("referral-attach", args=[row.id]), form, follow=True)


def address_of(row: Referral, picture: Picture) -> str:
    return reverse("referral-picture", args=[row.id, picture.id])


def test_its_author_attaches_and_sees_it(room: Room, row: Referral, picture: Picture) -> None:
    client = author_of(room, row)
    page = client.get(reverse("referral", args=[row.id])).content.decode()
    assert f'src="{address_of(row, picture)}"' in page
    assert client.get(address_of(row, picture))["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("node", ["post", "hq"])
def test_a_member_sees_it_once_they_have_said_for_what(
    room: Room, row: Referral, picture: Picture, node: str
) -> None:
    member = room.other if node == "post" else room.cast.djibril
    room.member(member, Compartment.TRAFFICKING)
    with at_node(POST if node == "post" else HQ):
        assert room_of(member).get(address_of(row, picture)).status_code == 403
        assert not Lookup.objects.exclude(officer=room.cast.boubacar.id).exists()
        client = opened(member, row)
        assert client.get(address_of(row, picture))["Content-Type"] == "image/jpeg"
        page = client.get(reverse("referral", args=[row.id])).content.decode()
        assert CAPTION in page
        form = f'action="{reverse("referral-attach", args=[row.id])}"'
        assert (form in page) is (node == "post")


def test_nobody_else_sees_it_by_any_address(room: Room, row: Referral, picture: Picture) -> None:
    for officer in (room.other, room.cast.coumba, room.cast.aminata):
        client = opened(officer, row)
        assert client.get(address_of(row, picture)).status_code == 403
        assert attach(client, row).status_code == 403
        for about in (row.id, row.crossing, picture.about):
            for name in ("interview-picture", "incident-picture", "conveyance-picture"):
                answer = client.get(reverse(name, args=[about, picture.id]))
                assert answer.status_code in (403, 404), (name, about)
        interview = client.get(reverse("second-line-case", args=[row.crossing]))
        assert CAPTION not in interview.content.decode()
    with at_node(HQ):
        client = opened(room.cast.djibril, row)
        assert client.get(address_of(row, picture)).status_code == 403
        page = reverse("hq-interview", args=[row.crossing])
        told = client.post(page, {"purpose": "case"}, follow=True)
        assert CAPTION not in told.content.decode()
        for about in (row.crossing, picture.about):
            other = reverse("hq-interview-picture", args=[about, picture.id])
            assert client.get(other).status_code in (403, 404)
    assert Picture.objects.count() == 1


def test_only_an_open_one_of_this_post_takes_any(room: Room, row: Referral) -> None:
    assert attach(room_of(room.cast.boubacar), row).status_code == 403
    shown = redraw(photo())
    with pytest.raises(Refused, match="not_yours"):
        attach_to_referral(acting(room.other), row.id, new_id(), shown, CAPTION)
    with pytest.raises(Refused, match="unknown"):
        attach_to_referral(room.boubacar, new_id(), new_id(), shown, CAPTION)
    assert not Picture.objects.exists()


def test_what_is_no_picture_is_refused_and_the_words_stay(room: Room, row: Referral) -> None:
    answer = attach(author_of(room, row), row, b"ID3" + bytes(300))
    assert answer.status_code == 409
    assert "Sound, film" in answer.content.decode()
    assert f'value="{CAPTION}"' in answer.content.decode()


def test_it_goes_with_the_crossing(room: Room, row: Referral, picture: Picture) -> None:
    assert JournalEntry.objects.filter(kind__startswith="picture.").exists()
    erase(places_of_crossing(row.crossing))
    assert not Picture.objects.exists()
    assert not JournalEntry.objects.filter(kind__startswith="picture.").exists()
