"""Active authentication (Doc 9303-11, 6.1): the chip signs a challenge with a key that no copy has.

RSA signs by scheme 1 of ISO/IEC 9796-2, which gives a part of the message back; ECDSA gives r and s, plain.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from openmidas.documents.chip.algorithms import Digest, Scheme, digest, ecdsa_digest
from openmidas.documents.chip.asn1 import SET, members, number, oid
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.groups import ACTIVE_AUTHENTICATION, DG14, read_chip_key
from openmidas.documents.chip.keys import EcKey, RsaKey, read_key, verify
from openmidas.documents.chip.steps import Step, StepOutcome
from openmidas.documents.chip.tlv import read_one

ACTIVE_PARAGRAPH = "Doc 9303-11, 6.1"
CHALLENGE = 8
"""Bytes that a chip is asked to sign."""
_PARTIAL, _PADDED, _PADDING, _BORDER = 0x6A, 0x6B, 0xBB, 0xBA
"""How what was signed begins: a part of the message is within, and where it is short it is filled up."""
_IMPLICIT, _EXPLICIT = 0xBC, 0xCC
"""How it ends: SHA-1, or the byte before names another hash."""
_HASHES: Mapping[int, Digest] = {
    0x34: "sha256",
    0x35: "sha512",
    0x36: "sha384",
    0x38: "sha224",
}
_VERSION = 1


def check_active(dg15: bytes, dg14: bytes | None, challenge: bytes, response: bytes) -> Step:
    """Whether the key in DG15 signed a challenge. Never raises.

    `dg14`: names the hash of an EC key, without which its answer cannot be checked. *passed*: the key
    answered; whether it is the State's is for passive authentication to say. *failed*: it did not.
    *unknown*: nobody can tell here.
    """
    try:
        key = read_key(read_chip_key(dg15).info)
        if isinstance(key, RsaKey):
            right = _rsa_signed(key, challenge, response)
        else:
            right = _ec_signed(key, _hash_for_ec(dg14), challenge, response)
    except Unreadable as error:
        return _step("unknown", error.finding("DG15", ACTIVE_PARAGRAPH))
    if right:
        return _step("passed")
    return _step("failed", ChipFinding("active_wrong", "active", ACTIVE_PARAGRAPH))


def _rsa_signed(key: RsaKey, challenge: bytes, response: bytes) -> bool:
    """Whether an RSA key signed by scheme 1, the challenge being the part that is not given back."""
    if key.modulus.bit_length() % 8:
        raise Unreadable("key_not_allowed", reason=key.text)
    size = key.modulus.bit_length() // 8
    signature = int.from_bytes(response)
    if len(response) != size or signature >= key.modulus:
        return False
    opened = pow(signature, key.exponent, key.modulus)
    if opened & 0xF != _EXPLICIT & 0xF:  # the smaller of a number and its opposite may be sent
        opened = key.modulus - opened
    found = _recovered(opened.to_bytes(size))
    if found is None:
        return False
    name, given_back, hashed = found
    return hmac.compare_digest(digest(name, given_back + challenge), hashed)


def _recovered(whole: bytes) -> tuple[Digest, bytes, bytes] | None:
    """The hash's name, the part of the message that was given back, and the hash; None for anything else."""
    if whole[-1] == _IMPLICIT:
        name: Digest | None = "sha1"
        end = len(whole) - 1
    else:
        name = _HASHES.get(whole[-2]) if whole[-1] == _EXPLICIT else None
        end = len(whole) - 2
    start = 1
    if whole[0] == _PADDED:
        while whole[start] == _PADDING:
            start += 1
        padded = whole[start] == _BORDER
        start += 1
    else:
        padded = whole[0] == _PARTIAL
    if name is None or not padded:
        return None
    middle = end - len(digest(name, b""))
    return (name, whole[start:middle], whole[middle:end]) if start <= middle else None


def _ec_signed(key: EcKey, name: Digest, challenge: bytes, response: bytes) -> bool:
    size = key.curve.size
    if len(response) != 2 * size:
        return False
    r, s = int.from_bytes(response[:size]), int.from_bytes(response[size:])
    return verify(key, Scheme("ecdsa", name), encode_dss_signature(r, s), challenge)


def _hash_for_ec(dg14: bytes | None) -> Digest:
    """The hash that ActiveAuthenticationInfo names. Raises `Unreadable`: ``active_hash_unsaid``."""
    parts = read_one(dg14, DG14).parts() if dg14 else ()
    for info in members(parts[0], 0, SET) if parts else ():
        kind, *rest = members(info, 1)
        if oid(kind) == ACTIVE_AUTHENTICATION and len(rest) > 1 and number(rest[0]) == _VERSION:
            return ecdsa_digest(oid(rest[1]))
    raise Unreadable("active_hash_unsaid")


def _step(outcome: StepOutcome, *findings: ChipFinding) -> Step:
    return Step("active", outcome, ACTIVE_PARAGRAPH, findings)
