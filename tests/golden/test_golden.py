"""What every release has written is read today, and says the same."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from openmidas.exchange import messages, records
from openmidas.exchange.stick_file import read
from openmidas.exchange.sticks import Contents
from openmidas.journal import Body, Receipt, SealedEntry, entry_kinds
from openmidas.journal.entry import NO_HASH, decode_body
from openmidas.journal.frames import FrameReader
from openmidas.journal.segments import MAX_SEGMENT_BYTES, check_segment, unpack
from openmidas.journal.signing import Place, check_receipt
from openmidas.nodes.keys import public_bytes
from openmidas.screening import Edition
from tests.golden.contents import HQ_KEY, POST, POST_KEY
from tests.golden.schemas import broken_promises, schema_of
from tests.golden.write import FOLDER, INDEX, write

RELEASES = sorted(path.parent for path in FOLDER.glob(f"*/{INDEX}"))
MOST_BYTES_OF_A_KIND = 1600


@pytest.fixture(params=RELEASES, ids=lambda path: path.name)
def release(request: pytest.FixtureRequest) -> Path:
    return request.param


def bodies(release: Path) -> list[Body]:
    entries = unpack((release / "journal.frame").read_bytes()).entries
    return [decode_body(entry.body or b"") for entry in entries]


def told(release: Path, name: str) -> Any:
    return msgspec.json.decode((release / name).read_bytes())


def says(now: Any, then: Any) -> bool:
    """Whether a value says all that it said then; it may say more, in fields that are new."""
    if isinstance(then, dict):
        return isinstance(now, dict) and all(
            name in now and says(now[name], value) for name, value in then.items()
        )
    if isinstance(then, list):
        return len(now) == len(then) and all(map(says, now, then))
    return bool(now == then)


def plain(value: Any) -> Any:
    """As JSON has it."""
    return msgspec.json.decode(msgspec.json.encode(value))


def test_the_first_release_has_its_files() -> None:
    assert "0.1.0" in [release.name for release in RELEASES]


def test_nothing_of_it_was_changed_since(release: Path) -> None:
    files = told(release, INDEX)["files"]
    there = {path.name for path in release.iterdir()} - {INDEX}
    assert set(files) == there
    for name, digest in files.items():
        assert hashlib.sha256((release / name).read_bytes()).hexdigest() == digest, name
    kinds = len(msgspec.json.decode((release / "schemas.json").read_bytes()))
    size = sum(path.stat().st_size for path in release.iterdir())
    assert size < kinds * MOST_BYTES_OF_A_KIND


def test_a_release_is_written_once(tmp_path: Path) -> None:
    made = write("9.9.9", tmp_path)
    assert {path.name for path in made.iterdir()} >= {INDEX, "journal.frame", "stick.bin"}
    with pytest.raises(FileExistsError):
        write("9.9.9", tmp_path)


def test_every_body_is_read_and_says_the_same(release: Path) -> None:
    """A kind that has a later version since is lifted; what to is a test of its own room."""
    read_then = told(release, "contents.json")
    versions = {name: one["version"] for name, one in told(release, "schemas.json").items()}
    found = bodies(release)
    assert {body.kind for body in found} == set(versions)
    for body, then in zip(found, read_then, strict=True):
        content = body.read()
        if entry_kinds()[body.kind].version == body.version:
            assert says(plain(content), then), body.kind


def test_no_kind_reads_less_than_it_did(release: Path) -> None:
    """If this fails: raise the version of the kind, and lift the old one (CONTRIBUTING, changing a kind)."""
    for name, then in told(release, "schemas.json").items():
        kind = entry_kinds()[name]
        if kind.version == then["version"]:
            assert broken_promises(then["fields"], plain(schema_of(kind.content))) == [], name


def test_the_journal_holds_by_its_key(release: Path) -> None:
    segment = unpack((release / "journal.frame").read_bytes())
    before = Place(POST, 1, 0, NO_HASH)
    place = check_segment(segment, before, public_bytes(POST_KEY))
    receipt = msgspec.msgpack.decode((release / "receipt.msgpack").read_bytes(), type=Receipt)
    check_receipt(receipt, public_bytes(HQ_KEY))
    assert receipt.place == place


def test_frames_of_one_stream_are_read(release: Path) -> None:
    raw = msgspec.msgpack.decode((release / "stream.frames").read_bytes(), type=list[bytes])
    reader = FrameReader(MAX_SEGMENT_BYTES)
    entries: list[SealedEntry] = []
    for each in raw:
        entries += reader.read(each)[0]
    whole = unpack((release / "journal.frame").read_bytes())
    assert tuple(entries) == whole.entries[: len(entries)]
    assert len(raw) == 2


def test_a_stick_is_opened(release: Path) -> None:
    file = read((release / "stick.bin").read_bytes())
    file.check([public_bytes(POST_KEY)])
    contents = msgspec.msgpack.decode(file.unseal([HQ_KEY]), type=Contents)
    check_receipt(contents.receipts[0], public_bytes(HQ_KEY))
    entries = [entry for raw in contents.segments for entry in unpack(raw).entries]
    whole = unpack((release / "journal.frame").read_bytes())
    assert tuple(entries) == whole.entries[: len(entries)]
    assert entries


def test_an_edition_says_the_same(release: Path) -> None:
    edition = Edition.decode((release / "edition.bin").read_bytes())
    assert says(plain(edition), told(release, "edition.json"))


def test_messages_and_records_say_the_same(release: Path) -> None:
    raw = msgspec.msgpack.decode((release / "messages.msgpack").read_bytes(), type=list[bytes])
    for each, then in zip(raw, told(release, "messages.json"), strict=True):
        asked = then["type"] in messages.QUESTIONS
        now = messages.decode_question(each) if asked else messages.decode_answer(each)
        assert says(plain(now), then)
    raw = msgspec.msgpack.decode((release / "records.msgpack").read_bytes(), type=list[bytes])
    for number, (each, then) in enumerate(zip(raw, told(release, "records.json"), strict=True)):
        record = records.decode_brought(each) if number < 3 else records.decode_told(each)
        assert record is not None
        assert plain(record)[: len(then)] == then
