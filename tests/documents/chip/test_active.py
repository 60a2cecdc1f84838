"""Active authentication as a calculation: what the key in DG15 signed, and nothing else."""

from __future__ import annotations

import random

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from openmidas.documents.chip import check_active
from tests.documents.chip.virtual_proofs import (
    ENDS,
    active_info,
    group_14,
    group_15,
    message_for,
    power,
    signed,
)

CHALLENGE = bytes.fromhex("F173589974BF40C6")
KEY = rsa.generate_private_key(65537, 1024)  # noqa: S505  what chips have
DG15 = group_15(KEY)
ON_CURVE = ec.generate_private_key(ec.BrainpoolP256R1())
EXAMPLE = bytes.fromhex(
    "6A9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC1991B543F1696546C5524CF23A5303CD6C"
    "98599F40B79F377B5F3A1406B3B4D8F96784D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD"
    "4E7292E2DCDA3024B47DA8C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127BC"
)
"""What is signed in the worked example of active authentication of Doc 9303-11; it has no key."""


def outcome(response: bytes, dg15: bytes = DG15, dg14: bytes | None = None) -> str:
    return check_active(dg15, dg14, CHALLENGE, response).outcome


def test_the_worked_example() -> None:
    assert outcome(power(KEY, EXAMPLE)) == "passed"
    other = check_active(DG15, None, bytes(8), power(KEY, EXAMPLE))
    assert (other.outcome, [one.code for one in other.findings]) == ("failed", ["active_wrong"])


@pytest.mark.parametrize("name", ENDS)
def test_rsa_with_every_hash(name: str) -> None:
    assert outcome(signed(KEY, CHALLENGE, name)) == "passed"
    assert outcome(signed(KEY, bytes(8), name)) == "failed"


@pytest.mark.parametrize("size", [1280, 2048])
def test_rsa_of_other_sizes(size: int) -> None:
    key = rsa.generate_private_key(65537, size)
    assert outcome(signed(key, CHALLENGE, "sha256"), group_15(key)) == "passed"


def test_the_opposite_of_the_number_is_the_same_signature() -> None:
    n = KEY.public_key().public_numbers().n
    opposite = n - int.from_bytes(signed(KEY, CHALLENGE))
    assert outcome(opposite.to_bytes(128)) == "passed"


def test_a_short_message_is_filled_up() -> None:
    for given in (b"", b"short"):
        message = message_for(128, CHALLENGE, given=given)
        assert outcome(power(KEY, message)) == "passed"
        spoilt = message.replace(b"\xbb\xba", b"\xbb\xbc", 1)
        assert outcome(power(KEY, spoilt)) == "failed"


@pytest.mark.parametrize(
    "message",
    [
        b"\x4a" + EXAMPLE[1:],
        b"\x6b" + EXAMPLE[1:],
        b"\x6a" + EXAMPLE[1:-1] + b"\xcc",
        EXAMPLE[:-2] + b"\x33\xcc",
        b"\x6b" + b"\xbb" * 126 + b"\xbc",
        b"\x6b" + b"\xbb" * 125 + b"\xba\xbc",
        bytes(127) + b"\xbc",
    ],
)
def test_what_is_not_in_the_form_of_the_standard(message: bytes) -> None:
    assert outcome(power(KEY, message)) == "failed"


@pytest.mark.parametrize("response", [b"", b"\0", bytes(128), b"\xff" * 128, bytes(129)])
def test_what_is_no_signature(response: bytes) -> None:
    assert outcome(response) == "failed"
    named = group_14(active_info("sha256"))
    assert outcome(response, group_15(ON_CURVE), named) == "failed"


def test_no_flipped_bit_passes() -> None:
    chance = random.Random(9303)  # noqa: S311  the same bits each time
    right = signed(KEY, CHALLENGE, "sha256")
    for _each in range(200):
        spoilt = bytearray(right)
        spoilt[chance.randrange(128)] ^= 1 << chance.randrange(8)
        assert outcome(bytes(spoilt)) == "failed"


@pytest.mark.parametrize("name", ["sha224", "sha256", "sha384", "sha512"])
@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.BrainpoolP384R1(), ec.SECP521R1()])
def test_ec_with_the_hash_that_dg14_names(curve: ec.EllipticCurve, name: str) -> None:
    key = ec.generate_private_key(curve)
    named = group_14(active_info(name))
    assert outcome(signed(key, CHALLENGE, name), group_15(key), named) == "passed"
    assert outcome(signed(key, bytes(8), name), group_15(key), named) == "failed"
    assert outcome(signed(ON_CURVE, CHALLENGE, name), group_15(key), named) == "failed"


@pytest.mark.parametrize("dg14", [None, group_14(), group_14(active_info("sha384"))[:-1]])
def test_without_the_name_of_the_hash_nobody_can_tell(dg14: bytes | None) -> None:
    assert outcome(signed(ON_CURVE, CHALLENGE, "sha256"), group_15(ON_CURVE), dg14) == "unknown"


def test_a_key_that_cannot_be_read_says_nothing() -> None:
    assert outcome(bytes(128), b"\x6f\0") == "unknown"
    assert outcome(bytes(128), DG15[:-1]) == "unknown"
