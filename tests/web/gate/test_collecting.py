"""A sealed post whose lease has run out collects, at the same address as its gate, and at no other time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from openmidas.nodes.collecting.pins import hash_pin
from openmidas.nodes.collecting.store import About, CollectingStore, Collector
from openmidas.nodes.home import NodeHome
from openmidas.nodes.keys import public_bytes
from openmidas.nodes.sealing.lease import Lease, now, write_lease
from openmidas.nodes.sealing.memory import forget_key
from openmidas.nodes.sealing.standing import State, standing
from openmidas.web.gate import settings as gate_settings
from openmidas.web.gate import views
from openmidas.web.gate.opening import Opening
from tests.support.sealing import memory_folder_for, post_with_traveller, seal_post

PIN = "804215"
DAY = 24 * 3600 * 1000


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NodeHome]:
    """A post that was prepared for collecting."""
    memory = memory_folder_for(monkeypatch)
    next(memory)
    home = post_with_traveller(tmp_path / "post")
    monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
    monkeypatch.setattr(views, "OPENING", Opening())
    store = CollectingStore(home)
    hq = public_bytes(Ed25519PrivateKey.generate())
    about = About(node=home.config().id, epoch=1, run=uuid4(), seed=bytes(32), recipients=(hq,))
    store.create(about)
    store.put_officer(
        Collector(number="aminata", id=uuid4(), role="primary", verifier=hash_pin(PIN))
    )
    yield home
    next(memory, None)


@pytest.fixture
def page(home: NodeHome, pages: None, settings: Any) -> Client:
    for name in ("MIDDLEWARE", "ROOT_URLCONF", "FILE_UPLOAD_HANDLERS"):
        setattr(settings, name, getattr(gate_settings, name))
    return Client(headers={"accept-language": "en"})


def shut(home: NodeHome, days: int) -> State:
    """Seal it with a lease that ends in so many days, and take its key from memory."""
    seal_post(home, Lease(at=now() - 2 * DAY, until=now() + days * DAY))
    forget_key(home.config().id)
    return standing(home).state


def test_its_lease_is_over_and_travellers_are_written_down(home: NodeHome, page: Client) -> None:
    assert shut(home, days=-1) is State.COLLECT_ONLY
    assert 'href="/collect/"' in page.get("/").content.decode()
    page.post("/collect/sign-in/", {"number": "aminata", "pin": PIN, "lane": ""})
    form = page.get("/collect/")
    sheet = {
        "id": str(form.context["id"]),
        "surname": "Keïta",
        "direction": "entry",
        "outcome": "admitted",
    }
    answer = page.post("/collect/", sheet, follow=True)
    assert "<strong>1</strong>" in answer.content.decode()
    assert CollectingStore(home).count() == 1


def test_it_only_waits_for_phrases_and_collects_nothing(home: NodeHome, page: Client) -> None:
    assert shut(home, days=14) is State.SEALED
    assert 'href="/collect/"' not in page.get("/").content.decode()
    for address in ("/collect/", "/collect/sign-in/"):
        assert page.get(address).headers["Location"] == "/"


def test_it_was_not_prepared_and_offers_nothing(home: NodeHome, page: Client) -> None:
    CollectingStore(home).path.unlink()
    assert shut(home, days=-1) is State.COLLECT_ONLY
    assert 'href="/collect/"' not in page.get("/").content.decode()


def test_what_is_written_when_the_lease_is_renewed_is_not_lost(
    home: NodeHome, page: Client
) -> None:
    """Somebody else opens the post at that moment; whoever has not signed in still cannot."""
    shut(home, days=-1)
    page.post("/collect/sign-in/", {"number": "aminata", "pin": PIN, "lane": ""})
    form = page.get("/collect/")
    write_lease(home, Lease(at=now(), until=now() + DAY))
    assert standing(home).state is State.SEALED
    sheet = {"id": str(form.context["id"]), "surname": "Keïta", "direction": "entry"}
    saved = page.post("/collect/", sheet | {"outcome": "admitted"})
    assert saved["Location"] == "/collect/?saved=1"
    assert CollectingStore(home).count() == 1
    page.cookies.clear()
    for address in ("/collect/sign-in/", "/collect/"):
        answer = page.post(address, {"number": "aminata", "pin": PIN, "lane": ""} | sheet)
        assert answer["Location"] == "/"
    assert CollectingStore(home).count() == 1
