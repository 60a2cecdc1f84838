"""Interviews of the second line, as journals tell of them. ``crossing`` is the inspection's id."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from openmidas.cases.interviews.entries import MOST_SAID
from openmidas.journal.models import Projection


class CaseTaking(Projection):
    """An officer who took a traveller on. The last one of a crossing that was not left has them."""

    crossing = models.UUIDField(db_index=True)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    clock = models.BigIntegerField()


class CaseNote(Projection):
    """One note of an interview."""

    crossing = models.UUIDField(db_index=True)
    text = models.TextField()
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()


class CaseChecklist(Projection):
    """What of the checklist is done; ``id`` is the crossing's."""

    done = models.JSONField(default=list)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    clock = models.BigIntegerField()


class CareRecord(Projection):
    """What a traveller who waits asked for or was given."""

    crossing = models.UUIDField(db_index=True)
    what = models.CharField(max_length=16)
    answer = models.CharField(max_length=16)
    said = models.CharField(max_length=MOST_SAID, blank=True)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()


class Hold(Projection):
    """A time in which a traveller may not leave; ``ended_at`` None: it lasts."""

    crossing = models.UUIDField(db_index=True)
    ground = models.CharField(max_length=16)
    note = models.TextField(blank=True)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    clock = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="hold_at")]
