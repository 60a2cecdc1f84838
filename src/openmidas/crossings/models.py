"""Crossings and rules of stay, as journals tell of them."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from django.db import models

from openmidas.crossings.inspection import Inspection, State
from openmidas.crossings.rules import RuleSet
from openmidas.journal.models import Projection


class Status(models.TextChoices):
    """How far a crossing is."""

    ADMITTED = "admitted"
    REFERRED = "referred"
    REFUSED = "refused"


class Crossing(Projection):
    """One traveller's entry or exit, or the refusal of it. ``id`` is the inspection's."""

    lane = models.CharField(max_length=32)
    direction = models.CharField(max_length=8)
    status = models.CharField(max_length=10, choices=Status)
    state = models.CharField(max_length=8, choices=[(s, s) for s in State])
    surname = models.CharField(max_length=120, blank=True)
    given_names = models.CharField(max_length=120, blank=True)
    birth = models.CharField(max_length=16, blank=True)  # ISO, as far as known
    sex = models.CharField(max_length=1, blank=True)
    nationality = models.CharField(max_length=3, blank=True)
    document_code = models.CharField(max_length=2, blank=True)
    document_number = models.CharField(max_length=40, blank=True)
    document_issuer = models.CharField(max_length=3, blank=True)
    document_expiry = models.CharField(max_length=16, blank=True)
    how_read = models.CharField(max_length=8)
    purpose = models.CharField(max_length=16)
    origin = models.CharField(max_length=80, blank=True)
    destination = models.CharField(max_length=80, blank=True)
    conveyance = models.CharField(max_length=16)
    group = models.UUIDField(null=True)
    stay_rule = models.CharField(max_length=32, blank=True)
    stay_until = models.DateField(null=True)
    inspection = models.BinaryField()  # everything as it was decided on, MessagePack of Inspection
    reason = models.CharField(max_length=32, blank=True)  # of the referral, then of the refusal
    note = models.TextField(blank=True)
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()
    resolved_by = models.UUIDField(null=True)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["document_number", "document_issuer"], name="crossing_document"),
            models.Index(fields=["node", "at"], name="crossing_node_at"),
            models.Index(fields=["status"], name="crossing_status"),
        ]

    def inspected(self) -> Inspection:
        """What the officer had before them when they decided."""
        return msgspec.msgpack.decode(bytes(self.inspection), type=Inspection)


class CancelledInspection(Projection):
    """A scan that led to no decision. ``id`` is the inspection's."""

    lane = models.CharField(max_length=32)
    state = models.CharField(max_length=8)
    inspection = models.BinaryField()
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()


class PublishedRules(Projection):
    """A rule set that the HQ published. The newest by the logical clock is in force."""

    title = models.CharField(max_length=120)
    dated = models.DateField()
    limit_days = models.PositiveIntegerField()
    rules = models.BinaryField()  # MessagePack of RuleSet
    published_at = models.DateTimeField()
    clock = models.BigIntegerField()

    def rule_set(self) -> RuleSet:
        """The rules."""
        return msgspec.msgpack.decode(bytes(self.rules), type=RuleSet)
