"""Certificates, as far as checking them needs (RFC 5280; Doc 9303-12, 7)."""

from __future__ import annotations

import hashlib
from collections.abc import Container
from datetime import datetime

import msgspec

from openmidas.documents.chip.algorithms import Scheme, scheme_of
from openmidas.documents.chip.asn1 import (
    BOOLEAN,
    LONGEST_SERIAL,
    OCTET_STRING,
    SEQUENCE,
    Name,
    bits,
    exactly,
    expect,
    flags,
    members,
    moment,
    name,
    number,
    octets,
    oid,
)
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.keys import PublicKey, read_key, verify
from openmidas.documents.chip.tlv import Tlv, read_all, read_one

_VERSION, _EXTENSIONS = 0xA0, 0xA3
_KEY_ID, _AUTHORITY_KEY_ID = "2.5.29.14", "2.5.29.35"
_KEY_USAGE, _BASIC, _EXTENDED_USAGE = "2.5.29.15", "2.5.29.19", "2.5.29.37"
_MOST_EXTENSIONS = 40
DIGITAL_SIGNATURE, SIGNS_CERTIFICATES = 0, 5


class Extensions(msgspec.Struct, frozen=True):
    """What the extensions say. ``authority``: basic constraints; ``purposes``: extended usage."""

    key_id: bytes | None = None
    issuer_key_id: bytes | None = None
    authority: bool = False
    usage: frozenset[int] | None = None
    purposes: tuple[str, ...] = ()


class Certificate(msgspec.Struct, frozen=True):
    """One certificate. What it says is believed only as far as its signature is verified."""

    der: bytes
    signed: bytes
    serial: int
    issuer: Name
    subject: Name
    not_before: datetime
    not_after: datetime
    key_info: bytes
    scheme: Scheme
    signature: bytes
    extensions: Extensions = Extensions()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the whole certificate, in small hexadecimal figures."""
        return hashlib.sha256(self.der).hexdigest()

    @property
    def self_issued(self) -> bool:
        """Whether it names itself as its issuer, with the same key."""
        if self.issuer.key != self.subject.key:
            return False
        return self.issuer_key_id is None or self.issuer_key_id == self.key_id

    @property
    def key_id(self) -> bytes | None:
        """What its issuer calls its key."""
        return self.extensions.key_id

    @property
    def issuer_key_id(self) -> bytes | None:
        """What it calls the key that signed it."""
        return self.extensions.issuer_key_id

    @property
    def key(self) -> PublicKey:
        """Its public key. Raises `Unreadable`."""
        return read_key(self.key_info)

    def may_sign_certificates(self) -> bool:
        """Whether it is one of an authority. Real link certificates forget the basic constraints."""
        said = self.extensions
        return said.authority if said.usage is None else SIGNS_CERTIFICATES in said.usage

    def is_signed_by(self, issuer: Certificate) -> bool:
        """Whether the key of another certificate made this one's signature. Raises `Unreadable`."""
        return verify(issuer.key, self.scheme, self.signature, self.signed)


def read_certificate(der: bytes) -> Certificate:
    """A certificate (X.509, version 3). Raises `Unreadable`."""
    signed, algorithm, signature = exactly(read_one(der), 3)
    fields = list(members(signed, 6))
    if fields[0].tag == _VERSION:
        fields.pop(0)
    if len(fields) < 6:
        raise Unreadable("cut_short")
    serial, inner, issuer, validity, subject, key_info = fields[:6]
    if inner.raw != algorithm.raw:
        raise Unreadable("algorithms_differ")
    not_before, not_after = exactly(validity, 2)
    return Certificate(
        der=der,
        signed=signed.raw,
        serial=number(serial, LONGEST_SERIAL),
        issuer=name(issuer),
        subject=name(subject),
        not_before=moment(not_before),
        not_after=moment(not_after),
        key_info=key_info.raw,
        scheme=scheme_of(algorithm),
        signature=bits(signature),
        extensions=_extensions(fields[6:]),
    )


def read_extensions(rows: Tlv, understood: Container[str] | None = None) -> dict[str, bytes]:
    """The values of extensions by their object identifiers. Raises `Unreadable`.

    `understood`: with it, a critical extension that is none of these is an error (RFC 5280, 5.2).
    """
    found: dict[str, bytes] = {}
    for row in members(rows, 0):
        kind, *rest = members(row, 2)
        named = oid(kind)
        if named in found or len(found) > _MOST_EXTENSIONS:
            raise Unreadable("extension_twice", oid=named)
        critical = len(rest) > 1 and rest[0].value != b"\0"
        if critical and understood is not None and named not in understood:
            raise Unreadable("extension_unknown", oid=named)
        found[named] = expect(rest[-1], OCTET_STRING).value
    return found


def _extensions(fields: list[Tlv]) -> Extensions:
    holder = next((field for field in fields if field.tag == _EXTENSIONS), None)
    rows = read_all(holder.value, holder.depth + 1) if holder else ()
    found = read_extensions(rows[0]) if rows else {}
    usage, purposes = found.get(_KEY_USAGE), found.get(_EXTENDED_USAGE)
    return Extensions(
        key_id=octets(read_one(found[_KEY_ID])) if _KEY_ID in found else None,
        issuer_key_id=_part(found.get(_AUTHORITY_KEY_ID), 0x80),
        authority=_part(found.get(_BASIC), BOOLEAN) == b"\xff",
        usage=flags(read_one(usage)) if usage else None,
        purposes=tuple(oid(one) for one in members(read_one(purposes), 0)) if purposes else (),
    )


def _part(value: bytes | None, tag: int) -> bytes | None:
    found = read_one(value, SEQUENCE).part(tag) if value else None
    return found.value if found else None
