"""What the headquarters writes of the certificates of States: for every node, of no person.

Certificates are bytes as their State made them (DER). What is trusted follows from all of these together:
see `openmidas.issuers.trusting`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from openmidas.issuers import limits
from openmidas.journal import TO_STATE, Content, NodeKind, kind

Der = Annotated[bytes, Meta(min_length=1, max_length=limits.MOST_DER)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Digest = Annotated[bytes, Meta(min_length=32, max_length=32)]
Words = Annotated[str, Meta(min_length=limits.SHORTEST, max_length=limits.WORDS)]
Name = Annotated[str, Meta(max_length=limits.NAME)]


@kind("issuer.proposed", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class IssuerProposed(Content, frozen=True, kw_only=True):
    """Somebody proposes the certificate of a State's authority, and says how it came here.

    ``signs_lists``: one officer shall accept the master lists that are signed under it, which bring
    authorities of any State.
    """

    proposal: UUID
    certificate: Der
    obtained: Words
    signs_lists: bool


@kind("issuer.approved", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class IssuerApproved(Content, frozen=True, kw_only=True):
    """A second person agrees to a proposed certificate. ``fingerprint``: of what they saw."""

    proposal: UUID
    fingerprint: Sha256


@kind("issuer.refused", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class IssuerRefused(Content, frozen=True, kw_only=True):
    """A proposed certificate is not taken: a second person says why, or who proposed it takes it back."""

    proposal: UUID
    reason: Words


@kind("issuer.linked", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class IssuerLinked(Content, frozen=True, kw_only=True):
    """A link certificate, trusted as long as the one of the same State that signed it (``links_to``)."""

    certificate: Der
    links_to: Sha256


@kind("issuer.listed", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class IssuersListed(Content, frozen=True, kw_only=True):
    """Certificates that a master list brings and that were not here yet, some at a time.

    They count for nothing until the list that names them is accepted.
    """

    certificates: Annotated[tuple[Der, ...], Meta(max_length=limits.MOST_TOGETHER)]


@kind("issuer.list_accepted", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class MasterListAccepted(Content, frozen=True, kw_only=True):
    """Somebody accepts a master list: what it brings is trusted through its signer.

    ``digest``: SHA-256 of the file; ``root``: fingerprint of the authority above its signer, which two
    persons have taken before, to sign lists; ``fingerprints``: of all certificates that it brings and that
    could be read.
    """

    list: UUID
    digest: Sha256
    file: Name
    signer: Name
    root: Sha256
    root_name: Name
    signed_at: datetime | None
    fingerprints: Annotated[tuple[Digest, ...], Meta(max_length=limits.MOST_LISTED)]


@kind("issuer.removed", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class IssuerRemoved(Content, frozen=True, kw_only=True):
    """A certificate is trusted no more, whatever list has it, until two persons take it again."""

    fingerprint: Sha256
    reason: Words


@kind("issuer.list_removed", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class MasterListRemoved(Content, frozen=True, kw_only=True):
    """A master list counts no more, nor what it alone vouches for."""

    list: UUID
    reason: Words


@kind("issuer.revocations_taken", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class RevocationsTaken(Content, frozen=True, kw_only=True):
    """A list of revoked certificates (CRL). ``authority``: whose key signed it."""

    list: Annotated[bytes, Meta(min_length=1, max_length=limits.MOST_REVOCATIONS)]
    authority: Sha256


@kind("issuer.signers_taken", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class SealSignersTaken(Content, frozen=True, kw_only=True):
    """Certificates of seal signers, which an authority that is trusted signed, some at a time."""

    certificates: Annotated[tuple[Der, ...], Meta(min_length=1, max_length=limits.MOST_TOGETHER)]
