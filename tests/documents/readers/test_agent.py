"""From the reader to the page: all that is read arrives, once, at the page of the paired post alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import aiohttp
import pytest

from openmidas.documents import find_mrz
from openmidas.documents.readers import agent as agents
from openmidas.documents.readers import delivery
from openmidas.documents.readers.adapters import Event, Gone, Read, There, Why
from openmidas.documents.readers.simulator import MAKERS
from tests.documents.readers.agents import ORIGIN, Door, served, simulated, told

ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


class Told:
    """A reader that does what the test says."""

    def __init__(self) -> None:
        self.happens: asyncio.Queue[Event] = asyncio.Queue()

    async def events(self) -> AsyncGenerator[Event, None]:
        while True:
            yield await self.happens.get()


def zones(many: int) -> list[str]:
    """As many documents, told apart by a name: no check digit covers it."""
    names = ["".join(chr(ord("A") + int(figure)) for figure in str(place)) for place in range(many)]
    return [ZONE.replace("MARIA".ljust(24, "<"), name.ljust(24, "<")) for name in names]


@pytest.mark.parametrize("maker", MAKERS)
def test_a_thousand_of_a_thousand_arrive_once_and_in_order(maker: str) -> None:
    """Over a connection that breaks again and again, before receipts were given."""

    async def read_all() -> list[str]:
        arrived: dict[int, str] = {}
        async with served(simulated(maker, sent)) as door:
            while len(arrived) < len(sent):
                async with door.page() as page:
                    for place in range(70):
                        message = await told(page)
                        if message["kind"] == "read":
                            arrived.setdefault(message["number"], message["text"])
                            if place % 7:
                                await page.send_json({"taken": message["number"]})
                        if len(arrived) == len(sent):
                            break
        assert list(arrived) == sorted(arrived)
        return list(arrived.values())

    sent = zones(1000)
    found = [find_mrz(text) or () for text in asyncio.run(read_all())]
    assert found == [tuple(zone.splitlines()) for zone in sent]


def test_the_page_is_told_whether_the_reader_is_there() -> None:
    async def watch() -> list[dict[str, Any]]:
        reader = Told()
        async with served(reader) as door, door.page() as page:
            said = [await told(page)]
            for event in (There("DESKO"), Gone(Why.BUSY)):
                reader.happens.put_nowait(event)
                said.append(await told(page))
            return said

    nothing, there, gone = asyncio.run(watch())
    assert nothing == {"kind": "reader", "there": False, "name": "", "why": ""}
    assert (there["there"], there["name"]) == (True, "DESKO")
    assert (gone["there"], gone["why"]) == (False, "busy")


def test_the_last_page_has_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    async def take_over() -> int | None:
        async with served(Told()) as door, door.page() as first:
            await told(first)
            async with door.page() as second:
                await told(second)
                await first.receive(timeout=10)
                return first.close_code

    assert asyncio.run(take_over()) == agents.REPLACED


def test_what_was_read_while_no_page_listened_is_of_another_traveller(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery, "KEPT", 0.1)

    async def come_late() -> list[dict[str, Any]]:
        reader = Told()
        async with served(reader) as door:
            reader.happens.put_nowait(Read(ZONE))
            await asyncio.sleep(0.4)
            async with door.page() as page:
                said = [await told(page), await told(page)]
                reader.happens.put_nowait(Read("NEXT"))
                return [*said, await told(page)]

    _, missed, read = asyncio.run(come_late())
    assert missed == {"kind": "missed", "many": 1}
    assert read["text"] == "NEXT"


def test_a_page_that_gives_no_receipts_holds_the_reader_up_for_a_moment_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery, "PATIENCE", 0.01)

    async def count() -> tuple[int, int]:
        arrived = missed = 0
        async with served(simulated("desko", zones(100))) as door, door.page() as page:
            while True:
                message = await told(page)
                arrived += message["kind"] == "read"
                missed += message["kind"] == "missed" and message["many"]
                if message["kind"] == "reader" and not message["there"] and message["why"]:
                    waiting = door.agent._delivery._waiting
                    return len(waiting), missed

    waiting, missed = asyncio.run(count())
    assert waiting == delivery.MOST
    assert missed > 0


# --- Who is not let in -------------------------------------------------------------------------------


async def answer(door: Door, **headers: str) -> int:
    try:
        async with door.knock(**headers):
            return 101
    except aiohttp.WSServerHandshakeError as refused:
        return refused.status


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": f"{ORIGIN}.elsewhere.example"},
        {"Origin": ORIGIN.replace("https", "http")},
        {"Origin": f"{ORIGIN}:8443"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": f"{ORIGIN}, {ORIGIN}"},
        {"Host": "rebound.example:9303"},
        {"Host": "127.0.0.1"},
        {"Host": "localhost:9303"},
    ],
)
def test_another_origin_or_host_is_refused(headers: dict[str, str]) -> None:
    async def knock() -> int:
        async with served(Told()) as door:
            return await answer(door, **headers)

    assert asyncio.run(knock()) == 403


def test_a_plain_request_learns_nothing() -> None:
    async def fetch() -> tuple[int, str, list[str]]:
        async with served(Told()) as door:
            address = f"http://127.0.0.1:{door.agent.port}/"
            async with door.http.get(address) as answered:
                return answered.status, await answered.text(), [*answered.headers]

    status, text, headers = asyncio.run(fetch())
    assert (status, text) == (403, "")
    assert not [name for name in headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ('{"code":"00000-00000-00000-00000"}', agents.WRONG_CODE),
        ('{"code":""}', agents.WRONG_CODE),
        ('{"code":7}', agents.WRONG_CODE),
        ('{"taken":1}', agents.WRONG_CODE),
        ("[" * 500, agents.WRONG_CODE),
        ("x" * 100_000, aiohttp.WSCloseCode.MESSAGE_TOO_BIG),
    ],
)
def test_a_wrong_first_message_ends_it(
    first: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agents, "AFTER_WRONG", 0.01)

    async def say() -> int | None:
        async with served(simulated("desko", [ZONE])) as door, door.knock() as socket:
            await socket.send_str(first)
            message = await socket.receive(timeout=10)
            assert message.type is not aiohttp.WSMsgType.TEXT
            return socket.close_code

    assert asyncio.run(say()) == code


@pytest.mark.parametrize("said", ["nonsense", '{"taken":"all"}', "x" * 100_000])
def test_a_page_that_says_what_is_no_receipt_is_cut_off(said: str) -> None:
    async def say() -> bool:
        async with served(Told()) as door:
            async with door.page() as page:
                await told(page)
                await page.send_str(said)
                await page.receive(timeout=10)
                assert page.close_code
            async with door.page() as page:
                return bool(await told(page))

    assert asyncio.run(say())


def test_who_says_nothing_gives_the_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agents, "SECONDS_TO_SAY", 0.3)

    async def crowd() -> tuple[int, bool]:
        async with served(Told()) as door:
            silent = [await door.knock() for _ in range(agents.PLACES)]
            one_more = await answer(door)
            for socket in silent:
                await socket.receive(timeout=10)
                await socket.close()
            async with door.page() as page:
                return one_more, bool(await told(page))

    assert asyncio.run(crowd()) == (503, True)


def test_two_hundred_connections_that_say_nothing_keep_no_page_out() -> None:
    async def crowd() -> bool:
        async with served(Told()) as door:
            opened = [
                await asyncio.open_connection("127.0.0.1", door.agent.port) for _ in range(200)
            ]
            async with door.page() as page:
                there = bool(await told(page))
            for _, writer in opened:
                writer.close()
            return there

    assert asyncio.run(crowd())


def test_a_new_pairing_holds_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agents, "AFTER_WRONG", 0.01)

    async def pair_anew() -> int | None:
        async with served(Told()) as door:
            door.agent._pairing = lambda: None
            assert await answer(door) == 403
            other = type(door.pairing)(origin=ORIGIN, code="0" * 64)
            door.agent._pairing = lambda: other
            async with door.page() as page:
                await page.receive(timeout=10)
                return page.close_code

    assert asyncio.run(pair_anew()) == agents.WRONG_CODE
