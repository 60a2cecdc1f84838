"""Editions of the lost and stolen documents, and what changed of them, as journals tell."""

from __future__ import annotations

from datetime import UTC, date
from typing import ClassVar

from django.db import models

from openmidas.journal.models import Projection


class LostEdition(Projection):
    """An edition that the HQ published. Its file lies in the node's folder, see `lists.lost.files`."""

    title = models.CharField(max_length=200)
    dated = models.DateTimeField()
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    key = models.BinaryField()
    documents = models.PositiveBigIntegerField()
    left_out = models.PositiveBigIntegerField()
    limit_days = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    clock = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["clock"], name="lost_edition_latest")]

    def __str__(self) -> str:
        return f"lost {self.day.isoformat()}"

    @property
    def day(self) -> date:
        """The day of the list."""
        return self.dated.astimezone(UTC).date()


class LostChange(Projection):
    """What changed of an edition; the bytes are an attachment. ``id`` follows from edition and number."""

    edition = models.UUIDField()
    number = models.PositiveIntegerField()
    dated = models.DateTimeField()
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    added = models.PositiveBigIntegerField()
    removed = models.PositiveBigIntegerField()
    left_out = models.PositiveBigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["edition", "number"], name="lost_change_place")]
