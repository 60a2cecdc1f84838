"""Whose certificates are trusted, why, and who says so: a value that is kept in one file.

What a verified master list brings is trusted through its signer, and a link certificate through the
certificate that it links to. Everything else is proposed by one person and approved by another: no public
list has the certificates of every State, so a State takes its neighbours' by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from openmidas.documents.chip.certificates import Certificate, read_certificate
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.revocations import (
    Lists,
    RevocationList,
    issuer_of,
    read_revocations,
)
from openmidas.documents.chip.seal_signers import SealSigner, is_named

State = Literal["trusted", "proposed"]
How = Literal["list", "link", "hand"]
NameKey = tuple[tuple[str, str], ...]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One certificate of a certification authority (CSCA), and why it stands here."""

    der: bytes
    fingerprint: str
    country: str
    subject: str
    name_key: str
    key_id: str
    not_before: datetime
    not_after: datetime
    how: How
    sources: tuple[str, ...] = ()
    """`ListRecord.digest` of the lists that have it; of a link, the fingerprint that it links to."""
    proposed_by: str = ""
    proposed_at: datetime | None = None
    approved_by: str = ""
    approved_at: datetime | None = None

    @property
    def certificate(self) -> Certificate:
        """The certificate itself."""
        return read_certificate(self.der)


class ListRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A master list that was imported. ``digest``: SHA-256 of the file; ``root``: a fingerprint."""

    digest: str
    file: str
    signer: str
    root: str
    root_name: str
    signed_at: datetime | None
    certificates: int
    imported_by: str
    imported_at: datetime


class Removed(msgspec.Struct, frozen=True):
    """What somebody took off, so that it is not forgotten that it was there."""

    fingerprint: str
    subject: str
    by: str
    at: datetime


class TrustStore(msgspec.Struct, frozen=True):
    """All that is trusted, and all that waits for a second person."""

    version: Literal[1] = 1
    entries: tuple[Entry, ...] = ()
    lists: tuple[ListRecord, ...] = ()
    revocations: tuple[bytes, ...] = ()
    removed: tuple[Removed, ...] = ()
    signers: tuple[SealSigner, ...] = ()
    """Of seals: believed as far as an authority that is trusted signed them, which is asked each time."""

    def state(self, entry: Entry) -> State:
        """Whether an entry may be relied on: a link only as long as what it links to may."""
        if entry.how == "hand":
            return "trusted" if entry.approved_by else "proposed"
        if entry.how == "link":
            origin = self.find(entry.sources[0])
            return "trusted" if origin and self.state(origin) == "trusted" else "proposed"
        return "trusted"

    def find(self, fingerprint: str) -> Entry | None:
        """The entry with this fingerprint."""
        return next((one for one in self.entries if one.fingerprint == fingerprint), None)

    def trusted(self) -> Iterable[Entry]:
        """Everything that may be relied on."""
        return (one for one in self.entries if self.state(one) == "trusted")

    def with_key(self, key_id: bytes) -> Sequence[Entry]:
        """The trusted ones whose key has this identifier."""
        return [one for one in self.trusted() if one.key_id == key_id.hex()]

    def with_name(self, certificate: Certificate) -> Sequence[Entry]:
        """The trusted ones of the name that a certificate gives for its issuer."""
        wanted = name_key(certificate.issuer.key)
        return [one for one in self.trusted() if one.name_key == wanted]

    def revocations_of(self, issuer: Certificate) -> Lists:
        """The lists of revoked certificates of an authority.

        An authority signs with its newest key, and under its newest name, what it says of all certificates
        that it ever issued (Doc 9303-12, 7.1.4); that two names are one authority, a link says. A key that
        was there before says nothing of what a later one signed.
        """
        country = issuer.subject.country
        kept = [der for der in self.revocations if issuer_of(der).country == country]
        if not kept:
            return Lists()
        read = list(map(read_revocations, kept))
        known = [one.certificate for one in self.trusted() if one.country == country]
        names = _linked_names(issuer, known)
        signers = [issuer, *(one for one in known if one.subject.key in names)]
        named = [(one, signer_among(signers, one)) for one in read if one.issuer.key in names]
        signed = [(one, signer) for one, signer in named if signer is not None]
        covering = [one for one, by in signed if _speaks_for(by, issuer, signers)]
        return Lists(tuple(one for one, _by in signed), tuple(covering))

    def signers_named(self, signer: str, reference: str) -> list[Certificate]:
        """The certificates of signers that the header of a seal can mean."""
        kept = [one for one in self.signers if is_named(one, signer, reference)]
        return [read_certificate(one.der) for one in kept]

    def vouchers(self, entry: Entry) -> str:
        """For people: which lists, or which persons, an entry stands here by."""
        if entry.how == "hand":
            return ", ".join(filter(None, (entry.proposed_by, entry.approved_by)))
        names = {one.digest: one.root_name for one in self.lists}
        if entry.how == "link":
            origin = self.find(entry.sources[0])
            return origin.subject if origin else ""
        return "; ".join(sorted({names[one] for one in entry.sources if one in names}))


def _speaks_for(one: Certificate, issuer: Certificate, known: Sequence[Certificate]) -> bool:
    """Whether two certificates are of one key, or the first is of a key that came later.

    A key came with the first of its certificates: it may have another one since, as a link has.
    """
    if one.key_info == issuer.key_info:
        return True
    first, then = (
        min(of.not_before for of in known if of.key_info == key)
        for key in (one.key_info, issuer.key_info)
    )
    return first > then


def _linked_names(issuer: Certificate, known: Sequence[Certificate]) -> set[NameKey]:
    """The name of an authority, and those that links lead to from it."""
    names = {issuer.subject.key}
    links = [(one.issuer.key, one.subject.key) for one in known if not one.self_issued]
    for _each in links:
        names |= {new for old, new in links if old in names}
    return names


def signer_among(certificates: Iterable[Certificate], found: RevocationList) -> Certificate | None:
    """Whose key signed a list of revoked certificates; None where it was none of these."""
    for one in certificates:
        try:
            if found.is_signed_by(one):
                return one
        except Unreadable:  # a key that nobody can check with has signed nothing
            continue
    return None


def name_key(parts: NameKey) -> str:
    """What stands for a name in a store: equal for equal names."""
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]


def entry_of(certificate: Certificate, how: How, **more: object) -> Entry:
    """A certificate as it is kept."""
    return msgspec.structs.replace(
        Entry(
            der=certificate.der,
            fingerprint=certificate.fingerprint,
            country=certificate.subject.country,
            subject=certificate.subject.text,
            name_key=name_key(certificate.subject.key),
            key_id=(certificate.key_id or b"").hex(),
            not_before=certificate.not_before,
            not_after=certificate.not_after,
            how=how,
        ),
        **more,
    )
