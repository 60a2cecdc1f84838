"""From the entries of this room to rows.

Whatever wrote an entry, one pair of eyes are not four: an approval by the proposer, by nobody, of something
else than was proposed, or of what has ended, changes nothing and is set aside, here and at every post.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from openmidas.documents.chip import Unreadable, read_certificate
from openmidas.documents.chip.trust import entry_of
from openmidas.issuers import entries
from openmidas.issuers.models import (
    AcceptedList,
    CertificateLink,
    CertificateProposal,
    End,
    IssuerCertificate,
    IssuerEdition,
    Removal,
    certificate_id,
)
from openmidas.issuers.trusting import why_not
from openmidas.journal import JournalError
from openmidas.journal.projecting import Origin, amend, projects, put


@projects(entries.IssuerProposed)
def issuer_proposed(origin: Origin, content: entries.IssuerProposed) -> None:
    """A proposal never changes: another certificate, or leave to sign lists, in its place is refused."""
    fingerprint = _certificate(origin, content.certificate)
    known = CertificateProposal.objects.filter(id=content.proposal).first()
    said = (fingerprint, content.signs_lists)
    if known is not None and (known.fingerprint, known.signs_lists) != said:
        raise JournalError("issuer.changed", proposal=str(content.proposal))
    put(
        CertificateProposal,
        origin,
        content.proposal,
        fingerprint=fingerprint,
        obtained=content.obtained,
        signs_lists=content.signs_lists,
        proposed_by=_somebody(origin),
        proposed_at=origin.at,
    )


@projects(entries.IssuerApproved)
def issuer_approved(origin: Origin, content: entries.IssuerApproved) -> None:
    proposal = _waiting(content.proposal)
    if _somebody(origin) == proposal.proposed_by:
        raise JournalError("issuer.same_person", proposal=str(proposal.id))
    if content.fingerprint != proposal.fingerprint:
        raise JournalError("issuer.changed", proposal=str(proposal.id))
    _end(origin, proposal.id, End.APPROVED)
    note_change(origin)


@projects(entries.IssuerRefused)
def issuer_refused(origin: Origin, content: entries.IssuerRefused) -> None:
    _end(origin, _waiting(content.proposal).id, End.REFUSED, content.reason)


@projects(entries.IssuerLinked)
def issuer_linked(origin: Origin, content: entries.IssuerLinked) -> None:
    fingerprint = _certificate(origin, content.certificate)
    put(
        CertificateLink,
        origin,
        certificate_id(fingerprint),
        fingerprint=fingerprint,
        links_to=content.links_to,
        taken_by=_somebody(origin),
        taken_at=origin.at,
        clock=origin.clock,
    )
    note_change(origin)


@projects(entries.IssuersListed)
def issuers_listed(origin: Origin, content: entries.IssuersListed) -> None:
    for der in content.certificates:
        _certificate(origin, der)
    note_change(origin)


@projects(entries.MasterListAccepted)
def master_list_accepted(origin: Origin, content: entries.MasterListAccepted) -> None:
    """Only under an authority that two persons have taken to sign lists, and again since one of its lists
    was removed: else one could make a list of whatever, or bring back what somebody took off."""
    if code := why_not(content.root, content.digest, origin.clock):
        raise JournalError(code, list=str(content.list))
    put(
        AcceptedList,
        origin,
        content.list,
        digest=content.digest,
        file=content.file,
        signer=content.signer,
        root=content.root,
        root_name=content.root_name,
        signed_at=content.signed_at,
        fingerprints=b"".join(content.fingerprints),
        accepted_by=_somebody(origin),
        accepted_at=origin.at,
    )
    note_change(origin)


@projects(entries.IssuerRemoved)
def issuer_removed(origin: Origin, content: entries.IssuerRemoved) -> None:
    _remove(origin, certificate_id(content.fingerprint), content.fingerprint, content.reason)


@projects(entries.MasterListRemoved)
def master_list_removed(origin: Origin, content: entries.MasterListRemoved) -> None:
    """The list stays to be read. Raises `JournalError` ``row.missing``, ``row.not_owned``."""
    row = amend(AcceptedList, origin, content.list)
    _remove(origin, row.id, row.digest, content.reason, of_list=True)


def _certificate(origin: Origin, der: bytes) -> str:
    """Keep a certificate; its fingerprint. Raises `JournalError` ``issuer.unreadable``."""
    try:
        read = entry_of(read_certificate(der), "hand")
    except Unreadable as error:
        raise JournalError("issuer.unreadable", reason=error.code) from error
    put(
        IssuerCertificate,
        origin,
        certificate_id(read.fingerprint),
        fingerprint=read.fingerprint,
        der=der,
        country=read.country,
        subject=read.subject,
        name_key=read.name_key,
        key_id=read.key_id,
        not_before=read.not_before,
        not_after=read.not_after,
    )
    return read.fingerprint


def _somebody(origin: Origin) -> UUID:
    if origin.actor.officer is None:
        raise JournalError("issuer.nobody", sequence=str(origin.sequence))
    return origin.actor.officer


def _waiting(id: UUID) -> CertificateProposal:
    proposal = CertificateProposal.objects.filter(id=id).first()
    if proposal is None:
        raise JournalError("row.missing", table=CertificateProposal._meta.db_table, id=str(id))
    if proposal.end:
        raise JournalError("issuer.ended", proposal=str(id))
    return proposal


def _end(origin: Origin, id: UUID, end: End, answer: str = "") -> None:
    amend(
        CertificateProposal,
        origin,
        id,
        end=end,
        ended_by=_somebody(origin),
        ended_at=origin.at,
        answer=answer,
        clock=origin.clock,
    )


def _remove(origin: Origin, id: UUID, digest: str, reason: str, *, of_list: bool = False) -> None:
    put(
        Removal,
        origin,
        id,
        of_list=of_list,
        digest=digest,
        reason=reason,
        removed_by=_somebody(origin),
        removed_at=origin.at,
        clock=origin.clock,
    )
    note_change(origin)


def note_change(origin: Origin) -> None:
    """Have every process put the store together anew; the same number in whatever order entries come."""
    id = uuid5(origin.node, "issuers")
    before = IssuerEdition.objects.filter(id=id).first()
    changes, last = (before.changes, before.last) if before else (0, 0)
    put(IssuerEdition, origin, id, changes=changes + 1, last=max(last, origin.clock))
