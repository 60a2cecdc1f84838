"""The lock of a lane: who changes what stands there holds its row."""

from __future__ import annotations

import msgspec

from openmidas.crossings.conveyances.aboard import standing_at
from openmidas.crossings.inspection import Journey
from openmidas.crossings.local import LaneMemory
from openmidas.journal import Actor
from openmidas.posts.refusals import Refused


def hold_lane(actor: Actor) -> LaneMemory:
    """The lane's row, held until the transaction ends: requests for one lane queue here.

    A bus that nobody closed for a day has left it. Raises `Refused` ``request.broken`` where the actor is at
    no lane.
    """
    if not actor.lane:
        raise Refused("request.broken")
    memory, _ = LaneMemory.objects.select_for_update().get_or_create(
        lane=actor.lane, defaults={"journey": msgspec.msgpack.encode(Journey())}
    )
    if memory.conveyance_id is not None and standing_at(memory) is None:
        memory.bus_leaves()
    return memory
