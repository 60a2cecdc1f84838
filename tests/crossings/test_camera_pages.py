"""Pictures of documents that a counter sends: read within bounds, and kept nowhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from openmidas.crossings import services
from openmidas.crossings.blind import blind_in
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import HowRead
from openmidas.crossings.local import Standing
from openmidas.crossings.models import Crossing
from openmidas.crossings.photographs import MOST_FRAMES, TURNS
from openmidas.journal.models import JournalEntry
from openmidas.pictures.redrawing import MOST_GIVEN
from openmidas.pictures.uploads import FORM_BYTES
from tests.crossings.conftest import paper
from tests.support.cast import Cast, client_of
from tests.support.photographs import FONT
from tests.support.photographs.taken import covered, passport

needs_font = pytest.mark.skipif(not FONT.exists(), reason="there is no OCR-B (fonts-ocr-b)")


@pytest.fixture
def lane(pages: None, cast: Cast) -> Client:
    """Aminata at lane 1."""
    return client_of(cast.aminata)


def look(lane: Client, *pictures: bytes) -> tuple[int, str]:
    files = [SimpleUploadedFile("picture.jpg", picture, "image/jpeg") for picture in pictures]
    answer: Any = lane.post(reverse("counter-camera"), {"picture": files})
    return answer.status_code, answer.content.decode()


@needs_font
def test_a_certain_reading_is_given_to_the_page_and_nothing_is_recorded(lane: Client) -> None:
    shot = passport()
    entries = JournalEntry.objects.count()

    status, said = look(lane, shot.data)

    assert status == 200
    assert 'data-result="accepted"' in said
    assert all(line.replace("<", "&lt;") in said for line in shot.lines)
    assert JournalEntry.objects.count() == entries
    assert not Standing.objects.exists()


@needs_font
def test_what_is_not_certain_is_shown_with_the_picture_and_the_doubts_marked(lane: Client) -> None:
    status, said = look(lane, covered().data)

    assert status == 200
    assert 'data-result="doubtful"' in said
    assert "<mark>" in said
    assert said.count("data:image/jpeg;base64,") == 2
    assert len(re.findall(r'<input [^>]*name="line"', said)) == 2


@pytest.mark.parametrize(
    ("pictures", "words"),
    [((b"GIF89a",), "JPEG"), ((), "JPEG"), ((b"x",) * (MOST_FRAMES + 1), "JPEG")],
)
def test_what_is_no_photograph_is_refused_in_words(
    lane: Client, pictures: tuple[bytes, ...], words: str
) -> None:
    status, said = look(lane, *pictures)
    assert (status, words in said) == (409, True)
    assert 'role="alert"' in said


def test_what_is_too_large_is_not_read(lane: Client) -> None:
    status, said = look(lane, b"\xff\xd8" + bytes(MOST_GIVEN + FORM_BYTES))
    assert status == 409
    assert "10" in said


def test_the_doorway_knows_what_the_camera_sends() -> None:
    view = resolve(reverse("counter-camera")).func
    assert getattr(view, "takes_bytes", 0) == MOST_GIVEN + FORM_BYTES


def test_without_its_token_no_picture_is_read(lane: Client) -> None:
    lane.handler.enforce_csrf_checks = True
    assert look(lane, b"\xff\xd8")[0] == 403


def test_one_picture_at_a_time_for_each_lane_and_few_for_the_post(lane: Client) -> None:
    with TURNS.take("1"):
        assert "data-busy" in look(lane, b"\xff\xd8")[1]
    with TURNS.take("2"), TURNS.take("3"):
        assert "data-busy" in look(lane, b"\xff\xd8")[1]
    assert "data-busy" not in look(lane, b"\xff\xd8")[1]


@pytest.mark.parametrize("how", [HowRead.CAMERA, HowRead.CHECKED])
def test_how_it_was_read_stays_with_the_crossing(lane: Client, how: HowRead) -> None:
    id = str(issue_id())
    lane.post(reverse("counter-scan"), {"id": id, "raw": paper(number="SP0UB0001"), "how": how})

    inspection = services.standing("1")[0]

    assert inspection.document.how_read is how
    assert blind_in(inspection.document), "a camera takes 0 for U as any other reader does"
    lane.post(reverse("counter-decide"), {"ids": id, "action": "refer"})
    assert Crossing.objects.get(id=id).how_read == how
