"""Lists of revoked certificates (CRL: RFC 5280, 5; Doc 9303-12, 7.1.4), and what they say of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from openmidas.documents.chip.algorithms import Scheme, scheme_of
from openmidas.documents.chip.asn1 import (
    INTEGER,
    LONGEST_SERIAL,
    SEQUENCE,
    Name,
    bits,
    exactly,
    expect,
    members,
    moment,
    name,
    number,
)
from openmidas.documents.chip.certificates import Certificate, read_extensions
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.keys import verify
from openmidas.documents.chip.steps import StepOutcome
from openmidas.documents.chip.tlv import Tlv, read_one

Reason = Literal[
    "unspecified",
    "key_compromise",
    "authority_compromise",
    "affiliation_changed",
    "superseded",
    "cessation",
    "hold",
    "privilege_withdrawn",
]
REVOCATION_PARAGRAPH = "Doc 9303-12, 6.1.2"
MOST_LIST_BYTES = 512 * 1024
"""Of one list: ten thousand signers, of which the largest State has some hundred."""
_TIMES = (0x17, 0x18)
_EXTENSIONS, _ENUMERATED = 0xA0, 0x0A
_NUMBER, _ISSUER_KEY_ID, _REASON = "2.5.29.20", "2.5.29.35", "2.5.29.21"
_REASONS: Mapping[int, Reason] = {
    0: "unspecified",
    1: "key_compromise",
    2: "authority_compromise",
    3: "affiliation_changed",
    4: "superseded",
    5: "cessation",
    6: "hold",
    9: "privilege_withdrawn",
}


class Revoked(msgspec.Struct, frozen=True):
    """Since when one certificate is revoked, and why."""

    at: datetime
    reason: Reason = "unspecified"


class RevocationList(msgspec.Struct, frozen=True):
    """Certificates that their issuer has taken back, by serial number. ``number``: of the list itself."""

    der: bytes
    signed: bytes
    issuer: Name
    made: datetime
    next: datetime | None
    number: int | None
    revoked: dict[int, Revoked]
    scheme: Scheme
    signature: bytes

    @property
    def until(self) -> datetime:
        """How long it is good: until the next one is promised."""
        return self.next or self.made

    def is_signed_by(self, issuer: Certificate) -> bool:
        """Whether the key of a certificate made this list's signature. Raises `Unreadable`."""
        return verify(issuer.key, self.scheme, self.signature, self.signed)

    def is_newer_than(self, other: RevocationList) -> bool:
        """By their numbers; by their dates, where one of the two has none or both are the same."""
        if self.number is not None and other.number is not None and self.number != other.number:
            return self.number > other.number
        return self.made > other.made


def looks_like_revocations(der: bytes) -> bool:
    """Whether a time stands where a list of revoked certificates has one, and a certificate has not."""
    try:
        fields = list(members(members(read_one(der), 1)[0], 4))
    except Unreadable:
        return False
    if fields[0].tag == INTEGER:
        fields.pop(0)
    return len(fields) > 2 and fields[2].tag in _TIMES


def issuer_of(der: bytes) -> Name:
    """Whose list it is, without reading the rest of it. Raises `Unreadable`."""
    fields = members(exactly(read_one(der), 3)[0], 3)
    return name(fields[2 if fields[0].tag == INTEGER else 1])


def read_revocations(der: bytes) -> RevocationList:
    """A list of revoked certificates. Raises `Unreadable`.

    One that speaks of a part of the certificates only, or of changes to another list, says so in an extension
    that must be understood: it is refused, as "not listed" would mean nothing.
    """
    if len(der) > MOST_LIST_BYTES:
        raise Unreadable("too_large", most=str(MOST_LIST_BYTES))
    signed, algorithm, signature = exactly(read_one(der), 3)
    fields = list(members(signed, 3))
    if fields[0].tag == INTEGER:
        fields.pop(0)
    inner, issuer, made, *rest = fields
    if inner.raw != algorithm.raw:
        raise Unreadable("algorithms_differ")
    following = rest.pop(0) if rest and rest[0].tag in _TIMES else None
    rows = rest.pop(0).parts() if rest and rest[0].tag == SEQUENCE else ()
    said: dict[str, bytes] = {}
    if rest:
        (held,) = exactly(rest[0], 1, _EXTENSIONS)
        said = read_extensions(held, understood=(_NUMBER, _ISSUER_KEY_ID))
    return RevocationList(
        der=der,
        signed=signed.raw,
        issuer=name(issuer),
        made=moment(made),
        next=moment(following) if following else None,
        number=number(read_one(said[_NUMBER])) if _NUMBER in said else None,
        revoked=dict(map(_revoked, rows)),
        scheme=scheme_of(algorithm),
        signature=bits(signature),
    )


def _revoked(row: Tlv) -> tuple[int, Revoked]:
    serial, at, *more = members(row, 2)
    said = read_extensions(more[0], understood=(_REASON,)) if more else {}
    reason: Reason = "unspecified"
    if _REASON in said:
        code = expect(read_one(said[_REASON]), _ENUMERATED).value
        reason = _REASONS.get(int.from_bytes(code), "unspecified")
    return number(serial, LONGEST_SERIAL), Revoked(moment(at), reason)


class Lists(msgspec.Struct, frozen=True):
    """The lists of an authority. ``all``: whatever one of them names is revoked; ``covering``: of these, the
    ones that say of what they do not name that it stands, because the key that signed it made them, or a
    later key of that authority."""

    all: tuple[RevocationList, ...] = ()
    covering: tuple[RevocationList, ...] = ()

    @property
    def asked(self) -> RevocationList | None:
        """The newest of those that cover: the only one that says that a certificate stands, however long an
        older one was to be good. None where there is none."""
        return max(self.covering, key=lambda one: one.made, default=None)


class Standing(msgspec.Struct, frozen=True):
    """Whether a certificate stands. *unknown*: not on a list that is itself stale."""

    outcome: StepOutcome
    findings: tuple[ChipFinding, ...] = ()


def standing(certificate: Certificate, lists: Lists, at: datetime) -> Standing:
    """What the lists of its issuer say of a certificate at a time."""
    for one in lists.all:
        found = one.revoked.get(certificate.serial)
        if found:
            params = {
                "subject": certificate.subject.text,
                "day": found.at.date().isoformat(),
                "reason": found.reason,
            }
            return Standing("failed", (_finding("certificate_revoked", params),))
    asked = lists.asked
    if asked is None:
        return Standing("not_performed", (_finding("revocations_absent", {}, informative=True),))
    if asked.until < at:
        return Standing("unknown", (revocations_stale(asked.until),))
    return Standing("passed")


def revocations_stale(until: datetime) -> ChipFinding:
    """That a list was good until a day which has passed."""
    return _finding("revocations_old", {"day": until.date().isoformat()}, informative=True)


def _finding(code: str, params: dict[str, str], *, informative: bool = False) -> ChipFinding:
    return ChipFinding(code, "revocation", REVOCATION_PARAGRAPH, params, informative)
