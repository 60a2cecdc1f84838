"""Interviews that headquarters asked for, as journals tell of them. ``crossing`` is the inspection's id."""

from __future__ import annotations

from django.db import models

from openmidas.cases.taking_over.entries import MOST_WORDS
from openmidas.journal.models import Projection


class TakeOver(Projection):
    """An asking of the HQ. The last one of a crossing counts."""

    crossing = models.UUIDField(db_index=True)
    why = models.CharField(max_length=MOST_WORDS)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    clock = models.BigIntegerField()


class TakeOverAnswer(Projection):
    """What a post said to it. ``ended_at``: when the post took the interview back."""

    asking = models.UUIDField(db_index=True)
    crossing = models.UUIDField()
    granted = models.BooleanField()
    why = models.CharField(max_length=MOST_WORDS, blank=True)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    clock = models.BigIntegerField()


class HqDirection(Projection):
    """What the HQ said of an interview that it has; ``outcome`` empty: a note."""

    asking = models.UUIDField(db_index=True)
    crossing = models.UUIDField()
    words = models.CharField(max_length=MOST_WORDS)
    outcome = models.CharField(max_length=16, blank=True)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    clock = models.BigIntegerField()
