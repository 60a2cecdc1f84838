"""Certificates of States, and what was said of each, as the journal of the headquarters tells."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID, uuid5

from django.db import models

from openmidas.issuers import limits
from openmidas.journal.models import Projection

_CERTIFICATES = UUID("019ac6b0-6f0e-7c1a-9a54-3d1f0d6f2b11")


def certificate_id(fingerprint: str) -> UUID:
    """The id of the rows about a certificate, which its fingerprint gives."""
    return uuid5(_CERTIFICATES, fingerprint)


def revocations_id(node: UUID, issuer: str, key: bytes) -> UUID:
    """The id of the row of a key's lists: of its authority (`chip.trust.name_key`) and the key itself."""
    return uuid5(node, f"{issuer} {key.hex()}")


class IssuerCertificate(Projection):
    """A certificate, read. Whether it is trusted is not said here."""

    fingerprint = models.CharField(max_length=64, unique=True)
    der = models.BinaryField()
    country = models.TextField()
    subject = models.TextField()
    name_key = models.CharField(max_length=64)
    key_id = models.TextField()
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()

    def __str__(self) -> str:
        return self.subject


class End(models.TextChoices):
    """How a proposal ended."""

    APPROVED = "approved"
    REFUSED = "refused"


class CertificateProposal(Projection):
    """A certificate that somebody proposed. ``end``: empty while it waits; ``clock``: of its end.

    ``signs_lists``: once approved, one officer accepts the master lists that are signed under it.
    """

    fingerprint = models.CharField(max_length=64, db_index=True)
    obtained = models.CharField(max_length=limits.WORDS)
    signs_lists = models.BooleanField()
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    end = models.CharField(max_length=10, choices=End, blank=True, db_index=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=limits.WORDS, blank=True)
    clock = models.BigIntegerField(default=0)


class CertificateLink(Projection):
    """A link certificate and the one that it links to (a fingerprint). ``id``: see `certificate_id`."""

    fingerprint = models.CharField(max_length=64)
    links_to = models.CharField(max_length=64)
    taken_by = models.UUIDField()
    taken_at = models.DateTimeField()
    clock = models.BigIntegerField()


class AcceptedList(Projection):
    """A master list that somebody accepted. ``fingerprints``: of its certificates, 32 bytes each."""

    digest = models.CharField(max_length=64, db_index=True)
    file = models.CharField(max_length=limits.NAME)
    signer = models.CharField(max_length=limits.NAME)
    root = models.CharField(max_length=64)
    root_name = models.CharField(max_length=limits.NAME)
    signed_at = models.DateTimeField(null=True)
    fingerprints = models.BinaryField()
    accepted_by = models.UUIDField()
    accepted_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["accepted_at"], name="issuer_list_accepted")]

    def __str__(self) -> str:
        return self.file

    @property
    def names(self) -> list[str]:
        """The fingerprints of its certificates, in small hexadecimal figures."""
        raw = bytes(self.fingerprints)
        return [raw[at : at + 32].hex() for at in range(0, len(raw), 32)]


class Removal(Projection):
    """The last time that somebody took off a certificate or a list, and why.

    ``digest``: the fingerprint of the certificate (``id``: see `certificate_id`), or the digest of the list
    (``id``: the list's).
    """

    of_list = models.BooleanField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=limits.WORDS)
    removed_by = models.UUIDField()
    removed_at = models.DateTimeField(db_index=True)
    clock = models.BigIntegerField()


class RevocationList(Projection):
    """The newest list of revoked certificates of one key of an authority. ``id``: see `revocations_id`.

    ``revoked``: how many it has; ``until``: when the next one was promised for; ``taken_by``: nobody by name
    where it came in at the terminal.
    """

    der = models.BinaryField()
    country = models.TextField()
    issuer = models.TextField()
    authority = models.CharField(max_length=64)
    number = models.CharField(max_length=100, blank=True)
    made = models.DateTimeField()
    until = models.DateTimeField()
    revoked = models.PositiveIntegerField()
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField()


class SealSigner(Projection):
    """The certificate of a seal signer. ``id``: see `certificate_id`; ``taken_by``: as above.

    Whether it is believed is not said here: it is asked each time whether a trusted authority signed it.
    """

    fingerprint = models.CharField(max_length=64)
    der = models.BinaryField()
    country = models.TextField()
    subject = models.TextField()
    signer = models.TextField()
    reference = models.TextField()
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField()
    clock = models.BigIntegerField()


class IssuerEdition(Projection):
    """How often a headquarters has said something that changes who is trusted, and when last.

    One row for each that has: by it a node knows whether what it has put together still holds.
    """

    changes = models.PositiveIntegerField()
    last = models.BigIntegerField()
