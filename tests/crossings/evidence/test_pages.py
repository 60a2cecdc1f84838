"""Chips and seals as the counter's script sends them, and the pages that show what they came to."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from openmidas.crossings import services
from openmidas.crossings.views.evidence import MOST_CHIP_BYTES
from openmidas.documents.seals import draw
from openmidas.pictures.redrawing import MOST_GIVEN
from openmidas.pictures.uploads import FORM_BYTES
from tests.conftest import HQ
from tests.crossings.conftest import paper, refer, scan
from tests.documents.seals.made import seal
from tests.support.cast import Cast, acting, at_node, client_of, open_case
from tests.support.chips import chip_of, trust
from tests.support.faces import face


@pytest.fixture
def lane(pages: None, cast: Cast) -> Client:
    """Aminata at lane 1."""
    return client_of(cast.aminata)


@pytest.fixture
def here(lane: Client, cast: Cast) -> UUID:
    """Who stands there."""
    return scan(paper(), acting(cast.aminata, "1")).id


def send(lane: Client, here: UUID, body: str, to: str = "counter-chip") -> tuple[int, Any]:
    answer = lane.post(
        reverse(to, kwargs={"inspection": here}), body, content_type="application/json"
    )
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("language", "not_read", "words"),
    [("fr", "non lue", "authentique"), ("en", "not read", "genuine")],
)
def test_the_page_says_what_was_not_read_and_then_what_it_came_to(
    lane: Client, here: UUID, language: str, not_read: str, words: str
) -> None:
    trust()
    lane.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = lane.get(reverse("counter")).content.decode()
    assert f'data-chip-url="{reverse("counter-chip", kwargs={"inspection": here})}"' in page
    assert f'data-seal-url="{reverse("counter-seal", kwargs={"inspection": here})}"' in page
    assert not_read in page

    status, said = send(lane, here, chip_of(paper()).posted())

    assert (status, said["outcome"]) == (200, "valid")
    assert words in said["html"]
    assert said["html"].strip() in lane.post(reverse("counter-lane")).content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "telle que son État l’a signée"), ("en", "as its State signed it")],
)
def test_the_photograph_of_a_chip_is_in_that_answer_alone(
    lane: Client, here: UUID, language: str, words: str
) -> None:
    trust()
    lane.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    to = reverse("counter-chip", kwargs={"inspection": here})
    body = chip_of(paper(), face=face()).posted()

    answer: Any = lane.post(to, body, content_type="application/json")

    shown = answer.json()["portrait"]
    assert "data:image/jpeg;base64," in shown
    assert words in shown
    assert "no-store" in answer["Cache-Control"]
    after = lane.post(reverse("counter-lane")).content.decode()
    assert "data:image" not in answer.json()["html"] + after
    assert "data:image" not in lane.get(reverse("counter")).content.decode()


def test_a_chip_without_a_photograph_says_so(lane: Client, here: UUID) -> None:
    lane.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    _status, said = send(lane, here, chip_of(paper()).without(2).posted())
    assert "No photograph was read of the chip" in said["portrait"]
    assert "<img" not in said["portrait"]


def test_the_second_line_and_the_headquarters_read_it(lane: Client, here: UUID, cast: Cast) -> None:
    send(lane, here, chip_of(paper(number="SP0000002")).posted())
    (inspection,) = services.standing("1")
    refer(inspection, actor=acting(cast.aminata, "1"))
    second = open_case(client_of(cast.boubacar), here)
    second.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    case = second.get(reverse("second-line-case", args=[here])).content.decode()
    assert "Chip and printed lines differ: document number" in case
    assert "differs from what is printed" in case
    with at_node(HQ):
        hq = client_of(cast.djibril)
        hq.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        asked = {"purpose": "complaint", "reason": "no. 4"}
        page = hq.post(reverse("hq-crossing", args=[here]), asked).content.decode()
    assert "Chip and printed lines differ: document number" in page
    assert "differs from what is printed" in page


def test_a_traveller_without_a_document_has_neither(lane: Client) -> None:
    assert 'id="evidence"' not in lane.get(reverse("counter")).content.decode()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[",
        "{}",
        json.dumps({"sod": "!", "groups": {}, "access": "pace"}),
        json.dumps({"sod": "", "groups": {"17": ""}, "access": "pace"}),
        json.dumps({"sod": "", "groups": {"DG1": ""}, "access": "pace"}),
        json.dumps({"sod": "", "groups": {}, "access": "telepathy"}),
        json.dumps({"sod": "", "groups": {}, "access": "pace", "proofs": 7}),
        json.dumps(
            {
                "sod": "",
                "groups": {},
                "access": "pace",
                "proofs": {"active": {"challenge": "A" * 16}},
            }
        ),
    ],
)
def test_what_is_no_chip_is_refused_with_a_code_and_words(
    lane: Client, here: UUID, body: str
) -> None:
    status, said = send(lane, here, body)
    assert (status, said["error"]) == (409, "request.broken")
    assert said["message"]
    assert services.standing("1")[0].chip is None


def test_what_is_larger_than_any_chip_is_not_read(lane: Client, here: UUID) -> None:
    body = json.dumps({"sod": "A" * MOST_CHIP_BYTES, "groups": {}, "access": "bac"})
    assert send(lane, here, body)[0] == 413


def test_a_large_chip_goes_through(lane: Client, here: UUID) -> None:
    """Larger than a form may be: the picture of a face takes its room."""
    groups = {"1": "", "2": "A" * (MOST_CHIP_BYTES - 1024)}
    status, said = send(
        lane, here, json.dumps({"sod": "", "groups": groups, "access": "pace", "proofs": {}})
    )
    assert (status, said["outcome"]) == (200, "not_performed")


@pytest.mark.parametrize(
    ("name", "most"),
    [("counter-chip", MOST_CHIP_BYTES), ("counter-seal", MOST_GIVEN + FORM_BYTES)],
)
def test_the_doorway_knows_what_they_are_sent(here: UUID, name: str, most: int) -> None:
    view = resolve(reverse(name, kwargs={"inspection": here})).func
    assert getattr(view, "takes_bytes", 0) == most


@pytest.mark.parametrize("name", ["counter-chip", "counter-seal"])
def test_without_its_token_nothing_is_read(lane: Client, here: UUID, name: str) -> None:
    lane.handler.enforce_csrf_checks = True
    answer = lane.post(
        reverse(name, kwargs={"inspection": here}), "{}", content_type="application/json"
    )
    assert answer.status_code == 403


def test_a_seal_comes_as_a_picture_or_as_what_a_scanner_read(lane: Client, here: UUID) -> None:
    told = json.dumps({"data": b64encode(seal("entry_stamp")).decode()})
    assert send(lane, here, told, "counter-seal")[1]["outcome"] == "issuer_unknown"
    file = SimpleUploadedFile("seal.png", draw(seal()), "image/png")
    answer = lane.post(reverse("counter-seal", kwargs={"inspection": here}), {"picture": file})
    assert answer.json()["outcome"] == "issuer_unknown"
    assert [one.kind for one in services.standing("1")[0].seals] == ["entry_stamp", "visa"]


@pytest.mark.parametrize("data", ["", b64encode(bytes(20_000)).decode()])
def test_bytes_that_no_code_holds_are_no_seal(lane: Client, here: UUID, data: str) -> None:
    status, said = send(lane, here, json.dumps({"data": data}), "counter-seal")
    assert (status, said["error"]) == (409, "seal.none")


def test_without_a_picture_there_is_no_seal(lane: Client, here: UUID) -> None:
    answer = lane.post(reverse("counter-seal", kwargs={"inspection": here}))
    assert (answer.status_code, answer.json()["error"]) == (409, "seal.no_picture")


def test_a_picture_that_is_too_large_is_not_read(lane: Client, here: UUID) -> None:
    large = SimpleUploadedFile("seal.png", bytes(MOST_GIVEN + FORM_BYTES), "image/png")
    answer = lane.post(reverse("counter-seal", kwargs={"inspection": here}), {"picture": large})
    assert answer.status_code == 413
