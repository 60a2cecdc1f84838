"""Incidents, as journals tell of them."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from django.db import models

from openmidas.incidents import limits
from openmidas.incidents.entries import Away, Bearing, Place, Point
from openmidas.incidents.rules import Rules
from openmidas.journal.models import Projection


class Step(models.TextChoices):
    """What a line of an incident's history is."""

    REPORTED = "reported"
    RAISED = "raised"
    UPDATED = "updated"
    COMMENTED = "commented"
    CLOSED = "closed"
    REOPENED = "reopened"


class ToldColumns(models.Model):
    """What can be said of an incident, see `entries.Told`."""

    words = models.TextField(blank=True)
    happened_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=limits.PLACE, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    kilometres = models.FloatField(null=True)
    bearing = models.CharField(max_length=2, blank=True)
    people = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True

    def where(self) -> Place | None:
        """Where it happened; None where nothing was said of that."""
        point = away = None
        if self.latitude is not None and self.longitude is not None:
            point = Point(latitude=self.latitude, longitude=self.longitude)
        if self.kilometres is not None and self.bearing:
            away = Away(kilometres=self.kilometres, bearing=Bearing(self.bearing))
        if not self.place and point is None:
            return None
        return Place(name=self.place, point=point, away=away)


class Incident(Projection, ToldColumns):
    """One incident as it stands: what the last step that says something of it says.

    ``node`` wrote it; ``post``: about which post, another where a rule of the HQ raised it; ``words``:
    the first that say what happened; ``rule``, ``edition``, ``cause``: why a rule raised it, empty where
    people report; ``changed_at``: when the last step was written that its own node took.
    """

    post = models.UUIDField()
    kind = models.CharField(max_length=16)
    severity = models.CharField(max_length=8)
    open = models.BooleanField(default=True)
    outcome = models.CharField(max_length=16, blank=True)
    source = models.CharField(max_length=16, blank=True)
    rule = models.CharField(max_length=32, blank=True)
    edition = models.CharField(max_length=32, blank=True)
    cause = models.JSONField(default=dict)
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at"], name="incident_at"),
            models.Index(fields=["open", "severity"], name="incident_open"),
            models.Index(fields=["post", "at"], name="incident_post_at"),
        ]

    def __str__(self) -> str:
        return number_of(self.id.hex)


class IncidentStep(Projection, ToldColumns):
    """A line of the history of an incident: the report itself, and everything since.

    ``severity``, ``outcome``: empty where the step says nothing of that.
    """

    incident = models.UUIDField()
    step = models.CharField(max_length=10, choices=Step)
    severity = models.CharField(max_length=8, blank=True)
    outcome = models.CharField(max_length=16, blank=True)
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()
    clock = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["incident", "clock"], name="incident_step")]


class IncidentLink(Projection):
    """What an incident has to do with: one of ``crossing``, ``plate`` and ``other`` (an incident)."""

    incident = models.UUIDField(db_index=True)
    crossing = models.UUIDField(null=True, db_index=True)
    plate = models.CharField(max_length=limits.PLATE, blank=True, db_index=True)
    other = models.UUIDField(null=True, db_index=True)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()


class PublishedIncidentRules(Projection):
    """Rules that the HQ published. The newest by the logical clock are in use."""

    edition = models.CharField(max_length=32)
    rules = models.BinaryField()  # MessagePack of Rules
    officer = models.UUIDField(null=True)
    published_at = models.DateTimeField()
    clock = models.BigIntegerField()

    def said(self) -> Rules:
        """The rules."""
        return msgspec.msgpack.decode(bytes(self.rules), type=Rules)


def number_of(id: str) -> str:
    """What people call an incident or a crossing by, out of its id in hexadecimal: "3F2A-91BC"."""
    last = id[-8:].upper()
    return f"{last[:4]}-{last[4:]}"
