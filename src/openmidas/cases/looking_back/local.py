"""How far looking back has come on this machine: no fact, and nothing is lost with it."""

from __future__ import annotations

from django.db import models


class LookingBackRun(models.Model):
    """An edition whose news are being held against the crossings. ``id`` is the edition's.

    ``after``: the last crossing that was looked at; ``crossings``: how many were, of about ``all``.
    """

    id = models.UUIDField(primary_key=True)
    before = models.UUIDField(null=True)
    list_code = models.CharField(max_length=32)
    listings = models.PositiveIntegerField()
    since = models.DateTimeField()
    started_at = models.DateTimeField()
    after = models.UUIDField(null=True)
    crossings = models.PositiveBigIntegerField(default=0)
    all = models.PositiveBigIntegerField()
    strong = models.PositiveIntegerField(default=0)
    possible = models.PositiveIntegerField(default=0)
    not_kept = models.PositiveBigIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.list_code}: {self.crossings} of {self.all}"

    @property
    def percent(self) -> int:
        """How much of it is done; never 100 before it is."""
        return min(99, 100 * self.crossings // self.all) if self.all else 99


class LateLook(models.Model):
    """Up to which entry (``after``, in the order of arrival) late crossings were held against an edition.

    ``id`` is the edition's; ``since``: when it was looked back from.
    """

    id = models.UUIDField(primary_key=True)
    since = models.DateTimeField()
    after = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.id}: {self.after}"
