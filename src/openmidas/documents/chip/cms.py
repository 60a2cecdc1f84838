"""Signed data (RFC 5652) as Doc 9303 uses it, checked to the last field, signed or not.

What CMS leaves unsigned (the set of hashes, the type of the content, the name of the signer) is held
against what is signed: a plain verifier takes a file in which these were changed.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from openmidas.documents.chip.algorithms import WEAK, Digest, Scheme, digest, digest_of, scheme_of
from openmidas.documents.chip.asn1 import (
    LONGEST_SERIAL,
    OCTET_STRING,
    SEQUENCE,
    SET,
    Name,
    exactly,
    expect,
    members,
    moment,
    name,
    number,
    octets,
    oid,
)
from openmidas.documents.chip.certificates import Certificate, read_certificate
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.keys import verify
from openmidas.documents.chip.tlv import Tlv, read_all

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_SIGNING_TIME = "1.2.840.113549.1.9.5"
_FIRST, _SECOND = 0xA0, 0xA1
_KEY_ID = 0x80
_MOST_CERTIFICATES = 20
_MOST_ATTRIBUTES = 20
_VERSION_OF_SID = {1: SEQUENCE, 3: _KEY_ID}
_DATA_VERSION = 3


class Signer(msgspec.Struct, frozen=True):
    """The one signature. ``issuer`` and ``serial``, or ``key_id``, say whose certificate it is."""

    issuer: Name | None
    serial: int
    key_id: bytes | None
    message_digest: bytes
    content_type: str
    signed_at: datetime | None
    digest: Digest
    scheme: Scheme
    signed: bytes
    signature: bytes


class SignedData(msgspec.Struct, frozen=True):
    """Content, whoever signed it, and the certificates that came along."""

    content_type: str
    content: bytes
    digests: tuple[Digest, ...]
    certificates: tuple[Certificate, ...]
    signer: Signer


def read_signed_data(info: Tlv) -> SignedData:
    """A ContentInfo with signed data of one signer. Raises `Unreadable`."""
    kind, holder = exactly(info, 2)
    if oid(kind) != _SIGNED_DATA:
        raise Unreadable("not_signed_data", oid=oid(kind))
    version, digests, content, *rest = members(_inner(holder), 4)
    if number(version) != _DATA_VERSION:
        raise Unreadable("version_not_allowed", version=str(number(version)))
    inside = exactly(content, 2)
    *optional, signers = rest
    bundle = next((part for part in optional if part.tag == _FIRST), None)
    if any(part.tag not in (_FIRST, _SECOND) for part in optional):
        raise Unreadable("tag_unexpected", expected="A0", read=f"{optional[-1].tag:02X}")
    rows = members(signers, 1, SET)
    if len(rows) != 1:
        raise Unreadable("signers_not_one", signers=str(len(rows)))
    return SignedData(
        content_type=oid(inside[0]),
        content=octets(_inner(inside[1])),
        digests=tuple(digest_of(part) for part in members(digests, 1, SET)),
        certificates=_certificates(bundle),
        signer=_signer(rows[0]),
    )


def signer_findings(data: SignedData, field: str) -> tuple[Certificate | None, list[ChipFinding]]:
    """The certificate that the signer names, or what is wrong with the naming (RFC 5652, 5.3).

    Some States write the name of an issuer in another order or in other capitals than its certificate does:
    by RFC 5280, 7.1 that is the same name, and a remark.
    """
    signer = data.signer
    for certificate in data.certificates:
        if signer.issuer is None:
            if certificate.key_id == signer.key_id:
                return certificate, []
        elif (signer.serial, signer.issuer.key) == (certificate.serial, certificate.issuer.key):
            if signer.issuer.raw == certificate.issuer.raw:
                return certificate, []
            code, rule = "signer_spelled_otherwise", "RFC 5280, 7.1"
            return certificate, [ChipFinding(code, field, rule, informative=True)]
    code = "signer_certificate_absent" if not data.certificates else "signer_is_another"
    return None, [ChipFinding(code, field, "RFC 5652, 5.3")]


def content_findings(data: SignedData, content_type: str, field: str) -> list[ChipFinding]:
    """What is wrong with the content against what is signed about it (RFC 5652, 5.4 and 11)."""
    found = []
    signer = data.signer
    if not data.content_type == signer.content_type == content_type:
        said = f"{data.content_type}, {signer.content_type}"
        found.append(ChipFinding("content_type_differs", field, "RFC 5652, 11.1", {"read": said}))
    if signer.digest not in data.digests:
        found.append(ChipFinding("digest_not_announced", field, "RFC 5652, 5.1"))
    if digest(signer.digest, data.content) != signer.message_digest:
        found.append(ChipFinding("content_changed", field, "RFC 5652, 5.4"))
    return found


def signature_findings(data: SignedData, certificate: Certificate, field: str) -> list[ChipFinding]:
    """What is wrong with the signature itself; a remark on a hash that is no longer strong."""
    signer = data.signer
    try:
        right = verify(certificate.key, signer.scheme, signer.signature, signer.signed)
    except Unreadable as error:
        return [error.finding(field, "Doc 9303-12, 4.1.6")]
    if not right:
        return [ChipFinding("signature_wrong", field, "Doc 9303-11, 5.1")]
    if signer.scheme.digest in WEAK:
        params = {"scheme": signer.scheme.text}
        return [ChipFinding("digest_weak", field, "Doc 9303-12, 4.1.6", params, informative=True)]
    return []


def _inner(holder: Tlv) -> Tlv:
    """What an explicit tag [0] holds."""
    parts = expect(holder, _FIRST).parts()
    if len(parts) != 1:
        raise Unreadable("cut_short" if not parts else "bytes_after_end", bytes="")
    return parts[0]


def _certificates(bundle: Tlv | None) -> tuple[Certificate, ...]:
    parts = bundle.parts() if bundle else ()
    if len(parts) > _MOST_CERTIFICATES:
        raise Unreadable("too_many_parts", most=str(_MOST_CERTIFICATES))
    return tuple(read_certificate(part.raw) for part in parts)


def _signer(row: Tlv) -> Signer:
    fields = list(members(row, 6))
    version, sid, hashed, attributes, algorithm, signature = fields[:6]
    if _VERSION_OF_SID.get(number(version)) != sid.tag:
        raise Unreadable("version_not_allowed", version=str(number(version)))
    if len(fields) > 7 or (len(fields) == 7 and fields[6].tag != _SECOND):
        raise Unreadable("bytes_after_end", bytes=str(len(fields[-1].raw)))
    by_name = exactly(sid, 2) if sid.tag == SEQUENCE else None
    message_digest = digest_of(hashed)
    said = _attributes(attributes)
    signing_time = said.get(_SIGNING_TIME)
    if _CONTENT_TYPE not in said or _MESSAGE_DIGEST not in said:
        raise Unreadable("attributes_missing")
    return Signer(
        issuer=name(by_name[0]) if by_name else None,
        serial=number(by_name[1], LONGEST_SERIAL) if by_name else 0,
        key_id=None if by_name else sid.value,
        message_digest=octets(said[_MESSAGE_DIGEST]),
        content_type=oid(said[_CONTENT_TYPE]),
        signed_at=moment(signing_time) if signing_time else None,
        digest=message_digest,
        scheme=scheme_of(algorithm, message_digest),
        # RFC 5652, 5.4: signed as the set that they are, not under the tag that they stand with.
        signed=bytes([SET]) + attributes.raw[1:],
        signature=expect(signature, OCTET_STRING).value,
    )


def _attributes(attributes: Tlv) -> dict[str, Tlv]:
    found: dict[str, Tlv] = {}
    for row in read_all(expect(attributes, _FIRST).value, attributes.depth + 1):
        kind, values = exactly(row, 2)
        inside = exactly(values, 1, SET)
        if oid(kind) in found or len(found) >= _MOST_ATTRIBUTES:
            raise Unreadable("attribute_twice", oid=oid(kind))
        found[oid(kind)] = inside[0]
    return found
