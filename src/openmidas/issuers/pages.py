"""What the pages of certificates show, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

import msgspec

from openmidas.documents.chip import Entry, TrustStore
from openmidas.issuers.downloads import RevocationsRow, revocations_of_states
from openmidas.issuers.models import (
    AcceptedList,
    CertificateLink,
    CertificateProposal,
    IssuerCertificate,
    Removal,
    SealSigner,
)
from openmidas.issuers.trusting import list_authorities, standing_lists, trusted
from openmidas.issuers.wording import ENDS, HOW, state_of
from openmidas.posts.standing import officer_names

REMOVALS_SHOWN = 50


class CertificateRow(msgspec.Struct, frozen=True, kw_only=True):
    """A trusted certificate. ``since``: when that began; ``counts`` False: what it links to is gone."""

    fingerprint: str
    subject: str
    not_before: datetime
    not_after: datetime
    how: str
    since: datetime | None
    counts: bool


class StateRow(msgspec.Struct, frozen=True, kw_only=True):
    """A State whose signatures are taken. ``newest``: the certificate that began last; ``since``: of the
    last that was taken; ``revocations``: None where there is no list, and nothing is checked by one."""

    name: str
    country: str
    certificates: tuple[CertificateRow, ...]
    newest: CertificateRow
    since: datetime | None
    revocations: RevocationsRow | None = None

    @property
    def number(self) -> int:
        """How many of its certificates count."""
        return sum(one.counts for one in self.certificates)


class ProposalRow(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal, with its certificate."""

    row: CertificateProposal
    certificate: IssuerCertificate
    state: str
    proposed_by: str
    ended_by: str
    end: str
    own: bool


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate as people compare it. ``groups``: its fingerprint, four figures at a time."""

    state: str
    country: str
    subject: str
    not_before: datetime
    not_after: datetime
    fingerprint: str

    @property
    def groups(self) -> str:
        """The fingerprint as it is read out."""
        return grouped(self.fingerprint)


class ListPage(msgspec.Struct, frozen=True, kw_only=True):
    """A master list. ``counts``: neither it (``removal``) nor the authority above it was removed."""

    row: AcceptedList
    counts: bool
    by: str
    certificates: int
    removal: Removal | None
    removed_by: str


def grouped(digest: str) -> str:
    """A fingerprint in capitals, four figures at a time, as it is compared aloud."""
    capitals = digest.upper()
    return " ".join(capitals[at : at + 4] for at in range(0, len(capitals), 4))


def facts_of(one: Entry | IssuerCertificate | SealSigner) -> Facts:
    """A certificate to be compared."""
    return Facts(
        state=state_of(one.country),
        country=one.country,
        subject=one.subject,
        not_before=one.not_before,
        not_after=one.not_after,
        fingerprint=one.fingerprint,
    )


def state_rows() -> list[StateRow]:
    """The States whose signatures are taken here, by name."""
    store = trusted()
    begins = _begins(store)
    revocations = revocations_of_states()
    rows = []
    for country, entries in groupby(store.entries, key=lambda one: one.country):
        certificates = tuple(_certificate_row(store, one, begins) for one in entries)
        standing = [one for one in certificates if one.counts]
        if standing:
            rows.append(
                StateRow(
                    name=state_of(country),
                    country=country,
                    certificates=certificates,
                    newest=max(standing, key=lambda one: one.not_before),
                    since=max(filter(None, (one.since for one in standing)), default=None),
                    revocations=revocations.get(country.upper()),
                )
            )
    return sorted(rows, key=lambda one: (one.name.casefold(), one.country))


def certificate_row(fingerprint: str) -> CertificateRow | None:
    """How a certificate stands in the store; None where it is not in it."""
    store = trusted()
    entry = store.find(fingerprint)
    return _certificate_row(store, entry, _begins(store)) if entry else None


def proposal_rows(rows: Iterable[CertificateProposal], officer: UUID) -> list[ProposalRow]:
    """Proposals for a page of this officer."""
    shown = list(rows)
    wanted = [one.fingerprint for one in shown]
    found = IssuerCertificate.objects.filter(fingerprint__in=wanted)
    certificates = {one.fingerprint: one for one in found}
    names = officer_names(who for one in shown for who in (one.proposed_by, one.ended_by))
    return [
        ProposalRow(
            row=one,
            certificate=certificates[one.fingerprint],
            state=state_of(certificates[one.fingerprint].country),
            proposed_by=names.get(one.proposed_by, ""),
            ended_by=names.get(one.ended_by, "") if one.ended_by else "",
            end=str(ENDS.get(one.end, one.end)),
            own=one.proposed_by == officer,
        )
        for one in shown
    ]


def waiting() -> Sequence[CertificateProposal]:
    """What waits for a second person, the longest first."""
    return list(CertificateProposal.objects.filter(end="").order_by("proposed_at", "id"))


def waits(fingerprint: str) -> CertificateProposal | None:
    """The proposal of this certificate that waits for a second person."""
    return CertificateProposal.objects.filter(fingerprint=fingerprint, end="").first()


def list_page(row: AcceptedList) -> ListPage:
    """One master list."""
    gone = Removal.objects.filter(of_list=True, id=row.id).first()
    names = officer_names([row.accepted_by, *([gone.removed_by] if gone else [])])
    return ListPage(
        row=row,
        counts=gone is None and row.root in list_authorities(),
        by=names.get(row.accepted_by, ""),
        certificates=len(row.names),
        removal=gone,
        removed_by=names.get(gone.removed_by, "") if gone else "",
    )


def list_pages() -> list[ListPage]:
    """The master lists that count, the last accepted first."""
    return [list_page(row) for row in reversed(standing_lists())]


class RemovalRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was taken off: a certificate by its subject, a list by its file."""

    row: Removal
    name: str
    by: str


def removal_rows(fingerprint: str = "") -> list[RemovalRow]:
    """What was taken off, the last first: everything, or one certificate."""
    found = Removal.objects.order_by("-removed_at", "-id")
    if fingerprint:
        found = found.filter(of_list=False, digest=fingerprint)
    shown = list(found[:REMOVALS_SHOWN])
    digests = [one.digest for one in shown]
    certificates = IssuerCertificate.objects.filter(fingerprint__in=digests)
    names = dict(certificates.values_list("fingerprint", "subject"))
    signers = SealSigner.objects.filter(fingerprint__in=digests)
    names |= dict(signers.values_list("fingerprint", "subject"))
    names |= dict(AcceptedList.objects.filter(digest__in=digests).values_list("digest", "file"))
    officers = officer_names(one.removed_by for one in shown)
    return [
        RemovalRow(row=one, name=names.get(one.digest, ""), by=officers.get(one.removed_by, ""))
        for one in shown
    ]


def _begins(store: TrustStore) -> dict[str, datetime]:
    """Since when what lists and links stand by is here, by digest or fingerprint."""
    lists = {one.digest: one.imported_at for one in store.lists}
    return lists | dict(CertificateLink.objects.values_list("fingerprint", "taken_at"))


def _certificate_row(
    store: TrustStore, entry: Entry, begins: dict[str, datetime]
) -> CertificateRow:
    since = entry.approved_at
    if entry.how == "list":
        since = min(begins[one] for one in entry.sources)
    elif entry.how == "link":
        since = begins.get(entry.fingerprint)
    return CertificateRow(
        fingerprint=entry.fingerprint,
        subject=entry.subject,
        not_before=entry.not_before,
        not_after=entry.not_after,
        how=str(HOW[entry.how]),
        since=since,
        counts=store.state(entry) == "trusted",
    )
