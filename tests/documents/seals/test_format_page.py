"""The page on the format, held against a stamp by a reader that knows only the page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from openmidas.documents.seals import PROFILES, STAMP, contents_of, read_stamp, read_vds
from tests.documents.receipts.made import RECEIPT
from tests.documents.seals.made import STAMP_FIELDS, seal

PAGE = Path(__file__).resolve().parents[3] / "docs" / "format.md"


@pytest.fixture(scope="module")
def example() -> dict[str, bytes]:
    block = PAGE.read_text(encoding="utf-8").partition("<!-- stamp -->")[2].split("```")[1]
    lines = [line.split() for line in block.strip().splitlines()]
    return {name: bytes.fromhex(value) for name, value in lines}


def test_the_example_is_the_one_that_the_program_makes(example: dict[str, bytes]) -> None:
    made, shown = read_vds(seal("entry_stamp")), read_vds(example["stamp"])
    assert (made.header, made.message) == (shown.header, shown.message)
    assert read_stamp(shown) == RECEIPT
    assert {one.name: one.text for one in contents_of(shown).fields} == STAMP_FIELDS


def test_a_reader_that_knows_only_the_page_reads_it(example: dict[str, bytes]) -> None:
    stamp = example["stamp"]
    assert stamp[:2] == b"\xdc\x03"
    assert stamp[16:18] == b"\x4d\x10"
    features, at = {}, 18
    while at < len(stamp):
        tag, length = stamp[at], stamp[at + 1]
        features[tag] = stamp[at + 2 : at + 2 + length]
        at += 2 + length
    assert list(features) == [1, 2, 3, 4, 5, 6, 0xFF]
    signature = features[0xFF]
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), example["key"])
    key.verify(encode_dss_signature(r, s), stamp[:-66], ec.ECDSA(hashes.SHA256()))
    at_utc = datetime.fromtimestamp(int.from_bytes(features[2][:4]), UTC)
    assert (at_utc, features[2][4], features[3]) == (
        datetime(2026, 11, 25, 13, 5, 9, tzinfo=UTC),
        4,
        b"\0",
    )
    until = f"{int.from_bytes(features[4]):08d}"
    assert date(int(until[4:]), int(until[:2]), int(until[2:4])) == date(2027, 2, 22)
    assert features[6].decode() == "Kourémalé"


def test_the_page_for_integrators_names_the_kinds_that_there_are() -> None:
    for name in ("reading.en.md", "lecture.fr.md"):
        page = (PAGE.parent / "integrators" / name).read_text(encoding="utf-8")
        named = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
        assert named == {one.name for one in PROFILES}
        assert STAMP.name in named
