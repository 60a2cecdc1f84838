"""What journals tell of referrals and of the pathways they follow."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from django.db import models

from openmidas.cases.referrals.entries import LONGEST_REACHED, Datum
from openmidas.cases.referrals.pathways import MAX_TITLE, Pathways
from openmidas.journal.models import Projection


class PublishedPathways(Projection):
    """Pathways that the HQ published. The newest by the logical clock are in force."""

    title = models.CharField(max_length=MAX_TITLE)
    dated = models.DateField()
    limit_days = models.PositiveIntegerField()
    pathways = models.BinaryField()  # MessagePack of Pathways
    officer = models.UUIDField(null=True)
    published_at = models.DateTimeField()
    clock = models.BigIntegerField()

    def said(self) -> Pathways:
        """The pathways."""
        return msgspec.msgpack.decode(bytes(self.pathways), type=Pathways)


class Referral(Projection):
    """One referral. ``node``: the post that made it.

    ``compartment``: a code of `posts.entries.Compartment`; ``edition``: of the pathways; ``data``: the
    minimum data set, see `told`; ``outcome`` empty: open.
    """

    crossing = models.UUIDField(db_index=True)
    compartment = models.CharField(max_length=16)
    edition = models.UUIDField()
    consent = models.CharField(max_length=16)
    why = models.TextField(blank=True)
    data = models.JSONField(default=list)
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=16, blank=True)
    closing = models.TextField(blank=True)
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["node", "at"], name="referral_node_at")]

    def told(self) -> tuple[Datum, ...]:
        """The minimum data set, as it was told."""
        return msgspec.convert(self.data, tuple[Datum, ...])


class ReferralNote(Projection):
    """One step taken, or one note, of a referral. Neither is ever changed."""

    referral = models.UUIDField(db_index=True)
    step = models.PositiveSmallIntegerField(null=True)
    reached = models.CharField(max_length=LONGEST_REACHED, blank=True)
    text = models.TextField(blank=True)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
