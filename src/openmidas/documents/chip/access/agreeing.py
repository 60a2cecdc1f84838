"""Chip authentication (Doc 9303-11, 6.2): new keys for the line, agreed with the chip's own key from DG14.

Only who has the private key can seal an answer under them; that is the proof.
"""

from __future__ import annotations

import secrets

from openmidas.documents.chip.access.chip_ways import ChipWay, DhKey
from openmidas.documents.chip.access.ciphers import suite
from openmidas.documents.chip.access.commands import OK, SHORT_MOST, Command, written_value
from openmidas.documents.chip.access.line import refused
from openmidas.documents.chip.access.messaging import SecureLine
from openmidas.documents.chip.access.points import secret_number, times_secret, write_point
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.keys import EcKey

_DYNAMIC, _PROTOCOL, _KEY_ID, _PUBLIC = 0x7C, 0x80, 0x84, 0x91
_DH_BITS = 512
"""Of our number where the order of the generator is not said: twice what any of the ciphers needs."""
_FOR_AGREEMENT, _FOR_AUTHENTICATION = 0xA6, 0xA4


def agree(line: SecureLine, way: ChipWay) -> SecureLine:
    """The same line under new keys. Nothing is proven until an answer has come over it.

    Raises `Unreadable`: ``chip_refused``, what the line raises, ``access_wrong`` for a key that is none.
    """
    public, secret = _ec(way.key) if isinstance(way.key, EcKey) else _dh(way.key)
    which = b"" if way.key_id is None else written_value(_KEY_ID, _unsigned(way.key_id))
    if way.cipher == "3DES":
        # The older commands: MSE:Set KAT carries the key itself.
        _done(line, Command(0, 0x22, 0x41, _FOR_AGREEMENT, written_value(_PUBLIC, public) + which))
    else:
        chosen = written_value(_PROTOCOL, way.protocol) + which
        _done(line, Command(0, 0x22, 0x41, _FOR_AUTHENTICATION, chosen))
        data = written_value(_DYNAMIC, written_value(_PROTOCOL, public))
        _done(line, Command(0, 0x86, 0, 0, data, expected=SHORT_MOST))
    return line.renewed(suite(way.cipher, secret))


def _done(line: SecureLine, command: Command) -> None:
    answer = line.send(command)
    if answer.status != OK:
        raise refused(answer.status)


def _ec(key: EcKey) -> tuple[bytes, bytes]:
    """Our public key for one time, and the secret that it shares with the chip's: an x."""
    curve = key.curve
    number = secret_number(curve)
    public = write_point(curve, times_secret(curve, number, (curve.x, curve.y)))
    shared = write_point(curve, times_secret(curve, number, (key.x, key.y)))
    return public, shared[1 : 1 + curve.size]


def _dh(key: DhKey) -> tuple[bytes, bytes]:
    """The same with numbers. As with points (`points`), ours serves for one chip only."""
    number = 2 + secrets.randbelow((key.q or 1 << _DH_BITS) - 2)
    public, shared = pow(key.g, number, key.p), pow(key.y, number, key.p)
    if shared in (1, key.p - 1):
        raise Unreadable("access_wrong")
    return _unsigned(public), shared.to_bytes(key.size)


def _unsigned(value: int) -> bytes:
    """No zeros before it (Doc 9303-11, 9.4.1)."""
    return value.to_bytes((value.bit_length() + 7) // 8 or 1)
