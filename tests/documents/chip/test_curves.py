"""Signatures on curves that `cryptography` lacks: the same steps give what it gives on one that it has."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.documents.chip.curve_table import BY_OID
from openmidas.documents.chip.curves import is_on, verifies

P256 = BY_OID["1.2.840.10045.3.1.7"]
BRAINPOOL_P224R1 = BY_OID["1.3.36.3.3.2.8.1.1.5"]


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 2**250), st.binary(max_size=60), st.integers(0, 255), st.booleans())
def test_it_holds_where_cryptography_signed_and_nowhere_else(
    secret: int, message: bytes, bit: int, in_r: bool
) -> None:
    key = ec.derive_private_key(secret, ec.SECP256R1())
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    numbers = key.public_key().public_numbers()
    point, digest = (numbers.x, numbers.y), hashlib.sha256(message).digest()
    assert verifies(P256, point, r, s, digest)
    assert not verifies(P256, point, r, s, hashlib.sha256(message + b"x").digest())
    r, s = (r ^ 1 << bit, s) if in_r else (r, s ^ 1 << bit)
    assert not verifies(P256, point, r, s, digest)


@pytest.mark.parametrize("oid", BY_OID)
def test_the_base_point_lies_on_its_curve(oid: str) -> None:
    curve = BY_OID[oid]
    assert is_on(curve, curve.x, curve.y)
    assert not is_on(curve, curve.x, curve.y ^ 1)


@pytest.mark.parametrize(("r", "s"), [(0, 0), (0, 1), (1, 0), (2**224 - 1, 2**224 - 1)])
def test_what_is_no_signature_holds_nowhere(r: int, s: int) -> None:
    curve = BRAINPOOL_P224R1
    assert not verifies(curve, (curve.x, curve.y), r, s, hashlib.sha224().digest())
