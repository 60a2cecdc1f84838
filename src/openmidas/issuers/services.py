"""What can be done about certificates of States.

A single certificate takes two persons, as a listing does, and so does the authority that master lists are
signed under, where they take it for that; then one person accepts each of its lists. A link is believed
through what it links to. Removing takes one: no document becomes valid by it. All is checked while the
journal is held, so that two who act at once cannot make one pair of eyes out of four.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import transaction

from openmidas.documents.chip import Entry
from openmidas.issuers import entries, limits
from openmidas.issuers.given import Seen
from openmidas.issuers.models import (
    AcceptedList,
    CertificateProposal,
    IssuerCertificate,
    Removal,
)
from openmidas.issuers.people import keeper, keepers
from openmidas.issuers.trusting import standing_lists, taken_by_hand, trusted, why_not
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record, record_all
from openmidas.posts.refusals import Refused


@transaction.atomic
def propose(actor: Actor, seen: Seen, obtained: str, *, signs_lists: bool = False) -> UUID:
    """Ask that a certificate is trusted, or the authority of a list; the number of the proposal.

    ``signs_lists``: master lists signed under it shall be accepted by one person, which is what the authority
    of a list is proposed for.

    Raises `Refused`: ``issuer.nobody``, ``issuer.known``, ``issuer.waiting``, ``issuer.large``,
    ``reason.missing``.
    """
    keeper(actor)
    if seen.said.kind == "list":
        known = not why_not(seen.said.root_fingerprint, seen.said.fingerprint)
        entry = _fitting(None if known else seen.root)
    else:
        entry = _certificate(seen.entry)
    if CertificateProposal.objects.filter(fingerprint=entry.fingerprint, end="").exists():
        raise Refused("issuer.waiting")
    content = entries.IssuerProposed(
        proposal=new_id(),
        certificate=entry.der,
        obtained=_words(obtained),
        signs_lists=signs_lists or seen.said.kind == "list",
    )
    record(content, actor=actor)
    return content.proposal


@transaction.atomic
def approve(actor: Actor, proposal: UUID, fingerprint: str) -> None:
    """Agree, as a second person, to the certificate that was seen.

    Raises `Refused`: ``issuer.nobody``, ``proposal.unknown``, ``proposal.ended``,
    ``proposal.same_person``, ``proposal.changed``, ``proposal.proposer_gone``.
    """
    known = _waiting(actor, proposal)
    if actor.officer == known.proposed_by:
        raise Refused("proposal.same_person")
    if known.proposed_by not in keepers():
        raise Refused("proposal.proposer_gone")
    if fingerprint != known.fingerprint:
        raise Refused("proposal.changed")
    record(entries.IssuerApproved(proposal=known.id, fingerprint=fingerprint), actor=actor)


@transaction.atomic
def refuse(actor: Actor, proposal: UUID, reason: str) -> None:
    """Not agree, or take one's own proposal back, and say why.

    Raises `Refused`: ``issuer.nobody``, ``proposal.unknown``, ``proposal.ended``, ``reason.missing``.
    """
    known = _waiting(actor, proposal)
    record(entries.IssuerRefused(proposal=known.id, reason=_words(reason)), actor=actor)


@transaction.atomic
def take_link(actor: Actor, seen: Seen) -> None:
    """Trust a link certificate as long as what it links to.

    Raises `Refused`: ``issuer.nobody``, ``issuer.known``, ``issuer.large``, ``issuer.no_link``.
    """
    keeper(actor)
    entry = _certificate(seen.entry)
    if not seen.is_link or trusted().find(entry.sources[0]) is None:
        raise Refused("issuer.no_link")
    record(
        entries.IssuerLinked(certificate=entry.der, links_to=entry.sources[0]),
        actor=actor,
    )


@transaction.atomic
def accept_list(actor: Actor, seen: Seen) -> UUID:
    """Trust what a master list brings, under an authority that two persons took; the number of the list.

    Raises `Refused`: ``issuer.nobody``, ``issuer.list_known``, ``issuer.large``, and as `why_not` says.
    """
    keeper(actor)
    said = seen.said
    if any(one.digest == said.fingerprint for one in standing_lists()):
        raise Refused("issuer.list_known")
    if code := why_not(said.root_fingerprint, said.fingerprint):
        raise Refused(code)
    if len(seen.listed) > limits.MOST_LISTED or not all(map(_fits, seen.listed)):
        raise Refused("issuer.large")
    content = entries.MasterListAccepted(
        list=new_id(),
        digest=said.fingerprint,
        file=_name(said.file),
        signer=_name(said.signer),
        root=said.root_fingerprint,
        root_name=_name(said.root),
        signed_at=said.signed_at,
        fingerprints=tuple(bytes.fromhex(one.fingerprint) for one in seen.listed),
    )
    here = set(IssuerCertificate.objects.values_list("fingerprint", flat=True))
    new = [one.der for one in seen.listed if one.fingerprint not in here]
    parts = [entries.IssuersListed(certificates=part) for part in in_parts(new)]
    record_all([*parts, content], actor=actor)
    return content.list


@transaction.atomic
def remove(actor: Actor, fingerprint: str, reason: str) -> None:
    """Trust a certificate no more, whatever list has it; or that of a seal signer.

    Raises `Refused`: ``issuer.nobody``, ``issuer.unknown``, ``reason.missing``.
    """
    keeper(actor)
    store = trusted()
    signers = {one.fingerprint for one in store.signers}
    if store.find(fingerprint) is None and fingerprint not in signers:
        raise Refused("issuer.unknown")
    record(entries.IssuerRemoved(fingerprint=fingerprint, reason=_words(reason)), actor=actor)


@transaction.atomic
def remove_list(actor: Actor, list: UUID, reason: str) -> None:
    """Take off a master list, with what it alone vouches for. Raises `Refused` as `remove` does.

    One whose authority was removed can be taken off as well: it shall not come back with that.
    """
    keeper(actor)
    removed = Removal.objects.filter(of_list=True, id=list).exists()
    if removed or not AcceptedList.objects.filter(id=list).exists():
        raise Refused("issuer.unknown")
    record(entries.MasterListRemoved(list=list, reason=_words(reason)), actor=actor)


def _certificate(entry: Entry | None) -> Entry:
    """One that two persons have not taken yet. Raises `Refused` ``issuer.known``, ``issuer.large``."""
    return _fitting(None if entry is None or entry.fingerprint in taken_by_hand() else entry)


def _fitting(entry: Entry | None) -> Entry:
    """One to be taken; None is known. Raises `Refused` ``issuer.known``, ``issuer.large``."""
    if entry is None:
        raise Refused("issuer.known")
    if not _fits(entry):
        raise Refused("issuer.large")
    return entry


def _fits(entry: Entry) -> bool:
    """Whether a certificate is of a size as they have, and its name one that every database takes."""
    return len(entry.der) <= limits.MOST_DER and (entry.subject + entry.country).isprintable()


def _waiting(actor: Actor, proposal: UUID) -> CertificateProposal:
    """The proposal, while the journal is held. Raises `Refused`."""
    keeper(actor)
    known = CertificateProposal.objects.filter(id=proposal, node=this_node().id).first()
    if known is None:
        raise Refused("proposal.unknown")
    if known.end:
        raise Refused("proposal.ended")
    return known


def in_parts(ders: Sequence[bytes]) -> Iterator[tuple[bytes, ...]]:
    """Certificates in runs, each small enough for one entry."""
    part: list[bytes] = []
    size = 0
    for der in ders:
        if part and (len(part) == limits.MOST_TOGETHER or size + len(der) > limits.BYTES_TOGETHER):
            yield tuple(part)
            part, size = [], 0
        part.append(der)
        size += len(der)
    if part:
        yield tuple(part)


def _words(text: str) -> str:
    """What somebody wrote, on one line. Raises `Refused` ``reason.missing``."""
    said = _name(" ".join(text.split()))[: limits.WORDS]
    if len(said) < limits.SHORTEST:
        raise Refused("reason.missing")
    return said


def _name(text: str) -> str:
    """A text from outside without what no column takes."""
    return "".join(filter(str.isprintable, text))[: limits.NAME]
