"""Fetching attachments beside all else: it takes turns with news, and holds up nothing that goes up."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from openmidas.exchange import attachments, client, fetching
from openmidas.exchange.attachments import attachment_bytes, held
from openmidas.exchange.fetching import FIRST_PIECE, LEAST_PIECE, next_room
from openmidas.exchange.local import ArrivingAttachment
from openmidas.exchange.messages import MOST_PIECE_BYTES, Ask, Fetch, Refusal, now
from tests.exchange.attached import NEW, Giver, Naming, digest
from tests.exchange.test_client import Hq, exchange, has_all, write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_journal")]


class GivingHq(Hq):
    """An HQ that also gives attachments out. ``silent``: it takes a question, and never answers."""

    def __init__(self) -> None:
        super().__init__()
        self.giver = Giver(NEW)
        self.calls: list[type[Ask | Fetch]] = []
        self.silent = False
        self.lacks = False

    async def call(self, message: Ask | Fetch) -> Any:
        self.calls.append(type(message))
        if isinstance(message, Ask):
            return await super().call(message)
        if self.silent:
            await asyncio.Event().wait()
        await asyncio.sleep(0.01)
        if self.lacks:
            return Refusal(time=now(), code="attachment.unknown")
        return self.giver.give(message)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "ASK_SECONDS", 0.02)
    monkeypatch.setattr(client, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(fetching, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(attachments, "_names", [Naming(NEW)])


def here() -> bool:
    return bool(held([digest(NEW)]))


def test_what_is_lacking_comes_piece_by_piece_and_news_between_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fetching, "next_room", lambda room, took: 1_000)
    hq = GivingHq()
    exchange(hq, here)
    assert attachment_bytes(digest(NEW)) == NEW
    pieces = [place for place, call in enumerate(hq.calls) if call is Fetch]
    assert len(pieces) > 30
    assert Ask in hq.calls[pieces[0] : pieces[-1]], "news do not wait for the last piece"


def test_nothing_that_goes_up_waits_for_what_comes_down() -> None:
    """A piece is on its way for ever; what is written meanwhile is brought and has its receipt."""
    hq = GivingHq()
    hq.silent = True
    exchange(
        hq,
        lambda: Fetch in hq.calls,
        lambda: write(3),
        lambda: has_all(hq),
        lambda: hq.status.to_go == 0,
    )
    assert hq.calls.count(Fetch) == 1
    assert not here()


def test_after_a_restart_it_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "next_room", lambda room, took: 1_000)
    hq = GivingHq()
    exchange(hq, lambda: len(hq.giver.asked) > 3)
    come = ArrivingAttachment.objects.get().here
    assert come > 0
    asked = len(hq.giver.asked)
    exchange(hq, here)
    assert hq.giver.asked[asked].start == come


def test_one_that_the_hq_does_not_have_is_left_alone_and_told() -> None:
    hq = GivingHq()
    hq.lacks = True
    exchange(hq, lambda: hq.status.problem == "attachment.unknown", lambda: len(hq.asks) > 8)
    assert hq.calls.count(Fetch) == 1
    assert hq.status.reachable, "the link itself works"
    hq.lacks = False
    exchange(hq, here, lambda: hq.status.problem == "")


@pytest.mark.parametrize(
    ("room", "took", "then"),
    [
        (FIRST_PIECE, 0.2, 2 * FIRST_PIECE),
        (FIRST_PIECE, 1.6, FIRST_PIECE),
        (FIRST_PIECE, 5.0, FIRST_PIECE // 2),
        (LEAST_PIECE, 60.0, LEAST_PIECE),
        (MOST_PIECE_BYTES, 0.0, MOST_PIECE_BYTES),
    ],
)
def test_a_piece_is_about_a_second_long(room: int, took: float, then: int) -> None:
    """8 KiB at 64 kbit/s with 0.6 s there and back take 1.6 s: they stay so."""
    assert next_room(room, took) == then
