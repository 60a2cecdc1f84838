"""The State's own lists as the journal of the HQ tells of them. Only the HQ has these rows."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec
from django.db import models

from openmidas.journal.models import Projection
from openmidas.lists.national.entries import Said


class NationalList(Projection):
    """A list of the State's own. ``owners``, ``readers``: see `entries.ListConfigured`."""

    code = models.CharField(max_length=32, db_index=True)
    title = models.CharField(max_length=200)
    owners = models.JSONField(default=list)
    readers = models.JSONField(default=list)
    limit_days = models.PositiveIntegerField()
    officer = models.UUIDField(null=True)
    configured_at = models.DateTimeField()
    clock = models.BigIntegerField()

    def __str__(self) -> str:
        return self.title


class End(models.TextChoices):
    """How a proposal ended."""

    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ListingProposal(Projection):
    """What an owner proposed of a listing, and what came of it.

    ``body``: MessagePack of `Said`, empty where the listing is to go; ``end``: empty while it waits.
    """

    listing = models.UUIDField(db_index=True)
    list = models.UUIDField(db_index=True)
    change = models.CharField(max_length=8)
    number = models.CharField(max_length=64)
    body = models.BinaryField()
    digest = models.CharField(max_length=64)
    why = models.CharField(max_length=200, blank=True)
    rests_on = models.UUIDField(null=True)
    batch = models.UUIDField(null=True, db_index=True)
    proposed_by = models.UUIDField(null=True)
    proposed_at = models.DateTimeField()
    end = models.CharField(max_length=10, choices=End, blank=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["list", "end"], name="proposal_waiting")]

    def said(self) -> Said | None:
        """What the listing is to say; None where it is to be removed."""
        raw = bytes(self.body)
        return msgspec.msgpack.decode(raw, type=Said) if raw else None


class NationalListing(Projection):
    """A listing as it stands, approved. ``proposal``: what it stands by now.

    ``words``: names and numbers of documents in the form of searching, each after a space.
    """

    list = models.UUIDField()
    number = models.CharField(max_length=64)
    category = models.CharField(max_length=16)
    action = models.CharField(max_length=16)
    discreet = models.BooleanField()
    expires_on = models.DateField(db_index=True)
    body = models.BinaryField()
    words = models.TextField(blank=True)
    removed = models.BooleanField(default=False)
    proposal = models.UUIDField()
    proposed_by = models.UUIDField(null=True)
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField()
    clock = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["list", "removed", "number"], name="listing_of")]

    def __str__(self) -> str:
        return self.number

    def said(self) -> Said:
        """Everything that it says."""
        return msgspec.msgpack.decode(bytes(self.body), type=Said)

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return not self.removed and self.expires_on >= day
