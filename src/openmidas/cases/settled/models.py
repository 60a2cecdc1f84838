"""What the headquarters has confirmed for all posts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from openmidas.cases.entries import MOST_LISTING
from openmidas.journal.models import Projection


class SettledHit(Projection):
    """An answer that holds at every post. It names nobody: see `entries.HitSettled`.

    ``resolution``: the answer that was confirmed; ``ended_at``: when it was taken back, if it was.
    """

    resolution = models.UUIDField(db_index=True)
    list_code = models.CharField(max_length=32)
    listing = models.CharField(max_length=MOST_LISTING)
    digest = models.CharField(max_length=64)
    level = models.CharField(max_length=8)
    score = models.FloatField()
    agreed = models.JSONField(default=list)
    key = models.BinaryField()
    bearer = models.CharField(max_length=64)
    until = models.DateField()
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["list_code", "listing"], name="settled_listing")]

    def __str__(self) -> str:
        return f"{self.list_code} {self.listing}"
