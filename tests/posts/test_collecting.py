"""Who may collect while the post is shut: officers of the post, by a PIN that they set while it is open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import reverse

from openmidas.nodes.collecting.pins import hash_pin, officer_by_pin
from openmidas.nodes.collecting.store import CollectingStore
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import meet
from openmidas.posts.collecting import has_pin, prepare_collecting, set_pin
from openmidas.posts.services import suspend
from tests.conftest import HQ, POST_HOME
from tests.support.cast import Cast, acting, at_node, client_of, refusal

PIN = "804215"


@pytest.fixture
def store(cast: Cast) -> Iterator[CollectingStore]:
    with at_node(HQ):
        card = this_node().card()
    meet(card)
    yield CollectingStore(POST_HOME)
    CollectingStore(POST_HOME).path.unlink(missing_ok=True)


def test_an_officer_is_known_by_the_pin_and_by_nothing_else(
    cast: Cast, store: CollectingStore
) -> None:
    set_pin(cast.coumba, PIN)
    known = officer_by_pin(store, " Coumba ", PIN, 0)
    assert (known.id, known.role, known.number) == (cast.coumba.id, "head_of_post", "coumba")
    assert store.about().lanes == ("1", "2")
    raw = store.path.read_bytes()
    assert b"Sidib" not in raw
    assert PIN.encode() not in raw


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("12345", "pin.digits"),
        ("12ab56", "pin.digits"),
        ("\u0661" * 6, "pin.digits"),
        ("1" * 13, "pin.digits"),
        ("123456", "pin.easy"),
        ("777777", "pin.easy"),
        ("987654", "pin.easy"),
        ("789012", "pin.easy"),
    ],
)
def test_a_pin_that_is_none_or_is_guessed_first(pin: str, code: str) -> None:
    with refusal(code):
        hash_pin(pin)


def test_who_works_elsewhere_cannot_collect_here(cast: Cast, store: CollectingStore) -> None:
    with refusal("collecting.not_at_post"):
        set_pin(cast.djibril, PIN)


def test_without_a_headquarters_nobody_can(cast: Cast) -> None:
    with refusal("collecting.not_prepared"):
        set_pin(cast.aminata, PIN)


def test_who_is_suspended_collects_no_more(cast: Cast, store: CollectingStore) -> None:
    set_pin(cast.aminata, PIN)
    with at_node(HQ):
        suspend(acting(cast.idrissa), cast.aminata.id, reason="for the test")
    prepare_collecting()
    assert store.officers() == []


def test_the_throttle_ends_and_a_clock_that_fell_back_shuts_nobody_out(
    cast: Cast, store: CollectingStore
) -> None:
    set_pin(cast.aminata, PIN)
    now = 10_000_000
    for _ in range(5):
        with refusal("pin.wrong"):
            officer_by_pin(store, "aminata", "804216", now)
    with refusal("pin.pause"):
        officer_by_pin(store, "aminata", PIN, now + 1)
    for later in (now + 5 * 60 * 1000, now - 3_600_000):
        assert officer_by_pin(store, "aminata", PIN, later).number == "aminata"


class TestPage:
    def test_an_officer_sets_it(self, cast: Cast, store: CollectingStore, pages: None) -> None:
        client = client_of(cast.aminata)
        url = reverse("collecting-pin")
        assert client.post(url, {"pin": PIN, "again": PIN}).status_code == 302
        assert has_pin(cast.aminata)
        assert officer_by_pin(store, "aminata", PIN, 0)
        page = client.get(reverse("preferences")).content.decode()
        assert "Vous en avez déjà choisi un ici." in page

    @pytest.mark.parametrize("again", ["804216", ""])
    def test_twice_the_same(
        self, cast: Cast, store: CollectingStore, pages: None, again: str
    ) -> None:
        answer = client_of(cast.aminata).post(
            reverse("collecting-pin"), {"pin": PIN, "again": again}
        )
        assert answer.status_code == 422
        assert not has_pin(cast.aminata)

    def test_there_is_none_at_the_headquarters(self, cast: Cast, pages: None) -> None:
        with at_node(HQ):
            page = client_of(cast.djibril).get(reverse("preferences")).content.decode()
        assert "PIN" not in page
