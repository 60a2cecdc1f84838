"""What was found by looking back, and how far it was looked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from openmidas.cases.entries import MOST_LISTING
from openmidas.journal.models import Projection


class LaterHit(Projection):
    """A hit that was found after its traveller had gone on. ``id``: see `crossings.hits.hit_id`.

    ``crossing``: the scan, also one that was cancelled; ``post``: where it was, ``crossed_at``: when.
    """

    crossing = models.UUIDField(db_index=True)
    post = models.UUIDField()
    list_code = models.CharField(max_length=32)
    listing = models.CharField(max_length=MOST_LISTING)
    edition = models.UUIDField()
    digest = models.CharField(max_length=64)
    level = models.CharField(max_length=8)
    score = models.FloatField()
    agreed = models.JSONField(default=list)
    crossed_at = models.DateTimeField()
    found_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["edition", "listing"], name="later_hit_listing"),
            models.Index(fields=["list_code", "found_at"], name="later_hit_list"),
        ]

    def __str__(self) -> str:
        return f"{self.list_code} {self.listing}: {self.crossing}"


class LookedBack(Projection):
    """An edition whose news were held against the scans of the past; ``id`` is its, or its changes'."""

    before = models.UUIDField(null=True)
    list_code = models.CharField(max_length=32)
    listings = models.PositiveIntegerField()
    crossings = models.PositiveBigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    strong = models.PositiveIntegerField()
    possible = models.PositiveIntegerField()
    not_kept = models.PositiveBigIntegerField()
    known = models.PositiveIntegerField()
    at = models.DateTimeField()
    clock = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["list_code", "clock"], name="looked_back_list")]

    def __str__(self) -> str:
        return f"{self.list_code}: {self.crossings}"
