"""What is trusted at this node, put together from what the headquarters' journal says.

A certificate is trusted by hand, where a second person has approved it; through an accepted master list,
as long as its root is taken by hand; or through the one that it links to. What was removed comes back by hand
alone, by two persons: neither the next master list nor a link undoes what somebody took off for a reason.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.db.models import Q

from openmidas.documents.chip import Entry, TrustStore
from openmidas.documents.chip.revocations import issuer_of
from openmidas.documents.chip.seal_signers import SealSigner as KeptSigner
from openmidas.documents.chip.trust import ListRecord
from openmidas.issuers.models import (
    AcceptedList,
    CertificateLink,
    CertificateProposal,
    End,
    IssuerCertificate,
    IssuerEdition,
    Removal,
    RevocationList,
    SealSigner,
)

Edition = tuple[object, ...]


class _Kept:
    """The store that was put together last in this process, and of which rows."""

    edition: Edition | None = None
    store = TrustStore()
    asked: frozenset[bytes] | None = None


def trusted() -> TrustStore:
    """Whose certificates this node trusts; empty where there are none.

    It is put together anew only when something came that changes it. Persons in it are the ids of officers.
    """
    now = _edition()
    if _Kept.edition != now:
        _Kept.store = assembled()
        _Kept.asked = None
        _Kept.edition = now
    return _Kept.store


def asked_lists() -> frozenset[bytes]:
    """The lists of revoked certificates by which certificates are checked, once for each state of the store.

    The list of an authority's newest key speaks for those that came before: what those keys signed last is
    kept for what it revoked, and no newer one will ever come in its place.
    """
    store = trusted()
    if _Kept.asked is None:
        countries = {issuer_of(one).country for one in store.revocations}
        lists = [
            store.revocations_of(one.certificate)
            for one in store.trusted()
            if one.certificate.subject.country in countries
        ]
        _Kept.asked = frozenset(one.asked.der for one in lists if one.asked)
    return _Kept.asked


def assembled() -> TrustStore:
    """The same, from the rows."""
    lists = standing_lists()
    removed = set(Removal.objects.filter(of_list=False).values_list("digest", flat=True))
    by_hand = taken_by_hand()
    links = {one.fingerprint: one for one in CertificateLink.objects.all()}
    listed: dict[str, list[str]] = {}
    for each in lists:
        for fingerprint in each.names:
            listed.setdefault(fingerprint, []).append(each.digest)
    entries = []
    for row in IssuerCertificate.objects.order_by("country", "not_before", "fingerprint"):
        entry = _entry(row)
        if row.fingerprint in by_hand:
            entries.append(_approved(entry, by_hand[row.fingerprint]))
        elif row.fingerprint in removed:
            continue
        elif row.fingerprint in listed:
            sources = tuple(listed[row.fingerprint])
            entries.append(msgspec.structs.replace(entry, how="list", sources=sources))
        elif row.fingerprint in links:
            sources = (links[row.fingerprint].links_to,)
            entries.append(msgspec.structs.replace(entry, how="link", sources=sources))
    return TrustStore(
        entries=tuple(entries),
        lists=tuple(map(_record, lists)),
        revocations=tuple(bytes(one.der) for one in RevocationList.objects.order_by("id")),
        signers=tuple(map(_signer, standing_signers())),
    )


def standing_signers() -> Sequence[SealSigner]:
    """Seal signers whose certificates nobody has taken off since they came."""
    removed = dict(Removal.objects.filter(of_list=False).values_list("digest", "clock"))
    kept = SealSigner.objects.order_by("country", "subject", "fingerprint")
    return [one for one in kept if one.clock > removed.get(one.fingerprint, -1)]


def standing_lists() -> Sequence[AcceptedList]:
    """The master lists that count, the first accepted first: not removed, and the authority above them is
    taken to sign lists."""
    gone = Removal.objects.filter(of_list=True).values("id")
    kept = AcceptedList.objects.exclude(id__in=gone).order_by("accepted_at", "id")
    roots = list_authorities()
    return [one for one in kept if one.root in roots]


def list_authorities() -> set[str]:
    """The fingerprints of those that two persons have taken to sign master lists."""
    return {name for name, one in taken_by_hand().items() if one.signs_lists}


def why_not(root: str, digest: str, clock: int | None = None) -> str:
    """Why one person cannot accept a list with this digest under this root (a fingerprint), as the code of
    a refusal: ``issuer.root_unknown``, ``.root_no_lists``, ``.list_removed``; empty where they can.

    ``clock``: when they did, where that is over: what was set aside then comes in by no later approval.
    """
    taken = taken_by_hand().get(root)
    if taken is None or (clock is not None and clock < taken.clock):
        return "issuer.root_unknown"
    if not taken.signs_lists:
        return "issuer.root_no_lists"
    of_root = AcceptedList.objects.filter(root=root).values("id")
    since = Removal.objects.filter(of_list=True, clock__gt=taken.clock)
    removed = since.filter(Q(digest=digest) | Q(id__in=of_root)).exists()
    return "issuer.list_removed" if removed else ""


def _edition() -> Edition:
    """What changes whenever the store does: it is asked for at every inspection."""
    return tuple(IssuerEdition.objects.order_by("id").values_list("node", "changes", "last"))


def taken_by_hand() -> dict[str, CertificateProposal]:
    """The last approval of each certificate that nobody has taken off since, by fingerprint."""
    removed = dict(Removal.objects.filter(of_list=False).values_list("digest", "clock"))
    approved = CertificateProposal.objects.filter(end=End.APPROVED).order_by("clock", "id")
    last = {one.fingerprint: one for one in approved}
    return {name: one for name, one in last.items() if one.clock > removed.get(name, -1)}


def _entry(row: IssuerCertificate) -> Entry:
    return Entry(
        der=bytes(row.der),
        fingerprint=row.fingerprint,
        country=row.country,
        subject=row.subject,
        name_key=row.name_key,
        key_id=row.key_id,
        not_before=row.not_before,
        not_after=row.not_after,
        how="hand",
    )


def _approved(entry: Entry, proposal: CertificateProposal) -> Entry:
    return msgspec.structs.replace(
        entry,
        proposed_by=str(proposal.proposed_by),
        proposed_at=proposal.proposed_at,
        approved_by=str(proposal.ended_by),
        approved_at=proposal.ended_at,
    )


def _signer(row: SealSigner) -> KeptSigner:
    return KeptSigner(bytes(row.der), row.fingerprint, row.signer, row.reference)


def _record(row: AcceptedList) -> ListRecord:
    return ListRecord(
        digest=row.digest,
        file=row.file,
        signer=row.signer,
        root=row.root,
        root_name=row.root_name,
        signed_at=row.signed_at,
        certificates=len(row.names),
        imported_by=str(row.accepted_by),
        imported_at=row.accepted_at,
    )
