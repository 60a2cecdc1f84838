"""The code on a receipt: what it says, signed by the post, whose key the State has certified.

Two Ed25519 signatures: the headquarters' of the post's name and key (the certificate, made once), and
the post's of the receipt. So one public key of the State checks them all. Not one byte of it is
secret, and it names nobody. Text: a label and base 32, which QR codes hold as capital letters.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from openmidas.documents.receipts.number import MARK_LETTERS, read_number

LABEL = "MIDAS1:"
CERTIFICATE = b"openmidas receipt certificate 1\0"
RECEIPT = b"openmidas crossing receipt 1\0"
MOST_NAME = 60
MOST_DIGITS = 4
LONGEST = 1000
"""A text that is longer is no code."""
_FORMAT = 1
_SIGNATURE = 64
_SUM = 4
_EXIT, _NO_LIMIT = 1, 2
_FIRST_DAY = date(2020, 1, 1)
_CERTIFICATE = struct.Struct(">B4s3s4s32sHB")
_RECEIPT = struct.Struct(">IbBHBB")


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """What the State says of a post. ``key``: the post's (32 bytes); ``signer``: the first four bytes
    of the State's key; ``since``: the day on which it was made."""

    signer: bytes
    state: str
    mark: str
    key: bytes
    since: date
    name: str


class CrossingReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a post says of a crossing. ``at``: with the post's offset from UTC, to the second;
    ``stay_until`` None: not stated, or (``no_limit``) without a limit; ``digits``: the last of the
    document's number, empty where there is none."""

    number: str
    at: datetime
    exit: bool
    stay_until: date | None = None
    no_limit: bool = False
    digits: str = ""


class Outcome(StrEnum):
    """What became of a check. ``unknown``: signed for a State whose key is not at hand, which says
    nothing against it; ``revoked``: made after the State had ceased to trust the post's key;
    ``unreadable``: no such code at all."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    UNREADABLE = "unreadable"


class Verdict(msgspec.Struct, frozen=True):
    """What a code is worth, and what it says where it is valid. ``revoked``: since when its post was
    trusted no more, where that is what is wrong with it."""

    outcome: Outcome
    certificate: Certificate | None = None
    receipt: CrossingReceipt | None = None
    revoked: datetime | None = None


def certify(
    key: Ed25519PrivateKey, *, state: str, mark: str, name: str, public_key: bytes, since: date
) -> bytes:
    """The certificate of a post, signed with the State's key. A long name is cut."""
    told = _cut(name)
    signer = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    body = _CERTIFICATE.pack(
        _FORMAT,
        signer[:4],
        state.encode("ascii").ljust(3),
        mark.encode("ascii"),
        public_key,
        (since - _FIRST_DAY).days,
        len(told),
    )
    return body + told + key.sign(CERTIFICATE + body + told)


def receipt_code(key: Ed25519PrivateKey, certificate: bytes, receipt: CrossingReceipt) -> str:
    """The text of a receipt's code, signed with the post's key."""
    offset = receipt.at.utcoffset() or timedelta()
    days = (receipt.stay_until - _FIRST_DAY).days if receipt.stay_until else 0
    number = receipt.number.replace("-", "").encode("ascii")
    digits = receipt.digits[-MOST_DIGITS:].encode("ascii", "replace")
    body = _RECEIPT.pack(
        round(receipt.at.timestamp()),
        offset // timedelta(minutes=15),
        _EXIT * receipt.exit | _NO_LIMIT * receipt.no_limit,
        min(max(days, 0), 0xFFFF),
        len(number),
        len(digits),
    )
    body += number + digits
    whole = certificate + body + key.sign(RECEIPT + body)
    checked = whole + hashlib.sha512(whole).digest()[:_SUM]
    return LABEL + base64.b32encode(checked).decode().rstrip("=")


def verify(
    text: str, state_keys: Iterable[bytes], revoked: Mapping[bytes, datetime] | None = None
) -> Verdict:
    """Check a code by the public keys of a State (32 bytes each).

    ``revoked``: keys of posts, and since when the State trusts each no more. What such a post signed
    before, by the receipt's own time, stays valid.
    """
    raw = _bytes_of(text)
    if raw is None:
        return Verdict(Outcome.UNREADABLE)
    whole = raw[:-_SUM]
    # Before anything is believed: a letter that was misread must not pass for another State's key.
    if hashlib.sha512(whole).digest()[:_SUM] != raw[-_SUM:]:
        return Verdict(Outcome.INVALID)
    try:
        certificate, size = _read_certificate(whole)
        receipt = _read_receipt(whole[size:], certificate.mark)
    except (ValueError, OverflowError, struct.error):
        return Verdict(Outcome.INVALID)
    signers = [key for key in state_keys if key[:4] == certificate.signer]
    if not signers:
        return Verdict(Outcome.UNKNOWN)
    signed = whole[size - _SIGNATURE : size]
    certified = CERTIFICATE + whole[: size - _SIGNATURE]
    said = RECEIPT + whole[size:-_SIGNATURE]
    if not any(_fits(key, signed, certified) for key in signers):
        return Verdict(Outcome.INVALID)
    if not _fits(certificate.key, whole[-_SIGNATURE:], said):
        return Verdict(Outcome.INVALID)
    since = (revoked or {}).get(certificate.key)
    if since is not None and receipt.at > since:
        return Verdict(Outcome.REVOKED, revoked=since)
    return Verdict(Outcome.VALID, certificate, receipt)


def read_certificate(raw: bytes) -> Certificate:
    """What a certificate says, whoever signed it. Raises `ValueError`."""
    try:
        certificate, size = _read_certificate(raw)
    except struct.error as error:
        raise ValueError("too short") from error
    if size != len(raw):
        raise ValueError("more than a certificate")
    return certificate


def _read_certificate(raw: bytes) -> tuple[Certificate, int]:
    version, signer, state, mark, key, since, length = _CERTIFICATE.unpack_from(raw)
    named = _CERTIFICATE.size + length
    if version != _FORMAT or len(raw) < named + _SIGNATURE:
        raise ValueError("another format")
    certificate = Certificate(
        signer=signer,
        state=state.decode("ascii").rstrip(),
        mark=mark.decode("ascii"),
        key=key,
        since=_FIRST_DAY + timedelta(days=since),
        name=raw[_CERTIFICATE.size : named].decode(),
    )
    return certificate, named + _SIGNATURE


def _read_receipt(raw: bytes, mark: str) -> CrossingReceipt:
    at, quarters, flags, days, numbered, with_digits = _RECEIPT.unpack_from(raw)
    end = _RECEIPT.size + numbered + with_digits
    if len(raw) != end + _SIGNATURE:
        raise ValueError("another length")
    letters = raw[_RECEIPT.size : end].decode("ascii")
    number = letters[:numbered]
    if not number.startswith(mark) or read_number(number) is None:
        raise ValueError("another post's number")
    return CrossingReceipt(
        number="-".join((number[:MARK_LETTERS], number[MARK_LETTERS:-1], number[-1])),
        at=datetime.fromtimestamp(at, UTC).astimezone(timezone(quarters * timedelta(minutes=15))),
        exit=bool(flags & _EXIT),
        stay_until=_FIRST_DAY + timedelta(days=days) if days else None,
        no_limit=bool(flags & _NO_LIMIT),
        digits=letters[numbered:],
    )


def _bytes_of(text: str) -> bytes | None:
    """The bytes of a code as it was scanned or pasted, spaces and line ends forgiven."""
    if len(text) > LONGEST:
        return None
    found = re.fullmatch(f"{LABEL}([A-Z2-7]+)", re.sub(r"\s+", "", text).upper())
    if found is None:
        return None
    try:
        raw = base64.b32decode(found[1] + "=" * (-len(found[1]) % 8))
    except binascii.Error:
        return None
    return raw if len(raw) > _SUM else None


def _cut(name: str) -> bytes:
    return name.encode()[:MOST_NAME].decode(errors="ignore").encode()


def _fits(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
