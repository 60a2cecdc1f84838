"""A chip that is not there: the other side of BAC, of secure messaging and of active authentication
(Doc 9303-11, 4.3, 9.8 and 6.1).

For practising without a document. What reads chips is proven against another one, in the tests, that shares
nothing with it.
"""

from __future__ import annotations

import hmac
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from openmidas.documents.chip.access.ciphers import (
    AUTHENTICATION,
    ENCRYPTION,
    CipherName,
    Suite,
    TripleDesSuite,
    derive,
    pad,
    suite,
    unpad,
)
from openmidas.documents.chip.access.commands import Command, written_value
from openmidas.documents.chip.access.passwords import Password
from openmidas.documents.chip.tlv import read_all

_OK, _ABSENT, _DENIED, _WRONG, _UNKNOWN, _NO_SEAL = (
    bytes.fromhex(status) for status in ("9000", "6A82", "6982", "6300", "6D00", "6988")
)
_APPLICATION = bytes.fromhex("A0000002471001")
_NONCE, _KEY, _SECRET = 8, 16, 32
_SELECT, _CHALLENGE, _AUTHENTICATE, _READ, _READ_FAR = 0xA4, 0x84, 0x82, 0xB0, 0xB1
_PROVE = 0x88
_HALF = 32
"""Bytes of each half of a signature on a curve of 256 bits."""
_SECURE = 0x0C
_BAC: CipherName = "3DES"


class SpecimenChip:
    """A chip with these files, by their numbers, that opens for this password of a zone. Call it.

    ``key``: what DG15 has the public half of, on a curve of 256 bits; None makes a copy.
    """

    def __init__(
        self,
        files: dict[int, bytes],
        password: Password,
        key: ec.EllipticCurvePrivateKey | None = None,
    ) -> None:
        self._files = files
        self._key = key
        seed = password.secret[:_KEY]
        self._keys = TripleDesSuite(
            derive(_BAC, seed, ENCRYPTION), derive(_BAC, seed, AUTHENTICATION)
        )
        self._challenge = b""
        self._session: Suite | None = None
        self._counter = 0
        self._selected = b""

    def __call__(self, command: bytes, /) -> bytes:
        """The answer to a command."""
        asked = _taken_apart(command)
        if asked.cla & _SECURE:
            return self._sealed(asked)
        self._session = None
        if asked.ins == _SELECT and asked.p1 == 4:
            return _OK if asked.data == _APPLICATION else _ABSENT
        if asked.ins == _SELECT:
            return _DENIED
        if asked.ins == _CHALLENGE:
            self._challenge = secrets.token_bytes(_NONCE)
            return self._challenge + _OK
        return self._authenticated(asked.data) if asked.ins == _AUTHENTICATE else _UNKNOWN

    def close(self) -> None:
        """The chip is let go: it forgets who talked with it."""
        self._session, self._challenge = None, b""

    def _authenticated(self, sent: bytes) -> bytes:
        secret, seal = sent[:_SECRET], sent[_SECRET:]
        challenge, self._challenge = self._challenge, b""
        if not challenge or not hmac.compare_digest(seal, self._keys.mac(pad(secret, 8))):
            return _WRONG
        opened = self._keys.decrypt(secret, bytes(8))
        theirs, mine, part = opened[:_NONCE], opened[_NONCE : 2 * _NONCE], opened[2 * _NONCE :]
        if mine != challenge:
            return _WRONG
        own = secrets.token_bytes(_KEY)
        answer = self._keys.encrypt(challenge + theirs + own, bytes(8))
        shared = bytes(one ^ other for one, other in zip(part, own, strict=True))
        self._session = suite(_BAC, shared)
        self._counter = int.from_bytes(challenge[4:] + theirs[4:])
        return answer + self._keys.mac(pad(answer, 8)) + _OK

    def _sealed(self, asked: Command) -> bytes:
        """A sealed command and its answer. One that is not rightly sealed ends the session."""
        keys = self._session
        if keys is None:
            return _NO_SEAL
        parts = {part.tag: part for part in read_all(asked.data)}
        body = b"".join(part.raw for tag, part in parts.items() if tag != 0x8E)
        head = self._next() + pad(asked.header, 8)
        right = keys.mac(head + (pad(body, 8) if body else b""))
        if 0x8E not in parts or not hmac.compare_digest(parts[0x8E].value, right):
            self._session = None
            return _NO_SEAL
        odd = bool(asked.ins & 1)
        secret = parts[0x85].value if 0x85 in parts else b""
        if 0x87 in parts:
            secret = parts[0x87].value[1:]
        data = (unpad(keys.decrypt(secret, bytes(8))) or b"") if secret else b""
        expected = int.from_bytes(parts[0x97].value) or 256 if 0x97 in parts else 0
        found, status = self._done(Command(0, asked.ins, asked.p1, asked.p2, data, expected))
        counter = self._next()
        written = b""
        if found:
            hidden = keys.encrypt(pad(found, 8), bytes(8))
            written = written_value(0x85, hidden) if odd else written_value(0x87, b"\1" + hidden)
        written += written_value(0x99, status)
        return written + written_value(0x8E, keys.mac(counter + pad(written, 8))) + status

    def _next(self) -> bytes:
        self._counter = (self._counter + 1) % (1 << 64)
        return self._counter.to_bytes(8)

    def _done(self, asked: Command) -> tuple[bytes, bytes]:
        """SELECT, READ BINARY and INTERNAL AUTHENTICATE, once opened."""
        if asked.ins == _SELECT:
            self._selected = self._files.get(int.from_bytes(asked.data), b"")
            return b"", _OK if self._selected else _ABSENT
        if asked.ins == _READ:
            place = asked.p1 << 8 | asked.p2
            return self._selected[place : place + asked.expected], _OK
        if asked.ins == _READ_FAR:
            place = int.from_bytes(asked.data[2:])
            return written_value(0x53, self._selected[place : place + asked.expected - 4]), _OK
        if asked.ins == _PROVE and self._key is not None:
            r, s = decode_dss_signature(self._key.sign(asked.data, ec.ECDSA(hashes.SHA256())))
            return r.to_bytes(_HALF) + s.to_bytes(_HALF), _OK
        return b"", _UNKNOWN


def _taken_apart(raw: bytes) -> Command:
    """A short command (ISO/IEC 7816-4, 5.1)."""
    cla, ins, p1, p2, *rest = raw
    body = bytes(rest)
    if len(body) <= 1:
        return Command(cla, ins, p1, p2, b"", (body[0] or 256) if body else 0)
    size = body[0]
    return Command(cla, ins, p1, p2, body[1 : 1 + size], 256 if len(body) > 1 + size else 0)
