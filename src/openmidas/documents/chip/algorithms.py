"""Which signature scheme an algorithm identifier names (RFC 4055, RFC 5480, RFC 5758; BSI TR-03111)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal

import msgspec

from openmidas.documents.chip.asn1 import NULL, members, number, oid
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.tlv import Tlv

Digest = Literal["sha1", "sha224", "sha256", "sha384", "sha512"]
WEAK: frozenset[Digest] = frozenset({"sha1"})
"""Still signed with in the field, though Doc 9303-12, 4.1.6 no longer allows it: told, not refused."""
DIGESTS: Mapping[str, Digest] = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.4": "sha224",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
_RSA: Mapping[str, Digest] = {
    "1.2.840.113549.1.1.5": "sha1",
    "1.2.840.113549.1.1.14": "sha224",
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
}
_ECDSA: Mapping[str, Digest] = {
    "1.2.840.10045.4.1": "sha1",
    "1.2.840.10045.4.3.1": "sha224",
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
    "0.4.0.127.0.7.1.1.4.1.1": "sha1",
    "0.4.0.127.0.7.1.1.4.1.2": "sha224",
    "0.4.0.127.0.7.1.1.4.1.3": "sha256",
    "0.4.0.127.0.7.1.1.4.1.4": "sha384",
    "0.4.0.127.0.7.1.1.4.1.5": "sha512",
}
_RSA_KEY = "1.2.840.113549.1.1.1"
_PSS = "1.2.840.113549.1.1.10"
_MGF1 = "1.2.840.113549.1.1.8"
_PSS_DEFAULT_SALT = 20
_HASH, _MASK, _SALT, _TRAILER = 0xA0, 0xA1, 0xA2, 0xA3


class Scheme(msgspec.Struct, frozen=True):
    """How something was signed. ``salt``: bytes, of RSA-PSS alone."""

    kind: Literal["rsa", "pss", "ecdsa"]
    digest: Digest
    salt: int = 0
    mask: Digest = "sha1"

    @property
    def text(self) -> str:
        """For people: ``RSA-PSS, SHA-256``."""
        kind = {"rsa": "RSA", "pss": "RSA-PSS", "ecdsa": "ECDSA"}[self.kind]
        return f"{kind}, SHA-{self.digest[3:]}"


def digest_of(algorithm: Tlv) -> Digest:
    """The hash that an algorithm identifier names. Raises `Unreadable`."""
    kind, parameters = _parts(algorithm)
    _none_or_null(parameters)
    try:
        return DIGESTS[kind]
    except KeyError:
        raise Unreadable("algorithm_unknown", oid=kind) from None


def ecdsa_digest(kind: str) -> Digest:
    """The hash of an ECDSA scheme, by its object identifier. Raises `Unreadable`."""
    try:
        return _ECDSA[kind]
    except KeyError:
        raise Unreadable("algorithm_unknown", oid=kind) from None


def digest(name: Digest, data: bytes) -> bytes:
    """The hash of some bytes."""
    return hashlib.new(name, data, usedforsecurity=True).digest()


def scheme_of(algorithm: Tlv, message_digest: Digest | None = None) -> Scheme:
    """The scheme that an algorithm identifier names.

    `message_digest`: the hash that CMS names beside it, where it does; the scheme must be of the same one.
    Raises `Unreadable`.
    """
    kind, parameters = _parts(algorithm)
    if kind == _PSS:
        scheme = _pss(parameters)
    else:
        _none_or_null(parameters)
        if kind == _RSA_KEY and message_digest:
            scheme = Scheme("rsa", message_digest)
        elif kind in _RSA:
            scheme = Scheme("rsa", _RSA[kind])
        elif kind in _ECDSA:
            scheme = Scheme("ecdsa", _ECDSA[kind])
        else:
            raise Unreadable("algorithm_unknown", oid=kind)
    if message_digest and scheme.digest != message_digest:
        raise Unreadable("digests_differ", signature=scheme.digest, message=message_digest)
    return scheme


def _parts(algorithm: Tlv) -> tuple[str, Tlv | None]:
    parts = members(algorithm, 1)
    if len(parts) > 2:
        raise Unreadable("bytes_after_end", bytes=str(len(parts[2].raw)))
    return oid(parts[0]), parts[1] if len(parts) > 1 else None


def _none_or_null(parameters: Tlv | None) -> None:
    if parameters is not None and (parameters.tag != NULL or parameters.value):
        raise Unreadable("parameters_not_allowed")


def _pss(parameters: Tlv | None) -> Scheme:
    """RFC 4055, 3.1: what is not said is SHA-1, with a salt of twenty bytes."""
    found: dict[int, Tlv] = {}
    for part in members(parameters, 0) if parameters else ():
        if part.tag in found or part.tag not in (_HASH, _MASK, _SALT, _TRAILER):
            raise Unreadable("parameters_not_allowed")
        (found[part.tag],) = _only(part)
    hashed: Digest = digest_of(found[_HASH]) if _HASH in found else "sha1"
    mask: Digest = "sha1"
    if _MASK in found:
        kind, inner = _parts(found[_MASK])
        if kind != _MGF1 or inner is None:
            raise Unreadable("algorithm_unknown", oid=kind)
        mask = digest_of(inner)
    salt = number(found[_SALT]) if _SALT in found else _PSS_DEFAULT_SALT
    if (_TRAILER in found and number(found[_TRAILER]) != 1) or not 0 <= salt <= 512:
        raise Unreadable("parameters_not_allowed")
    return Scheme("pss", hashed, salt, mask)


def _only(part: Tlv) -> tuple[Tlv, ...]:
    inner = part.parts()
    if len(inner) != 1:
        raise Unreadable("parameters_not_allowed")
    return inner
