"""What stands at the lanes of this post: no facts yet, but it survives a restart."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import models

from openmidas.crossings import limits
from openmidas.crossings.inspection import Inspection, Journey
from openmidas.posts.models import LONGEST_LANE


class Standing(models.Model):
    """A traveller who was scanned at a lane and not yet decided on. ``id`` is the inspection's."""

    id = models.UUIDField(primary_key=True)
    lane = models.CharField(max_length=LONGEST_LANE, db_index=True)
    document_key = models.CharField(max_length=limits.NUMBER, blank=True, db_index=True)
    inspection = models.BinaryField()
    opened_at = models.BigIntegerField()  # milliseconds since 1970
    conveyance_id = models.UUIDField(null=True, db_index=True)

    def inspected(self) -> Inspection:
        """The traveller as checked."""
        return msgspec.msgpack.decode(bytes(self.inspection), type=Inspection)


class LaneMemory(models.Model):
    """What a lane remembers from one traveller to the next.

    Its row is the lane's lock: whoever changes what stands there holds it.
    """

    lane = models.CharField(max_length=LONGEST_LANE, primary_key=True)
    journey = models.BinaryField()
    conveyance_id = models.UUIDField(null=True)  # the bus whose travellers are scanned here now
    before = models.BinaryField(null=True)  # the journey that stood here before that bus came

    def remembered(self) -> Journey:
        """Direction, purpose, places and conveyance of the last traveller."""
        return msgspec.msgpack.decode(bytes(self.journey), type=Journey)

    def bus_comes(self, conveyance: UUID, journey: Journey) -> None:
        """Whoever is scanned here came with this conveyance, on its journey, until it leaves."""
        if self.conveyance_id is None:
            self.before = self.journey
        self.journey = msgspec.msgpack.encode(journey)
        self.conveyance_id = conveyance
        self.save()

    def bus_for(self, journey: Journey) -> UUID | None:
        """The bus that stands here, of who did not come by another conveyance, as moto-taxis do."""
        return self.conveyance_id if journey.conveyance == self.remembered().conveyance else None

    def without_bus(self) -> Journey:
        """The journey once the bus has left: what stood here before it came."""
        return msgspec.msgpack.decode(bytes(self.before or self.journey), type=Journey)

    def bus_leaves(self) -> None:
        """Its route goes with it: the next traveller finds what stood here before it came."""
        self.journey = msgspec.msgpack.encode(self.without_bus())
        self.before = self.conveyance_id = None
        self.save()
