"""What stands at the lanes of this post: no facts yet, but it survives a restart."""

from __future__ import annotations

import msgspec
from django.db import models

from openmidas.crossings.inspection import Inspection, Journey


class Standing(models.Model):
    """A traveller who was scanned at a lane and not yet decided on. ``id`` is the inspection's."""

    id = models.UUIDField(primary_key=True)
    lane = models.CharField(max_length=32, db_index=True)
    document_number = models.CharField(max_length=40, blank=True, db_index=True)
    inspection = models.BinaryField()
    raw = models.TextField(blank=True)  # exactly what the reader sent
    opened_at = models.BigIntegerField()  # milliseconds since 1970

    def inspected(self) -> Inspection:
        """The traveller as checked."""
        return msgspec.msgpack.decode(bytes(self.inspection), type=Inspection)


class LaneMemory(models.Model):
    """What a lane remembers from one traveller to the next."""

    lane = models.CharField(max_length=32, primary_key=True)
    journey = models.BinaryField()
    group = models.UUIDField(null=True)

    def remembered(self) -> Journey:
        """Direction, purpose, places and conveyance of the last traveller."""
        return msgspec.msgpack.decode(bytes(self.journey), type=Journey)
