"""``midas reader``: pairs, says why it cannot run, and serves what it was told to."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from openmidas.cli import main
from openmidas.documents.commands import reader
from openmidas.documents.readers.adapters import Gone, Read, There, Why
from openmidas.documents.readers.pairing import load
from openmidas.documents.readers.simulator import Simulator

ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the pairing of this test is kept."""
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
    monkeypatch.setenv("OPENMIDAS_READER", str(tmp_path / "reader.json"))
    return tmp_path / "reader.json"


def test_pairing_prints_the_code_once(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reader", "pair", "--origin", "https://post.example/"]) == 0

    said = capsys.readouterr().out
    code = re.search(r"Code: (\S+)", said)
    pairing = load(kept)
    assert code
    assert pairing
    assert pairing.fits(code[1])
    assert "https://post.example/workstation/reader/" in said


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["pair", "--origin", "http://post.example"], "no address of a post"),
        (["run", "--device", "/dev/none"], "not paired yet"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reader", *arguments]) == 1
    assert why in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--simulate", "acme", "zones.txt"], "desko, elyctis, chip"),
        (["--simulate", "desko", "none.txt"], "cannot be read"),
        (["--kit", "nothing_here:Kit"], "makes no adapter"),
        (["--kit", "json"], "makes no adapter"),
    ],
)
def test_a_reader_that_cannot_be_had_is_said(
    arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["reader", "pair", "--origin", "https://post.example"])

    assert main(["reader", "run", *arguments]) == 1
    assert why in capsys.readouterr().err


def test_a_file_of_documents_is_played(tmp_path: Path) -> None:
    file = tmp_path / "zones.txt"
    file.write_text(f"{ZONE}\n\n{ZONE}\n")

    async def play() -> list[type]:
        adapter = reader._simulator("elyctis", str(file), every=0)
        return [type(event) async for event in adapter.events()]

    assert asyncio.run(play()) == [There, Read, Read, Gone]


@pytest.mark.skipif(sys.platform == "win32", reason="serial ports are the browser's there")
@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "cannot be opened: it is not plugged in"), ("fr", "Les essais continuent.")],
)
def test_a_port_that_is_not_there_is_said_at_once(
    lang: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", lang)

    async def first() -> object:
        from openmidas.documents.readers.serial_port import SerialReader

        async with contextlib.aclosing(reader.Aloud(SerialReader("/dev/none")).events()) as events:
            return await anext(events)

    assert asyncio.run(first()) == Gone(Why.UNPLUGGED)
    assert said in capsys.readouterr().err
    assert reader.GONE.keys() == set(Why)


def test_the_simulated_chips_authorities_are_written_where_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "zones.txt"
    file.write_text(f"{ZONE}\n\n{ZONE.replace('UTO', 'MLI')}\n")

    reader._simulator("chip", str(file), every=0, authority=tmp_path / "kept" / "here")

    assert sorted(one.name for one in (tmp_path / "kept" / "here").iterdir()) == [
        "ML.cer",
        "UT.cer",
    ]


def test_a_chip_reader_without_pyscard_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "smartcard", None)
    monkeypatch.delitem(sys.modules, "smartcard.scard", raising=False)
    main(["reader", "pair", "--origin", "https://post.example"])

    assert main(["reader", "run", "--pcsc"]) == 1
    assert "python3-pyscard" in capsys.readouterr().err


def test_a_makers_kit_is_an_adapter_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing() -> object:
        return
        yield

    kit = ModuleType("makers_kit")
    kit.Kit = lambda: Simulator("desko", nothing())  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "makers_kit", kit)

    assert isinstance(reader._kit("makers_kit:Kit"), Simulator)


def test_it_starts_without_django() -> None:
    code = (
        "import sys; from openmidas.cli import main; main(['reader', 'run', '--device', 'x']); "
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ, capture_output=True, check=False
    )
    assert done.returncode == 0
