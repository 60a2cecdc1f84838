"""Hits as figures count them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from openmidas.cases.entries import MOST_LISTING
from openmidas.journal.models import Projection


class CounterHit(Projection):
    """A hit that was found as somebody crossed, at the HQ. ``node`` is the post.

    ``id``: see `crossings.hits.hit_id`; ``at``: when the crossing was decided on.
    """

    crossing = models.UUIDField(db_index=True)
    list_code = models.CharField(max_length=32)
    listing = models.CharField(max_length=MOST_LISTING)
    level = models.CharField(max_length=8)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at"], name="counter_hit_at"),
            models.Index(fields=["list_code", "listing"], name="counter_hit_listing"),
        ]

    def __str__(self) -> str:
        return f"{self.list_code} {self.listing}: {self.crossing}"
