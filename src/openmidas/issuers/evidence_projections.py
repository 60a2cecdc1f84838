"""From the entries about revocations and about seal signers to rows.

Both are signed by a State whose certificate two persons have approved, so that one person brings them in,
or nobody by name at the terminal. Each node looks at the signature of a list itself.
"""

from __future__ import annotations

from openmidas.documents.chip import Certificate, Unreadable, read_certificate
from openmidas.documents.chip.revocations import RevocationList as Read
from openmidas.documents.chip.revocations import read_revocations
from openmidas.documents.chip.seal_signers import is_of_its_state, may_seal, seal_signer
from openmidas.documents.chip.trust import name_key
from openmidas.issuers import entries
from openmidas.issuers.models import (
    IssuerCertificate,
    Removal,
    RevocationList,
    SealSigner,
    certificate_id,
    revocations_id,
)
from openmidas.issuers.projections import note_change
from openmidas.journal import JournalError
from openmidas.journal.projecting import Origin, projects, put


@projects(entries.RevocationsTaken)
def revocations_taken(origin: Origin, content: entries.RevocationsTaken) -> None:
    """In the place of older ones of the same key; an older one than is here changes nothing.

    The key alone is not enough: no authority speaks in the name of another, and of another State.
    """
    try:
        found = read_revocations(content.list)
        authority = _authority(content.authority)
        in_its_name = name_key(found.issuer.key) == name_key(authority.subject.key)
        if not (in_its_name and found.is_signed_by(authority)):
            raise JournalError("issuer.revocations_forged", authority=content.authority)
    except Unreadable as error:
        raise JournalError("issuer.unreadable", reason=error.code) from error
    note_change(origin)
    id = revocations_id(origin.node, name_key(found.issuer.key), authority.key_info)
    before = RevocationList.objects.filter(id=id).first()
    if before is not None and not found.is_newer_than(read_revocations(bytes(before.der))):
        return
    put(
        RevocationList,
        origin,
        id,
        der=content.list,
        country=found.issuer.country,
        issuer=found.issuer.text,
        authority=content.authority,
        number=_number(found),
        made=found.made,
        until=found.until,
        revoked=len(found.revoked),
        taken_by=origin.actor.officer,
        taken_at=origin.at,
    )


@projects(entries.SealSignersTaken)
def signers_taken(origin: Origin, content: entries.SealSignersTaken) -> None:
    """Whatever wrote it, what somebody took off comes back by nobody else."""
    for der in content.certificates:
        try:
            read = read_certificate(der)
        except Unreadable as error:
            raise JournalError("issuer.unreadable", reason=error.code) from error
        if not may_seal(read) or not is_of_its_state(read):
            raise JournalError("issuer.not_a_seal_signer", fingerprint=read.fingerprint)
        kept = seal_signer(read)
        if removed_by_another(kept.fingerprint, origin):
            raise JournalError("issuer.signer_removed", fingerprint=kept.fingerprint)
        put(
            SealSigner,
            origin,
            certificate_id(kept.fingerprint),
            fingerprint=kept.fingerprint,
            der=der,
            country=read.subject.country,
            subject=read.subject.text,
            signer=kept.signer,
            reference=kept.reference,
            not_before=read.not_before,
            not_after=read.not_after,
            taken_by=origin.actor.officer,
            taken_at=origin.at,
            clock=origin.clock,
        )
    note_change(origin)


def removed_by_another(fingerprint: str, origin: Origin) -> bool:
    """Whether somebody else than who brings a certificate took it off before."""
    gone = Removal.objects.filter(of_list=False, digest=fingerprint, clock__lt=origin.clock)
    return any(one.removed_by != origin.actor.officer for one in gone)


def _authority(fingerprint: str) -> Certificate:
    """Raises `JournalError` ``row.missing``."""
    row = IssuerCertificate.objects.filter(fingerprint=fingerprint).first()
    if row is None:
        table = IssuerCertificate._meta.db_table
        raise JournalError("row.missing", table=table, id=str(certificate_id(fingerprint)))
    return read_certificate(bytes(row.der))


def _number(found: Read) -> str:
    return "" if found.number is None else str(found.number)
