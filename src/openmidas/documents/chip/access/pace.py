"""Password authenticated connection establishment (Doc 9303-11, 4.4): ECDH with generic mapping."""

from __future__ import annotations

import hmac
from collections.abc import Callable

from openmidas.documents.chip.access.bac import denied
from openmidas.documents.chip.access.card_access import PaceWay
from openmidas.documents.chip.access.ciphers import PASSWORD, Suite, decrypt_once, derive, suite
from openmidas.documents.chip.access.commands import OK, SHORT_MOST, Command, written_value
from openmidas.documents.chip.access.line import Line
from openmidas.documents.chip.access.messaging import SecureLine
from openmidas.documents.chip.access.passwords import Password
from openmidas.documents.chip.access.points import (
    read_point,
    secret_number,
    times_secret,
    write_point,
)
from openmidas.documents.chip.curves import Curve, add
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.tlv import read_one

_DYNAMIC = 0x7C
_PUBLIC_KEY = 0x7F49
_REFERENCES = {"MRZ": b"\x01", "CAN": b"\x02"}
_NONCES = {"3DES": (16, 24, 32)}
_AES_NONCES = (16, 32)
"""Sizes that a nonce may have: whole blocks."""
Numbers = Callable[[Curve], int]


def open_by_pace(
    line: Line, password: Password, way: PaceWay, *, numbers: Numbers = secret_number
) -> SecureLine:
    """A sealed line to the chip's master file.

    Raises `Unreadable`: ``access_denied`` where the password is not this chip's, ``access_wrong`` where the
    chip does not know it either, or does not keep to the protocol.
    """
    curve = way.curve
    _choose(line, password, way)
    key = derive(way.cipher, password.secret, PASSWORD)
    secret = _step(line, b"", 0x80)
    if len(secret) not in _NONCES.get(way.cipher, _AES_NONCES):
        raise Unreadable("access_wrong")
    nonce = int.from_bytes(decrypt_once(way.cipher, key, secret))

    base = curve.x, curve.y
    number = numbers(curve)
    sent = write_point(curve, times_secret(curve, number, base))
    theirs = read_point(curve, _step(line, written_value(0x81, sent), 0x82))
    shared = times_secret(curve, number, theirs)
    mapped = add(curve, times_secret(curve, nonce, base), shared)

    number = numbers(curve)
    ours = write_point(curve, times_secret(curve, number, mapped))
    answered = _step(line, written_value(0x83, ours), 0x84)
    if answered == ours:
        raise Unreadable("access_wrong")
    agreed = write_point(curve, times_secret(curve, number, read_point(curve, answered)))
    keys = suite(way.cipher, agreed[1 : 1 + curve.size])
    token = written_value(0x85, _token(keys, way, answered))
    seal = _step(line, token, 0x86, last=True)
    if not hmac.compare_digest(seal, _token(keys, way, ours)):
        raise Unreadable("access_wrong")
    return SecureLine(line, keys, 0)


def _choose(line: Line, password: Password, way: PaceWay) -> None:
    """MSE:Set AT: which protocol, which password, and where there are several, which curve."""
    data = written_value(0x80, way.protocol) + written_value(0x83, _REFERENCES[password.kind])
    if way.ambiguous:
        data += written_value(0x84, bytes((way.parameters,)))
    answer = line.send(Command(0, 0x22, 0xC1, 0xA4, data))
    # 63Cx: somebody has tried wrong passwords; the right one is taken all the same.
    if answer.status != OK and answer.status & 0xFFF0 != 0x63C0:
        raise denied(answer.status)


def _step(line: Line, data: bytes, tag: int, *, last: bool = False) -> bytes:
    """One GENERAL AUTHENTICATE; the value of the one part that the answer may have."""
    command = Command(
        0 if last else 0x10, 0x86, 0, 0, written_value(_DYNAMIC, data), expected=SHORT_MOST
    )
    answer = line.send(command)
    if answer.status != OK:
        raise denied(answer.status)
    parts = read_one(answer.data, _DYNAMIC).parts()
    if [part.tag for part in parts] != [tag]:
        raise Unreadable("access_wrong")
    return parts[0].value


def _token(keys: Suite, way: PaceWay, public: bytes) -> bytes:
    """The proof that the other's public key arrived (Doc 9303-11, 4.4.3.4)."""
    data = written_value(0x06, way.protocol) + written_value(0x86, public)
    return keys.token(written_value(_PUBLIC_KEY, data))
