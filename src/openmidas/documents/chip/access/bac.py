"""Basic access control (Doc 9303-11, 4.3): who has seen the printed zone may talk with the chip."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable

from openmidas.documents.chip.access.ciphers import (
    AUTHENTICATION,
    ENCRYPTION,
    CipherName,
    TripleDesSuite,
    derive,
    pad,
    suite,
)
from openmidas.documents.chip.access.commands import OK, Command
from openmidas.documents.chip.access.line import Line, refused
from openmidas.documents.chip.access.messaging import SecureLine
from openmidas.documents.chip.access.passwords import Password
from openmidas.documents.chip.findings import Unreadable

_CIPHER: CipherName = "3DES"
_NONCE, _KEY, _SECRET, _SEAL = 8, 16, 32, 8
_START = bytes(8)
Random = Callable[[int], bytes]
"""So many bytes of chance."""


def open_by_bac(
    line: Line, password: Password, *, random: Random = secrets.token_bytes
) -> SecureLine:
    """A sealed line to the chip, whose application has been selected.

    Raises `Unreadable`: ``password_bac`` for a CAN, ``access_denied`` where the zone is not this chip's,
    ``access_wrong`` where the chip does not know it either.
    """
    if password.kind != "MRZ":
        raise Unreadable("password_bac")
    seed = password.secret[:_KEY]
    keys = TripleDesSuite(derive(_CIPHER, seed, ENCRYPTION), derive(_CIPHER, seed, AUTHENTICATION))
    chip_nonce = line.ask(Command(0, 0x84, 0, 0, expected=_NONCE))
    if len(chip_nonce) != _NONCE:
        raise Unreadable("access_wrong")
    nonce, part = random(_NONCE), random(_KEY)
    secret = keys.encrypt(nonce + chip_nonce + part, _START)
    sent = secret + keys.mac(pad(secret, keys.block))
    answer = line.send(Command(0, 0x82, 0, 0, sent, expected=_SECRET + _SEAL))
    if answer.status != OK:
        raise denied(answer.status)
    theirs, seal = answer.data[:_SECRET], answer.data[_SECRET:]
    if len(theirs) != _SECRET or not hmac.compare_digest(seal, keys.mac(pad(theirs, keys.block))):
        raise Unreadable("access_wrong")
    opened = keys.decrypt(theirs, _START)
    if opened[: 2 * _NONCE] != chip_nonce + nonce:
        raise Unreadable("access_wrong")
    shared = bytes(one ^ other for one, other in zip(part, opened[2 * _NONCE :], strict=True))
    counter = int.from_bytes(chip_nonce[4:] + nonce[4:])
    return SecureLine(line, suite(_CIPHER, shared), counter)


def denied(status: int) -> Unreadable:
    """The error for an answer to a password: a chip that says it is the wrong one, or another refusal."""
    if status & 0xFF00 == 0x6300 or status in (0x6982, 0x6983, 0x6984, 0x6985, 0x6988):
        return Unreadable("access_denied", status=f"{status:04X}")
    return refused(status)
