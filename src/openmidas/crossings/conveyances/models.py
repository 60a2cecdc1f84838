"""Conveyances and their manifests, as journals tell of them."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from django.db import models

from openmidas.crossings import limits
from openmidas.crossings.conveyances.entries import ManifestLine
from openmidas.crossings.conveyances.limits import COMPANY, PLATE
from openmidas.journal.models import Projection
from openmidas.posts.models import LONGEST_LANE


class OpenedConveyance(Projection):
    """A conveyance that was opened at a post; ``closed_at`` None: it still is."""

    what = models.CharField(max_length=16)
    plate = models.CharField(max_length=PLATE)
    company = models.CharField(max_length=COMPANY, blank=True)
    origin = models.CharField(max_length=limits.PLACE, blank=True)
    destination = models.CharField(max_length=limits.PLACE, blank=True)
    seats = models.PositiveSmallIntegerField()
    direction = models.CharField(max_length=8)
    lane = models.CharField(max_length=LONGEST_LANE, blank=True)  # where it was opened, if at one
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    scanned = models.PositiveIntegerField(default=0)  # these, as the closing said
    missing = models.PositiveIntegerField(default=0)
    extra = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)
    clock = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at"], name="conveyance_at"),
            models.Index(fields=["plate", "at"], name="conveyance_plate"),
        ]

    def __str__(self) -> str:
        return self.plate


class Manifest(Projection):
    """Who should be on a conveyance. The last one by the logical clock holds."""

    conveyance = models.UUIDField(db_index=True)
    source = models.CharField(max_length=8)
    lines = models.BinaryField()  # MessagePack of ManifestLines
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    clock = models.BigIntegerField()

    def listed(self) -> tuple[ManifestLine, ...]:
        """Its lines, in their order."""
        return msgspec.msgpack.decode(bytes(self.lines), type=tuple[ManifestLine, ...])
