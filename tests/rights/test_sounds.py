"""Recordings of the notice of rights: which files are taken, and what `midas notice` says of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from openmidas.cli import main
from openmidas.nodes.identity import this_node
from openmidas.rights import sounds
from openmidas.rights.limits import SOUND_BYTES
from openmidas.rights.wording import SPOKEN
from tests.support.cast import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_journal")]

OPUS = b"OggS" + bytes(24) + b"OpusHead" + bytes(40)
M4A = bytes([0, 0, 0, 32]) + b"ftypM4A " + bytes(600) + b"soun" + bytes(60) + b"mp4a"


@pytest.fixture(autouse=True)
def folder() -> Iterator[Path]:
    """Where recordings are; none is left behind."""
    here = this_node().home.path(sounds.FOLDER)
    yield here
    shutil.rmtree(here, ignore_errors=True)


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    path = tmp_path / "Enregistrement 12.bin"
    path.write_bytes(OPUS)
    return path


@pytest.mark.parametrize(
    ("data", "name", "content_type"),
    [
        (OPUS, "bm.ogg", "audio/ogg"),
        (b"OggS" + bytes(24) + b"\x01vorbis", "bm.ogg", "audio/ogg"),
        (b"ID3\x04" + bytes(60), "bm.mp3", "audio/mpeg"),
        (b"\xff\xfb\x90\x64" + bytes(60), "bm.mp3", "audio/mpeg"),
        (M4A, "bm.m4a", "audio/mp4"),
        (b"RIFF\x24\x08\x00\x00WAVEfmt " + bytes(60), "bm.wav", "audio/wav"),
    ],
)
def test_what_browsers_play_is_taken_whatever_its_name(
    voice: Path, data: bytes, name: str, content_type: str
) -> None:
    voice.write_bytes(data)
    taken = sounds.take("bm", voice)
    assert (taken.path.name, taken.content_type) == (name, content_type)
    assert taken.path.read_bytes() == data
    assert list(sounds.sounds()) == [taken]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Bonjour",
        b"#!AMR\n" + bytes(60),
        b"OggS" + bytes(24) + b"\x80theora",
        bytes([0, 0, 0, 24]) + b"ftyp3gp4" + bytes(60) + b"mp4a",
        M4A + b"vide",
        M4A.replace(b"mp4a", b"alac"),
        b"\xff\xf1\x50\x80" + bytes(60),  # bare AAC
        b"RIFF\x24\x08\x00\x00AVI LIST",
    ],
)
def test_what_they_do_not_play_is_refused(voice: Path, data: bytes) -> None:
    voice.write_bytes(data)
    with refusal("sound.not_played"):
        sounds.take("bm", voice)
    assert list(sounds.sounds()) == []


def test_a_newer_one_takes_the_place_of_the_one_before(voice: Path, folder: Path) -> None:
    sounds.take("bm", voice)
    voice.write_bytes(M4A)
    sounds.take("bm", voice)
    assert [path.name for path in folder.iterdir()] == ["bm.m4a"]
    sounds.remove("bm")
    assert list(sounds.sounds()) == []
    with refusal("sound.none"):
        sounds.remove("bm")


def test_one_that_is_too_large_or_in_no_language_is_refused(voice: Path) -> None:
    with refusal("sound.language"):
        sounds.take("../fr", voice)
    voice.write_bytes(OPUS + bytes(SOUND_BYTES))
    with refusal("sound.too_large"):
        sounds.take("bm", voice)


def test_a_damaged_file_is_offered_to_nobody(folder: Path) -> None:
    folder.mkdir()
    (folder / "fr.ogg").write_bytes(b"")
    (folder / "ar.mp3").write_bytes(b"nothing")
    assert list(sounds.sounds()) == []


def test_the_command_lists_takes_and_removes(
    voice: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "120")
    assert main(["notice", "take", "bm", str(voice)]) == 0
    assert "Taken: Bamanankan" in capsys.readouterr().out
    assert main(["notice", "list"]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name in SPOKEN.values())
    assert "bm.ogg" in told
    assert told.count("none") == len(SPOKEN) - 1
    assert main(["notice", "remove", "bm"]) == 0
    assert main(["notice", "remove", "bm"]) == 1
    assert "There is no recording" in capsys.readouterr().err
    assert main(["notice", "take", "xx", str(voice)]) == 1
    assert "Known are: fr, en" in capsys.readouterr().err
    assert main(["notice", "take", "bm", str(voice.parent / "nothing")]) == 1
    assert "Cannot read" in capsys.readouterr().err
