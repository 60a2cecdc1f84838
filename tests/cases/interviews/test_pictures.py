"""Pictures on the page of an interview: attached, looked at by who may, refused where they are none."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from openmidas.crossings import services as lane
from openmidas.crossings.ids import issue_id
from openmidas.journal.models import new_id
from openmidas.pictures.models import Picture
from openmidas.pictures.redrawing import MOST_GIVEN
from openmidas.pictures.uploads import FORM_BYTES
from tests.cases.conftest import Scene, zone
from tests.support.cast import client_of, english, open_case
from tests.support.pictures import photo

pytestmark = pytest.mark.usefixtures("pages")


@pytest.fixture
def waits(scene: Scene) -> UUID:
    return scene.referred().id


@pytest.fixture
def room(scene: Scene, waits: UUID) -> Client:
    return open_case(english(client_of(scene.cast.boubacar)), waits)


def attach(client: Client, crossing: UUID, data: bytes, **fields: object) -> tuple[int, str]:
    form = {"id": issue_id(), "caption": "Page 3, the visa", **fields}
    if data:
        form["picture"] = SimpleUploadedFile("IMG_0001.jpg", data, "image/jpeg")
    answer = client.post(reverse("interview-attach", args=[crossing]), form, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_photo_is_attached_and_seen_by_who_works_there(
    room: Client, scene: Scene, waits: UUID
) -> None:
    status, page = attach(room, waits, photo())
    row = Picture.objects.get()
    address = reverse("interview-picture", args=[waits, row.id])
    assert status == 200
    assert f'src="{address}"' in page
    assert 'alt="Page 3, the visa"' in page
    assert page.count("Page 3, the visa") == 3  # as a picture twice, and in the course
    answer = room.get(address)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer.content.startswith(b"\xff\xd8")
    assert b"GPS" not in answer.content
    assert client_of(scene.cast.aminata).get(address).status_code == 403
    assert client_of(scene.cast.coumba).get(address).status_code == 403  # who has not opened it
    assert room.get(reverse("interview-picture", args=[new_id(), row.id])).status_code == 404


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Choose a picture first"),
        (b"ID3" + bytes(300), "Sound, film"),
        (photo()[:-100], "No picture could be read"),
    ],
)
def test_what_is_none_is_refused_and_the_words_stay(
    room: Client, waits: UUID, data: bytes, said: str
) -> None:
    status, page = attach(room, waits, data)
    assert status == 409
    assert said in page
    assert 'value="Page 3, the visa"' in page
    assert not Picture.objects.exists()


def test_what_is_too_large_is_not_read(room: Client, waits: UUID) -> None:
    status, page = attach(room, waits, b"x" * (MOST_GIVEN + 70_000))
    assert status == 200
    assert "at most 10 MB" in page
    assert "too large" in page


def test_nothing_is_attached_to_who_was_let_cross_at_the_lane(room: Client, scene: Scene) -> None:
    admitted = lane.scan(scene.aminata, new_id(), zone(number="SP0000010"))
    lane.admit(scene.aminata, [admitted.id])
    assert attach(room, admitted.id, photo())[0] == 409
    assert not Picture.objects.exists()


def test_a_form_without_its_token_is_refused(scene: Scene, waits: UUID) -> None:
    client = client_of(scene.cast.boubacar)
    client.handler.enforce_csrf_checks = True
    file = SimpleUploadedFile("IMG_0001.jpg", photo(), "image/jpeg")
    form = {"id": issue_id(), "caption": "Page 3", "picture": file}
    assert client.post(reverse("interview-attach", args=[waits]), form).status_code == 403
    assert not Picture.objects.exists()


@pytest.mark.parametrize("name", ["interview-attach", "incident-attach"])
def test_the_doorway_knows_what_the_page_takes(name: str) -> None:
    view = resolve(reverse(name, args=[new_id()])).func
    assert getattr(view, "takes_bytes", 0) == MOST_GIVEN + FORM_BYTES
