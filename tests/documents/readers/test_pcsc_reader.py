"""Readers at PC/SC: what the system says of them, told as events."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

import pytest

from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.readers import pcsc_reader
from openmidas.documents.readers.adapters import Event, Gone, Held, Laid, Lifted, There, Why
from openmidas.documents.readers.pcsc_reader import PcscReader

CONTACT, AIR = "Omnikey 5422 00 00", "Omnikey 5422 00 01"
SILENT = Unreadable("pcsc_silent")


def watched(
    looks: Iterable[Mapping[str, bool] | Unreadable], name: str = "", many: int = 9
) -> list[Event]:
    """The first events of a reader that sees this, look by look; the last look stays."""
    seen = list(looks)
    connected: list[str] = []

    def look() -> Mapping[str, bool]:
        found = seen.pop(0) if len(seen) > 1 else seen[0]
        if isinstance(found, Unreadable):
            raise found
        return found

    def connect(reader: str) -> Held:
        connected.append(reader)
        raise Unreadable("chip_absent", name=reader)

    async def watch() -> list[Event]:
        told: list[Event] = []
        events = PcscReader(name, look, connect).events()
        try:
            while len(told) < many:
                told.append(await asyncio.wait_for(anext(events), 0.3))
        except TimeoutError:
            pass
        finally:
            await events.aclose()
        return told

    found = asyncio.run(watch())
    assert not connected, "nothing is connected with before somebody asks"
    return found


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pcsc_reader, "LOOKS", 0.0)


def kinds(events: list[Event]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_a_chip_is_laid_on_and_lifted_from_either_of_a_devices_two_readers() -> None:
    free = {CONTACT: False, AIR: False}
    found = watched([free, free | {AIR: True}, free | {AIR: True}, free, free | {CONTACT: True}])
    assert found[0] == There(f"{CONTACT}, {AIR}")
    assert kinds(found[1:]) == ["Laid", "Lifted", "Laid"]
    last = found[-1]
    assert isinstance(last, Laid)
    with pytest.raises(Unreadable, match=CONTACT):
        last.connect()


def test_the_reader_that_is_named_is_looked_at_alone() -> None:
    found = watched([{CONTACT: True, "Desko PENTA 00 00": False}], name="penta")
    assert found == [There("Desko PENTA 00 00")]


def test_a_reader_that_is_pulled_out_takes_its_chip_along() -> None:
    found = watched([{AIR: True}, {}, {AIR: True}])
    assert kinds(found) == ["There", "Laid", "Lifted", "Gone", "There", "Laid"]
    assert found[3] == Gone(Why.UNPLUGGED)


def test_a_service_that_does_not_answer_is_asked_again() -> None:
    assert watched([SILENT, SILENT, {AIR: False}]) == [Gone(Why.NO_SERVICE), There(AIR)]


def test_a_service_that_ends_takes_the_chip_along() -> None:
    found = watched([{AIR: True}, SILENT])
    assert found[2:] == [Lifted(), Gone(Why.NO_SERVICE)]
