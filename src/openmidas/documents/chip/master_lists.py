"""Master lists: the certificates of many States, gathered and signed by one (Doc 9303-12, 9)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from openmidas.documents.chip.asn1 import SET, members, number
from openmidas.documents.chip.certificates import Certificate, read_certificate
from openmidas.documents.chip.cms import (
    content_findings,
    read_signed_data,
    signature_findings,
    signer_findings,
)
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.tlv import read_one

CONTENT_TYPE = "2.23.136.1.1.2"
LIST_SIGNER = "2.23.136.1.1.3"
_FIELD = "list"
_PARAGRAPH = "Doc 9303-12, 9"


class UnreadCertificate(msgspec.Struct, frozen=True):
    """A certificate of a list that could not be read, by its place (from one), and why."""

    place: int
    finding: ChipFinding


class MasterList(msgspec.Struct, frozen=True):
    """A list, read. It is believed only where `verified`."""

    certificates: tuple[Certificate, ...]
    unread: tuple[UnreadCertificate, ...]
    findings: tuple[ChipFinding, ...]
    signed_at: datetime | None
    signer: Certificate | None
    root: Certificate | None
    """The certification authority of the State that signed the list, which signed the signer."""

    @property
    def verified(self) -> bool:
        """Whether the list is as its signer signed it, and the signer is of the root. Nothing else: whether
        the root is the one of that State is for who imports it to know."""
        whole = all(finding.informative for finding in self.findings)
        return whole and self.signer is not None and self.root is not None


def read_master_list(file: bytes, known: Iterable[Certificate] = ()) -> MasterList:
    """A master list. `known`: roots that did not come along with it. Raises `Unreadable`."""
    data = read_signed_data(read_one(file))
    version, rows = members(read_one(data.content), 2)[:2]
    if number(version) != 0:
        raise Unreadable("version_not_allowed", version=str(number(version)))
    certificates, unread = _certificates([part.raw for part in members(rows, 1, SET)])
    signer, findings = signer_findings(data, _FIELD)
    findings += content_findings(data, CONTENT_TYPE, _FIELD)
    root = None
    if signer is not None:
        findings += signature_findings(data, signer, _FIELD)
        root = _root(signer, (*data.certificates, *certificates)) or _root(signer, known)
        findings += _about_signer(signer, root, data.signer.signed_at)
    return MasterList(certificates, unread, tuple(findings), data.signer.signed_at, signer, root)


def _certificates(
    rows: Sequence[bytes],
) -> tuple[tuple[Certificate, ...], tuple[UnreadCertificate, ...]]:
    read, unread = [], []
    for place, der in enumerate(rows, start=1):
        try:
            certificate = read_certificate(der)
            certificate.key  # noqa: B018  a key that cannot be read is of no use to anybody
        except Unreadable as error:
            unread.append(
                UnreadCertificate(place, error.finding("certificate", "Doc 9303-12, 7.1"))
            )
        else:
            read.append(certificate)
    return tuple(read), tuple(unread)


def _root(signer: Certificate, among: Iterable[Certificate]) -> Certificate | None:
    """Whoever signed the signer's certificate; rather one that stands by itself than a link."""
    found = [one for one in among if one.may_sign_certificates() and _signed(signer, one)]
    return min(found, key=lambda one: not one.self_issued, default=None)


def _signed(signer: Certificate, issuer: Certificate) -> bool:
    if signer.issuer.country != issuer.subject.country:
        return False
    if signer.issuer_key_id and issuer.key_id and signer.issuer_key_id != issuer.key_id:
        return False
    try:
        return signer.is_signed_by(issuer)
    except Unreadable:
        return False


def _about_signer(
    signer: Certificate, root: Certificate | None, signed_at: datetime | None
) -> list[ChipFinding]:
    found = []
    if root is None:
        params = {"issuer": signer.issuer.text}
        found.append(ChipFinding("list_root_absent", _FIELD, _PARAGRAPH, params))
    if LIST_SIGNER not in signer.extensions.purposes:
        found.append(ChipFinding("not_a_list_signer", _FIELD, "Doc 9303-12, 7.1"))
    if signed_at and not signer.not_before <= signed_at <= signer.not_after:
        params = {"day": signed_at.date().isoformat()}
        found.append(ChipFinding("certificate_not_valid_then", _FIELD, "Doc 9303-12, 7.1", params))
    return found
