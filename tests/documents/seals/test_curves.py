"""Signatures on the curve that `cryptography` lacks: the same steps give what it gives on one that it has."""

from __future__ import annotations

import contextlib

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.documents.seals.curves import BRAINPOOL_P224R1, Curve, read_point, signature_holds
from openmidas.documents.seals.der import curve_and_point
from tests.documents.seals.made import vector_trust

P256 = Curve(
    bits=256,
    p=2**256 - 2**224 + 2**192 + 2**96 - 1,
    a=-3,
    b=0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    base=(
        0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    ),
    order=0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 2**250), st.binary(max_size=60), st.integers(0, 511))
def test_it_holds_where_cryptography_signed_and_nowhere_else(
    secret: int, message: bytes, bit: int
) -> None:
    key = ec.derive_private_key(secret, ec.SECP256R1())
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    numbers = key.public_key().public_numbers()
    point = (numbers.x, numbers.y)
    signature = bytearray(r.to_bytes(32) + s.to_bytes(32))
    assert signature_holds(P256, point, message, bytes(signature), "sha256")
    assert not signature_holds(P256, point, message + b"x", bytes(signature), "sha256")
    signature[bit // 8] ^= 1 << bit % 8
    assert not signature_holds(P256, point, message, bytes(signature), "sha256")


@pytest.mark.parametrize("curve", [P256, BRAINPOOL_P224R1])
def test_the_base_point_lies_on_its_curve(curve: Curve) -> None:
    size = curve.bits // 8
    x, y = curve.base
    told = b"\4" + x.to_bytes(size) + y.to_bytes(size)
    assert read_point(curve, told) == curve.base
    for wrong in (told[:-1], b"\2" + told[1:], told[:-1] + bytes([told[-1] ^ 1]), b"\4" * 57):
        with pytest.raises(ValueError, match=r"point|curve"):
            read_point(curve, wrong)


@pytest.mark.parametrize("signature", [b"", bytes(56), b"\xff" * 56, bytes(28) + b"\1" * 28])
def test_what_is_no_signature_holds_nowhere(signature: bytes) -> None:
    assert not signature_holds(BRAINPOOL_P224R1, BRAINPOOL_P224R1.base, b"", signature, "sha224")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_spoilt_certificate_ends_in_one_error(data: st.DataObject) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding

    whole = bytearray(vector_trust().signers[0].public_bytes(Encoding.DER))
    assert curve_and_point(bytes(whole))[0] == "1.3.36.3.3.2.8.1.1.5"
    for _each in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(ValueError):
        curve_and_point(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
