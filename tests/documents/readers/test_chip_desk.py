"""A chip on the reader: opened for the page that asks, told to it alone, and never asked for before."""

from __future__ import annotations

import asyncio
import base64
import threading
from collections.abc import AsyncGenerator, Callable
from typing import Any

import pytest

from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.readers import chip_desk
from openmidas.documents.readers.adapters import Event, Held, Laid, Lifted, There
from tests.documents.chip.made import MRZ, StateOfOurs, tlv
from tests.documents.chip.virtual import (
    CAN,
    ZONE_PASSWORD,
    VirtualChip,
    card_access,
    files_of,
    pace_info,
)
from tests.documents.readers.agents import Door, served, told

UTOPIA = StateOfOurs()
AES = pace_info("AES-128", 13)
ZONE = f"{MRZ[:44]}\n{MRZ[44:]}"
OTHER = "L898902C4074081223204153"


class Desk:
    """A reader on which the test lays chips."""

    def __init__(self) -> None:
        self.happens: asyncio.Queue[Event] = asyncio.Queue()
        self.opened = 0

    async def events(self) -> AsyncGenerator[Event, None]:
        yield There("reader")
        while True:
            yield await self.happens.get()

    def lay(self, chip: Callable[[bytes], bytes] | None) -> None:
        self.happens.put_nowait(Laid(lambda: self._connect(chip)))

    def lift(self) -> None:
        self.happens.put_nowait(Lifted())

    def _connect(self, chip: Callable[[bytes], bytes] | None) -> Held:
        self.opened += 1
        if chip is None:
            raise Unreadable("chip_absent", name="reader")
        return Connected(chip)


class Connected:
    """A connection with a virtual chip."""

    def __init__(self, chip: Callable[[bytes], bytes]) -> None:
        self._chip = chip

    def __call__(self, command: bytes, /) -> bytes:
        return self._chip(command)

    def close(self) -> None:
        pass


def utopian(*infos: bytes) -> VirtualChip:
    return VirtualChip(files_of(UTOPIA.groups, UTOPIA.sod, *infos))


async def until(page: Any, *kinds: str) -> dict[str, Any]:
    """The next message of one of these kinds."""
    while True:
        message = await told(page)
        if message["kind"] in kinds:
            return message


def one_reading(chip: Callable[[bytes], bytes] | None, **asked: Any) -> dict[str, Any]:
    """What a page is told that has this chip opened."""

    async def read() -> dict[str, Any]:
        desk = Desk()
        async with served(desk) as door, door.page() as page:
            desk.lay(chip)
            there = await until(page, "chip")
            await page.send_json({"open": there["chip"], **asked})
            return await until(page, "chip_read", "chip_unread")

    return asyncio.run(read())


@pytest.mark.parametrize(
    ("infos", "asked", "access"),
    [
        ((), {"printed": ZONE_PASSWORD}, "bac"),
        ((AES,), {"printed": ZONE_PASSWORD}, "pace"),
        ((AES,), {"can": CAN}, "pace"),
    ],
)
def test_a_chip_is_opened_with_what_is_printed_and_its_files_reach_the_page(
    infos: tuple[bytes, ...], asked: dict[str, str], access: str
) -> None:
    chip = utopian(*infos)
    found = one_reading(chip, **asked)
    assert (found["kind"], found["access"]) == ("chip_read", access)
    assert base64.b64decode(found["sod"]) == chip.files[0x011D]
    groups = {int(one): base64.b64decode(file) for one, file in found["groups"].items()}
    assert groups == UTOPIA.groups


def cut(after: int) -> Callable[[bytes], bytes]:
    """A chip that is taken away after so many commands."""
    chip = utopian()

    def answer(command: bytes) -> bytes:
        if len(chip.log) >= after:
            raise OSError
        return chip(command)

    return answer


@pytest.mark.parametrize(
    ("chip", "asked", "why"),
    [
        (utopian(), {"printed": OTHER}, "denied"),
        (utopian(AES), {"printed": OTHER}, "denied"),
        (utopian(AES), {"can": "999999"}, "denied"),
        (utopian(), {"can": CAN}, "no_card_number"),
        (utopian(), {"can": "12"}, "no_password"),
        (utopian(), {}, "no_password"),
        (utopian(), {"printed": "L898902C3"}, "no_password"),
        (cut(after=2), {"printed": ZONE_PASSWORD}, "lifted"),
        (cut(after=9), {"printed": ZONE_PASSWORD}, "lifted"),
        (None, {"printed": ZONE_PASSWORD}, "lifted"),
        (lambda _command: b"\x6a\x82", {"printed": ZONE_PASSWORD}, "no_document"),
        (lambda _command: b"\x90\x00", {"printed": ZONE_PASSWORD}, "broken"),
        (
            VirtualChip(
                {number: file for number, file in utopian().files.items() if number != 0x011D}
            ),
            {"printed": ZONE_PASSWORD},
            "no_document",
        ),
    ],
)
def test_why_a_chip_was_not_read_is_one_of_few_reasons_and_nothing_of_it_is_told(
    chip: Callable[[bytes], bytes] | None, asked: dict[str, str], why: str
) -> None:
    assert one_reading(chip, **asked) == {"kind": "chip_unread", "chip": 1, "why": why}


def test_more_than_a_post_takes_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chip_desk, "MOST_BYTES", 500)
    assert one_reading(utopian(), printed=ZONE_PASSWORD)["why"] == "too_large"


def test_what_a_chip_said_before_it_was_opened_and_did_not_sign_is_noted() -> None:
    groups = UTOPIA.groups | {14: tlv(0x6E, card_access(pace_info("AES-128", 12)))}
    chip = VirtualChip(files_of(groups, UTOPIA.sod, AES))
    assert one_reading(chip, printed=ZONE_PASSWORD)["notes"] == ["card_access_differs"]


def test_no_command_goes_to_a_chip_before_a_page_asks() -> None:
    async def wait() -> tuple[int, int]:
        desk, chip = Desk(), utopian()
        async with served(desk) as door, door.page() as page:
            desk.lay(chip)
            await until(page, "chip")
            await asyncio.sleep(0.3)
            return desk.opened, len(chip.log)

    assert asyncio.run(wait()) == (0, 0)


def test_a_page_that_means_the_chip_before_gets_nothing_of_this_one() -> None:
    async def ask_late() -> tuple[dict[str, Any], int]:
        desk = Desk()
        async with served(desk) as door, door.page() as page:
            desk.lay(utopian())
            first = await until(page, "chip")
            desk.lift()
            assert (await until(page, "chip"))["chip"] == 0
            desk.lay(utopian())
            await until(page, "chip")
            await page.send_json({"open": first["chip"], "printed": ZONE_PASSWORD})
            return await until(page, "chip_read", "chip_unread"), desk.opened

    found, opened = asyncio.run(ask_late())
    assert (found["why"], opened) == ("lifted", 0)


class Slow:
    """A chip that holds its breath in the middle, until the test lets it go on."""

    def __init__(self) -> None:
        self.chip = utopian()
        self.reached, self.on = threading.Event(), threading.Event()

    def __call__(self, command: bytes, /) -> bytes:
        if len(self.chip.log) == 8:
            self.reached.set()
            self.on.wait(10)
        return self.chip(command)


async def asked_of(door: Door, chip: Slow, desk: Desk, page: Any) -> None:
    desk.lay(chip)
    there = await until(page, "chip")
    await page.send_json({"open": there["chip"], "printed": ZONE_PASSWORD})
    await asyncio.to_thread(chip.reached.wait, 10)


def test_a_reading_ends_with_its_page_and_the_next_page_begins_anew() -> None:
    async def leave() -> tuple[int, dict[str, Any], int]:
        desk, chip = Desk(), Slow()
        async with served(desk) as door:
            async with door.page() as page:
                await asked_of(door, chip, desk, page)
            chip.on.set()
            async with door.page() as page:
                there = await until(page, "chip")
                commands = len(chip.chip.log)
                await page.send_json({"open": there["chip"], "printed": ZONE_PASSWORD})
                return there["chip"], await until(page, "chip_read", "chip_unread"), commands

    number, found, commands = asyncio.run(leave())
    assert (number, found["kind"]) == (1, "chip_read")
    assert commands <= 9, "what was under way is the last that the first page had"


def test_a_chip_that_is_lifted_in_the_middle_ends_the_reading_and_the_next_is_read() -> None:
    async def lift() -> list[dict[str, Any]]:
        desk, chip = Desk(), Slow()
        async with served(desk) as door, door.page() as page:
            await asked_of(door, chip, desk, page)
            desk.lift()
            await until(page, "chip")
            chip.on.set()
            ended = await until(page, "chip_read", "chip_unread")
            desk.lay(utopian())
            there = await until(page, "chip")
            await page.send_json({"open": there["chip"], "printed": ZONE_PASSWORD})
            return [ended, await until(page, "chip_read", "chip_unread")]

    ended, read = asyncio.run(lift())
    assert (ended["why"], read["kind"], read["chip"]) == ("lifted", "chip_read", 2)


def test_how_far_it_is_is_told_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chip_desk, "TOLD_EVERY", 0.0)

    async def watch() -> list[int]:
        desk, sizes = Desk(), []
        async with served(desk) as door, door.page() as page:
            desk.lay(utopian())
            await page.send_json(
                {"open": (await until(page, "chip"))["chip"], "printed": ZONE_PASSWORD}
            )
            while (message := await told(page))["kind"] == "chip_reading":
                sizes.append(message["bytes"])
        return sizes

    sizes = asyncio.run(watch())
    assert len(sizes) > 5
    assert sizes == sorted(sizes)
