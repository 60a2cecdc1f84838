"""The page on the format, held against a receipt by a reader that knows only the page."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from openmidas.documents.receipts import Outcome, verify
from tests.documents.receipts.made import NODE, RECEIPT, VECTOR

PAGE = Path(__file__).resolve().parents[3] / "docs" / "format.md"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.fixture(scope="module")
def example() -> dict[str, str]:
    block = PAGE.read_text(encoding="utf-8").partition("<!-- receipt -->")[2].split("```")[1]
    lines = [line.rpartition(" ") for line in block.strip().splitlines()]
    return {name.strip(): value for name, _, value in lines}


def test_the_example_is_the_one_that_the_program_makes(example: dict[str, str]) -> None:
    assert (example["code"], example["number"]) == (VECTOR, RECEIPT.number)
    key = bytes.fromhex(example["state key"])
    assert verify(example["code"], [key]).outcome is Outcome.VALID


def test_a_reader_that_knows_only_the_page_reads_it(example: dict[str, str]) -> None:
    text = example["code"].removeprefix("MIDAS1:")
    raw = base64.b32decode(text + "=" * (-len(text) % 8))
    assert hashlib.sha512(raw[:-4]).digest()[:4] == raw[-4:]
    state = bytes.fromhex(example["state key"])
    assert (raw[0], raw[1:5], raw[5:8]) == (1, state[:4], b"MLI")
    post = raw[12:44]
    assert post.hex() == example["post key"]
    end = 47 + raw[46]
    assert raw[47:end].decode() == "Kourémalé"
    signed = b"openmidas receipt certificate 1\0" + raw[:end]
    Ed25519PublicKey.from_public_bytes(state).verify(raw[end : end + 64], signed)
    receipt = raw[end + 64 : -68]
    signed = b"openmidas crossing receipt 1\0" + receipt
    Ed25519PublicKey.from_public_bytes(post).verify(raw[-68:-4], signed)
    number = receipt[10 : 10 + receipt[8]].decode()
    assert number == example["number"].replace("-", "")
    assert number[:4] == raw[8:12].decode()


def test_the_number_is_made_as_the_page_says(example: dict[str, str]) -> None:
    letters = example["number"].replace("-", "")
    mark = int.from_bytes(hashlib.sha256(b"openmidas mark 1\0" + NODE.bytes).digest()[:4]) % 32**4
    assert letters[:4] == "".join(CROCKFORD[mark >> shift & 31] for shift in (15, 10, 5, 0))
    assert (letters[4], int(letters[5:-1].translate(str.maketrans("CS", "cp")), 32)) == ("1", 12345)
    total, power = 0, 2
    for letter in reversed(letters[:-1]):
        product = 0
        for bit in range(5):
            product ^= (power << bit) * (CROCKFORD.index(letter) >> bit & 1)
        for bit in range(8, 4, -1):
            product ^= (0b100101 << (bit - 5)) * (product >> bit & 1)
        total ^= product
        power <<= 1
        power ^= 0b100101 * (power >> 5)
    assert CROCKFORD[total] == letters[-1]
