"""A reader on a serial port, over a pseudo-terminal: what the simulators send is read, losing it is said."""

from __future__ import annotations

import asyncio
import os
import pty
from pathlib import Path

import pytest

from openmidas.documents.readers import serial_port
from openmidas.documents.readers.adapters import Gone, Read, There, Why
from openmidas.documents.readers.serial_port import SerialReader
from openmidas.documents.readers.simulator import desko, elyctis

ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


def test_both_makers_are_read_and_a_reader_that_is_unplugged_is_opened_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serial_port, "AGAIN", 0.05)
    path = tmp_path / "reader"

    def plug_in() -> int:
        device, terminal = pty.openpty()
        path.unlink(missing_ok=True)
        path.symlink_to(os.ttyname(terminal))
        os.close(terminal)
        return device

    async def use() -> None:
        events = SerialReader(str(path)).events()
        assert await anext(events) == Gone(Why.UNPLUGGED)
        device = plug_in()
        assert await anext(events) == There(str(path))
        wire = desko(ZONE) + elyctis(ZONE)
        os.write(device, wire[:50])
        os.write(device, wire[50:])
        for ends in ("\r", ""):
            assert await anext(events) == Read(ZONE.replace("\n", "\r") + ends)
        os.close(device)
        path.unlink()
        assert await anext(events) == Gone(Why.UNPLUGGED)
        device = plug_in()
        assert await anext(events) == There(str(path))
        await events.aclose()
        os.close(device)

    asyncio.run(asyncio.wait_for(use(), 20))


def test_a_frame_that_broke_off_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serial_port, "SILENCE", 0.1)

    async def use() -> None:
        device, terminal = pty.openpty()
        events = SerialReader(os.ttyname(terminal)).events()
        await anext(events)
        os.write(device, elyctis(ZONE)[:30])
        reading = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.4)
        os.write(device, elyctis(ZONE))
        assert await reading == Read(ZONE.replace("\n", "\r"))
        await events.aclose()
        os.close(device)
        os.close(terminal)

    asyncio.run(asyncio.wait_for(use(), 20))


def test_what_is_no_port_is_no_reader(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no terminal")

    async def use() -> None:
        events = SerialReader(str(file)).events()
        assert await anext(events) == Gone(Why.UNPLUGGED)
        await events.aclose()

    asyncio.run(use())
