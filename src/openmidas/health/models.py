"""What journals tell of health checks and of the definitions that they are held against."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from django.db import models

from openmidas.cases.referrals.pathways import MAX_TITLE
from openmidas.health.definitions import Definitions, Symptom
from openmidas.health.entries import Visit
from openmidas.journal.models import Projection


class PublishedDefinitions(Projection):
    """Definitions that the HQ published. The newest by the logical clock are in force."""

    title = models.CharField(max_length=MAX_TITLE)
    dated = models.DateField()
    limit_days = models.PositiveIntegerField()
    definitions = models.BinaryField()  # MessagePack of Definitions
    officer = models.UUIDField(null=True)
    published_at = models.DateTimeField()
    clock = models.BigIntegerField()

    def said(self) -> Definitions:
        """The definitions."""
        return msgspec.msgpack.decode(bytes(self.definitions), type=Definitions)


class HealthCheck(Projection):
    """One check of one traveller. ``node``: the post; a second check is another row."""

    crossing = models.UUIDField(db_index=True)
    temperature = models.FloatField(null=True)
    symptoms = models.JSONField(default=list)
    contact = models.CharField(max_length=8)
    itinerary = models.JSONField(default=list)
    words = models.TextField(blank=True)
    edition = models.UUIDField(null=True)
    met = models.JSONField(default=list)
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()
    clock = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["node", "at"], name="health_check_node_at")]

    def visits(self) -> tuple[Visit, ...]:
        """The itinerary, as it was told."""
        return msgspec.convert(self.itinerary, tuple[Visit, ...])

    def signs(self) -> tuple[Symptom, ...]:
        """The symptoms, those that this version knows."""
        return tuple(Symptom(code) for code in self.symptoms if code in set(Symptom))


class HealthAnswer(Projection):
    """That health has finished with a traveller for now, and the one word that others read."""

    crossing = models.UUIDField(db_index=True)
    word = models.CharField(max_length=8)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    clock = models.BigIntegerField()
