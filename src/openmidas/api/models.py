"""The State's other systems that may ask this HQ, and what they were told, as its journal has it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from openmidas.journal.models import Projection

LONGEST_NAME = 120
LONGEST_TEXT = 500


class System(Projection):
    """A system that was given a token. ``digest``: of the token, which is stored nowhere."""

    name = models.CharField(max_length=LONGEST_NAME)
    responsible = models.CharField(max_length=LONGEST_NAME)
    purpose = models.CharField(max_length=LONGEST_TEXT)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, db_index=True)
    admitted_at = models.DateTimeField()
    admitted_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=LONGEST_TEXT, blank=True)  # of the revocation

    def __str__(self) -> str:
        return self.name


class PersonsRead(Projection):
    """An answer that told a system who crossed. Oversight reads these."""

    system = models.UUIDField()
    asked = models.CharField(max_length=LONGEST_TEXT)
    records = models.PositiveIntegerField()
    first = models.UUIDField()
    last = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["system", "at"], name="persons_read_at")]


class DayOfUse(Projection):
    """How often a system asked on a day; several rows for one day add up."""

    system = models.UUIDField()
    scope = models.CharField(max_length=16)
    day = models.DateField()
    requests = models.PositiveIntegerField()
    records = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["system", "day"], name="day_of_use")]
