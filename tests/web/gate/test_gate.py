"""The page of a sealed post: what it asks, what it says when something is wrong, and that it opens."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from argon2.exceptions import HashingError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from openmidas.nodes.home import NodeHome
from openmidas.nodes.sealing.lease import Lease, now
from openmidas.nodes.sealing.memory import forget_key
from openmidas.nodes.sealing.sealed import SEALED, Phrase, Token
from openmidas.nodes.sealing.standing import standing
from openmidas.web.gate import opening as opening_module
from openmidas.web.gate import settings as gate_settings
from openmidas.web.gate import views
from openmidas.web.gate.opening import Caller, Opening
from tests.support.sealing import (
    AWA,
    ISSA,
    TRAVELLER,
    memory_folder_for,
    post_with_traveller,
    seal_post,
    travellers,
)


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield from memory_folder_for(monkeypatch)


@pytest.fixture
def home(memory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NodeHome:
    """A post of its own, whose page this process serves."""
    home = post_with_traveller(tmp_path / "post")
    monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
    monkeypatch.setattr(views, "OPENING", Opening())
    return home


@pytest.fixture
def page(home: NodeHome, pages: None, settings: Any) -> Client:
    for name in ("MIDDLEWARE", "ROOT_URLCONF", "FILE_UPLOAD_HANDLERS"):
        setattr(settings, name, getattr(gate_settings, name))
    return Client(headers={"accept-language": "en"})


def shut(home: NodeHome, need: int = 1, lease: Lease | None = None) -> Token:
    token = seal_post(home, lease, need)
    forget_key(home.config().id)
    return token


def typed(*phrases: Phrase, token: Token | None = None) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for number, each in enumerate(phrases, start=1):
        said |= {f"officer_{number}": each.officer, f"phrase_{number}": each.phrase}
    if token is not None:
        said["token"] = SimpleUploadedFile("openmidas.token", msgspec.json.encode(token))
    return said


def settled(page: Client) -> Any:
    """The page once what was begun is over."""
    deadline = time.monotonic() + 60
    while views.OPENING.step is not None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return page.get("/")


def test_phrase_and_token_open_the_post(page: Client, home: NodeHome) -> None:
    token = shut(home)
    assert "Kourémalé is sealed" in page.get("/").content.decode()
    answer = page.post("/", typed(AWA, token=token))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "The post is open" in settled(page).content.decode()
    assert travellers(home) == [TRAVELLER]
    assert page.get("/gate/").json() == {
        "working": True,
        "words": "The post is open. The pages start: a few seconds more.",
    }


def test_it_asks_for_as_many_officers_as_it_takes(page: Client, home: NodeHome) -> None:
    token = shut(home, need=2)
    asked = page.get("/").content.decode()
    assert all(name in asked for name in ("Officer 1", "Officer 2", "phrase_2"))
    page.post("/", typed(AWA, ISSA, token=token))
    settled(page)
    assert standing(home).is_open


def test_a_wrong_phrase_is_said_and_the_name_is_kept(page: Client, home: NodeHome) -> None:
    token = shut(home)
    page.post("/", typed(Phrase(AWA.officer, "ce n'est pas celle-ci"), token=token))
    answer = settled(page).content.decode()
    assert "Name or pass phrase 1 is not right" in answer
    assert 'value="Awa Traoré"' in answer
    assert "celle-ci" not in answer, "a phrase is never shown again"
    assert not standing(home).is_open


def test_after_it_there_is_a_pause_for_that_workstation_only(page: Client, home: NodeHome) -> None:
    token = shut(home)
    page.post("/", typed(Phrase("Awa", "ce n'est pas celle-ci"), token=token))
    settled(page)
    answer = page.post("/", typed(AWA, token=token))
    assert answer.status_code == 422
    assert "Try again in 2 seconds" in answer.content.decode()
    page.post("/", typed(AWA, token=token), REMOTE_ADDR="192.0.2.9")
    settled(page)
    assert standing(home).is_open


def test_without_token_and_headquarters_it_says_what_is_missing(
    page: Client, home: NodeHome
) -> None:
    shut(home)
    assert "Put it into the machine" in page.get("/").content.decode()
    page.post("/", typed(AWA))
    assert "put the token in" in settled(page).content.decode()


@pytest.mark.parametrize(
    "failing", [OSError(28, "No space left on device"), HashingError("Memory allocation error")]
)
def test_a_machine_that_cannot_is_told_as_such(
    page: Client, home: NodeHome, monkeypatch: pytest.MonkeyPatch, failing: Exception
) -> None:
    token = shut(home)

    def fails(*_anything: object) -> None:
        raise failing

    monkeypatch.setattr(opening_module, "unseal", fails)
    page.post("/", typed(AWA, token=token))
    assert "The post could not be opened: " in settled(page).content.decode()


def test_a_file_that_is_no_token_is_refused_at_once(page: Client, home: NodeHome) -> None:
    shut(home)
    other = SimpleUploadedFile("holiday.jpg", b"\xff\xd8\xff")
    answer = page.post("/", typed(AWA) | {"token": other})
    assert answer.status_code == 422
    assert "no token" in answer.content.decode()
    large = SimpleUploadedFile("large", b"0" * 5000)
    assert "too large" in page.post("/", typed(AWA) | {"token": large}).content.decode()


def test_what_is_not_filled_in_is_asked_for(page: Client, home: NodeHome) -> None:
    shut(home)
    answer = page.post("/", {"officer_1": "Awa"})
    assert answer.status_code == 422
    assert "Please correct" in answer.content.decode()


def test_when_the_lease_has_run_out_it_says_so(page: Client, home: NodeHome) -> None:
    shut(home, lease=Lease(at=now() - 2000, until=now() - 1000))
    assert "The lease has run out" in page.get("/").content.decode()


def test_in_french_and_back(page: Client, home: NodeHome) -> None:
    shut(home)
    french = page.get("/", headers={"accept-language": "fr"}).content.decode()
    assert "Kourémalé est scellé" in french
    answer = page.post("/language/", {"language": "fr", "next": "/"})
    assert answer.status_code == 302
    assert "Phrase secrète" in page.get("/").content.decode()


def test_every_other_address_leads_there(page: Client, home: NodeHome) -> None:
    shut(home)
    assert page.get("/counter/")["Location"] == "/"
    health = page.get("/health/")
    assert (health.status_code, health.json()["state"]) == (503, "sealed")
    assert page.get("/gate/").json() == {"working": False, "words": ""}


def test_nothing_is_kept_by_the_browser_and_nothing_foreign_is_let_in(
    page: Client, home: NodeHome
) -> None:
    shut(home)
    answer = page.get("/")
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    foreign = Client(enforce_csrf_checks=True)
    assert foreign.post("/", typed(AWA)).status_code == 403


def test_a_torn_file_is_told_to_whoever_can_mend_it(page: Client, home: NodeHome) -> None:
    shut(home)
    home.path(SEALED).write_bytes(b"{}")
    answer = page.get("/")
    assert answer.status_code == 500
    assert "Call your administrator" in answer.content.decode()


class TestPauses:
    def test_they_double_and_end(self) -> None:
        caller = Caller()
        pauses = []
        for _number in range(8):
            caller.failing(opening_module.SealFailed("seal.wrong_phrase", number="1"), 100.0)
            pauses.append(caller.until - 100.0)
        assert pauses == [2, 4, 8, 16, 32, 60, 60, 60]

    def test_a_link_that_is_down_costs_none(self) -> None:
        caller = Caller()
        caller.failing(opening_module.SealFailed("seal.hq_silent", reason="x"), 100.0)
        assert caller.until == 0

    def test_strangers_cannot_fill_the_memory(self) -> None:
        opening = Opening()
        for number in range(opening_module.MOST_CALLERS + 50):
            opening.caller(f"192.0.2.{number}")
        assert len(opening._callers) == opening_module.MOST_CALLERS


def test_one_at_a_time(home: NodeHome) -> None:
    token = shut(home)
    opening = Opening()
    opening.step = opening_module.Step.PHRASES
    assert not opening.begin(home, [AWA], token, "192.0.2.1")
