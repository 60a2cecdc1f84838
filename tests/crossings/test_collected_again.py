"""What the HQ could not open: how much of it, of which post and day, why; and trying it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client
from django.urls import reverse

from openmidas.crossings.models import Crossing
from openmidas.journal import Actor
from openmidas.journal.models import JournalEntry
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.collecting.again import WAITS, open_again, unopened
from openmidas.nodes.collecting.jobs import try_again_what_could_not_be_opened
from openmidas.nodes.collecting.settling import settle
from openmidas.nodes.collecting.store import CollectingStore
from openmidas.nodes.keys import public_bytes
from openmidas.nodes.local import RetryUnderWay
from openmidas.nodes.models import OpenedEntry, QuarantineRetry
from openmidas.nodes.quarantine import ask_again, carry_on
from openmidas.nodes.services import node_day
from tests.conftest import HQ, HQ_HOME, POST
from tests.crossings.test_collecting import collected, opened_by_hq, store
from tests.support.cast import Cast, at_node, client_of

__all__ = ["store"]

LOST = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
"""A key of an earlier epoch of the HQ, which its machine has lost."""


@contextmanager
def key_is_back() -> Iterator[None]:
    path = HQ_HOME.path("keys", "epoch-7.pem")
    path.write_bytes(
        LOST.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )
    try:
        yield
    finally:
        path.unlink()


@pytest.fixture
def sealed(store: CollectingStore) -> CollectingStore:
    """A post that collected three travellers, sealed with the key that is lost; the HQ has tried."""
    about = store.about()
    store.change(msgspec.structs.replace(about, recipients=(public_bytes(LOST),)))
    collected(store, 3)
    settle()
    assert opened_by_hq() == 0
    return store


def again(most: int = 200) -> tuple[int, int]:
    with at_node(HQ):
        tried, mended, _ended = open_again(most=most)
    return tried, mended


def test_how_many_of_which_post_and_day_and_why(sealed: CollectingStore) -> None:
    (group,) = unopened()
    assert (group.node, group.problem, group.number) == (POST, "collected.other_key", 3)
    assert group.day == node_day()


def test_without_the_key_nothing_is_written(sealed: CollectingStore) -> None:
    before = JournalEntry.objects.filter(node=HQ).count()
    assert again() == (3, 0)
    assert JournalEntry.objects.filter(node=HQ).count() == before
    assert not Crossing.objects.exists()


def test_with_the_key_they_are_crossings_and_the_post_lets_them_go(sealed: CollectingStore) -> None:
    assert settle().waiting == 3
    with key_is_back():
        assert again() == (3, 3)
        assert again() == (0, 0)
    assert Crossing.objects.count() == 3
    assert unopened() == []
    assert settle().let_go == 3
    before = list(Crossing.objects.order_by("id").values())
    rebuild()
    assert list(Crossing.objects.order_by("id").values()) == before
    assert not OpenedEntry.objects.exclude(problem="").exists()


def test_another_reason_than_the_last_is_written_down(sealed: CollectingStore) -> None:
    OpenedEntry.objects.update(problem="collected.kind")
    assert again() == (3, 0)
    assert {group.problem for group in unopened()} == {"collected.other_key"}
    assert JournalEntry.objects.filter(kind="collected.opened").count() == 6
    assert again() == (3, 0)
    assert JournalEntry.objects.filter(kind="collected.opened").count() == 6


def test_what_was_opened_is_none_of_them(store: CollectingStore) -> None:
    collected(store, 2)
    settle()
    assert unopened() == [], "it is opened in a moment"
    assert opened_by_hq() == 2
    assert unopened() == []
    assert again() == (0, 0)


def test_what_waits_for_what_is_missing_is_told_from_what_is_wrong(store: CollectingStore) -> None:
    collected(store, 3)
    store.mark_settled([1])
    settle()
    assert opened_by_hq() == 1, "the third, whose signature stands by itself"
    assert [(group.problem, group.number) for group in unopened()] == [(WAITS, 1)]
    assert again() == (0, 0)


def test_the_order_goes_on_to_them_in_batches(
    sealed: CollectingStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openmidas.nodes.collecting.again.open_again.__defaults__", (None, 2))
    with at_node(HQ), key_is_back():
        ask_again(Actor(), POST)
        tried = []
        while RetryUnderWay.objects.filter(ended=None).exists():
            tried.append(carry_on())
    assert tried == [0, 2, 1]
    order = RetryUnderWay.objects.get()
    assert (order.tried, order.mended) == (3, 3)
    assert Crossing.objects.count() == 3


def test_an_hq_that_starts_tries_all_of_it_by_itself(
    sealed: CollectingStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openmidas.nodes.collecting.again.open_again.__defaults__", (None, 2))
    with at_node(HQ), key_is_back():
        try_again_what_could_not_be_opened()
    assert Crossing.objects.count() == 3


@pytest.mark.usefixtures("pages")
class TestPage:
    def page(self, officer: object, **asked: str) -> str:
        client: Client = client_of(officer)  # type: ignore[arg-type]
        client.cookies["midas_language"] = "en"
        with at_node(HQ):
            return " ".join(client.get(reverse("quarantine"), asked).content.decode().split())

    def test_it_says_what_is_not_opened_and_why(self, cast: Cast, sealed: CollectingStore) -> None:
        said = self.page(cast.idrissa)
        assert "Collected while a post was shut, and not opened here" in said
        assert "It is sealed with a key that headquarters does not have" in said
        assert "<td>3</td>" in said
        assert "Nothing is set aside" not in said
        assert "KEITA" not in said
        assert "Try all of them again" in said
        assert "Try all" not in self.page(cast.kadiatou), "oversight reads"

    def test_whoever_has_them_tried_again_is_written_down(
        self, cast: Cast, sealed: CollectingStore
    ) -> None:
        client = client_of(cast.idrissa)
        client.cookies["midas_language"] = "en"
        with at_node(HQ), key_is_back():
            answer = client.post(reverse("quarantine-retry"), {"post": str(POST)}, follow=True)
            assert "They are tried again now" in answer.content.decode()
            while RetryUnderWay.objects.filter(ended=None).exists():
                carry_on()
        assert QuarantineRetry.objects.get().officer == cast.idrissa.id
        said = self.page(cast.idrissa)
        assert "3 of 3 could be used" in said
        assert "Nothing is set aside" in said
