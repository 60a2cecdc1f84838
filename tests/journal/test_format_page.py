"""The page on the format, held against the program by a reader that knows only the page.

The example is taken apart with SHA-256, Ed25519, Zstandard and MessagePack; nothing of the
journal's own code reads it. The program then reads what the page says, and writes the same.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from openmidas.journal import Head, Place, Receipt, SealedEntry, Segment, merkle
from openmidas.journal.entry import decode_body, encode_body
from openmidas.journal.loghead import LogHead, check_log_head
from openmidas.journal.segments import check_segment, pack, unpack
from openmidas.journal.signing import check_receipt
from openmidas.journal.wire import varint

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "format.md"
DICTIONARY = ROOT / "src" / "openmidas" / "journal" / "dictionaries" / "1.zdict"


@pytest.fixture(scope="module")
def example() -> dict[str, bytes]:
    block = PAGE.read_text(encoding="utf-8").partition("<!-- example -->")[2].split("```")[1]
    lines = [line.rpartition(" ") for line in block.strip().splitlines()]
    values = {name.strip(): value for name, _, value in lines}
    time = int(values.pop("time")).to_bytes(8, "big")
    return {name: bytes.fromhex(value) for name, value in values.items()} | {"time": time}


def place_of(example: dict[str, bytes]) -> bytes:
    header = example["header"]
    return header[1:17] + header[17:21] + header[21:29] + hashlib.sha256(header).digest()


def test_the_header_is_laid_out_as_the_page_says(example: dict[str, bytes]) -> None:
    header = example["header"]
    assert len(header) == 93
    assert header[0] == 1
    assert int.from_bytes(header[17:21], "big") == int.from_bytes(header[21:29], "big") == 1
    assert header[29:61] == bytes(32)
    assert header[61:] == hashlib.sha256(example["salt"] + example["body"]).digest()
    assert example["hash"] == hashlib.sha256(header).digest()


def test_the_signatures_cover_what_the_page_says(example: dict[str, bytes]) -> None:
    place = place_of(example)
    assert len(place) == 60
    post = Ed25519PublicKey.from_public_bytes(example["public key"])
    post.verify(example["head"], b"openmidas head 1\0" + place)
    witness = Ed25519PublicKey.from_public_bytes(example["witness key"])
    message = b"openmidas receipt 1\0" + place + example["witness"] + example["time"]
    witness.verify(example["receipt"], message)


def test_the_body_has_the_keys_of_the_page(example: dict[str, bytes]) -> None:
    body = msgspec.msgpack.decode(example["body"])
    text = PAGE.read_text(encoding="utf-8")
    keys = text.partition("## The salt and the body")[2].partition("\n## ")[0]
    for name in body:
        assert f"| `{name}` |" in keys
    assert body["audience"] == {"scope": "hq", "posts": []}
    assert set(body["actor"]) == {"officer", "role", "lane"}


def test_the_program_reads_and_writes_the_same(example: dict[str, bytes]) -> None:
    assert encode_body(decode_body(example["body"])) == example["body"]
    node = UUID(bytes=example["header"][1:17])
    place = Place(node, 1, 1, example["hash"])
    entry = SealedEntry(example["header"], example["body"], example["salt"])
    segment = Segment((entry,), Head(place, example["head"]))
    before = Place(node, 1, 0, bytes(32))
    assert check_segment(segment, before, example["public key"]) == place
    at = int.from_bytes(example["time"], "big")
    receipt = Receipt(place, UUID(bytes=example["witness"]), at, example["receipt"])
    check_receipt(receipt, example["witness key"])


def test_the_frame_is_laid_out_as_the_page_says(example: dict[str, bytes]) -> None:
    frame, plain = example["frame"], example["plain"]
    assert (frame[0], frame[1:3]) == (1, varint(len(plain)))
    packed, rest = frame[4:][: frame[3]], frame[4 + frame[3] :]
    dictionary = zstandard.ZstdCompressionDict(DICTIONARY.read_bytes())
    unpacking = zstandard.ZstdDecompressor(dict_data=dictionary).decompressobj()
    assert unpacking.decompress(packed) == plain
    before = example["header"][1:17] + example["header"][29:61]
    officer = UUID("01900000-0000-7000-8000-000000000002").bytes[6:]
    assert officer.hex()[-4:] == "0002"
    assert rest == before + 2 * officer + example["salt"] + example["head"]
    assert plain[:4] == b"\x00\x01\x01\x01", "goes on from none, one entry, epoch 1, sequence 1"


def test_the_program_reads_and_writes_the_frame(example: dict[str, bytes]) -> None:
    segment = unpack(example["frame"])
    entry = SealedEntry(example["header"], example["body"], example["salt"])
    assert segment.entries == (entry,)
    assert segment.head.signature == example["head"]
    assert pack(segment) == example["frame"]


@pytest.fixture(scope="module")
def log() -> dict[str, bytes]:
    block = PAGE.read_text(encoding="utf-8").partition("<!-- log -->")[2].split("```")[1]
    lines = [line.rpartition(" ") for line in block.strip().splitlines()]
    return {name.strip(): bytes.fromhex(value) for name, _, value in lines}


def pair(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def test_the_log_is_made_as_the_page_says(example: dict[str, bytes], log: dict[str, bytes]) -> None:
    """With SHA-256 and Ed25519 alone."""
    place = place_of(example)
    assert log["leaf 0"] == place
    places = [place] + [
        place[:20] + number.to_bytes(8, "big") + hashlib.sha256(bytes([number])).digest()
        for number in range(2, 6)
    ]
    zero, one, two, three, four = [hashlib.sha256(b"\0" + leaf).digest() for leaf in places]
    assert log["leaf hash"] == zero
    assert log["root 3"] == pair(pair(zero, one), two)
    assert log["root 5"] == pair(pair(pair(zero, one), pair(two, three)), four)
    assert log["inclusion"] == one + pair(two, three) + four
    assert log["consistency"] == two + three + pair(zero, one) + four
    message = example["witness"] + (1).to_bytes(4, "big") + (5).to_bytes(8, "big")
    message += log["root 5"] + (1795300002000).to_bytes(8, "big")
    witness = Ed25519PublicKey.from_public_bytes(example["witness key"])
    witness.verify(log["log head"], b"openmidas log 1\0" + message)


def test_the_program_follows_the_log_of_the_page(
    example: dict[str, bytes], log: dict[str, bytes]
) -> None:
    hashes = {name: _hashes(log[name]) for name in ("inclusion", "consistency")}
    assert merkle.includes(log["leaf 0"], 0, 5, hashes["inclusion"], log["root 5"])
    assert merkle.continues(3, 5, log["root 3"], log["root 5"], hashes["consistency"])
    hq = UUID(bytes=example["witness"])
    head = LogHead(hq, 1, 5, log["root 5"], 1795300002000, log["log head"])
    check_log_head(head, example["witness key"])


def _hashes(joined: bytes) -> tuple[bytes, ...]:
    return tuple(joined[at : at + 32] for at in range(0, len(joined), 32))
