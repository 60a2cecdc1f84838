"""Is the post open, and until when?"""

from __future__ import annotations

from collections.abc import Iterator

from openmidas.nodes.doctor import Finding, Level, check
from openmidas.nodes.sealing.lease import now
from openmidas.nodes.sealing.memory import swaps_to_disk
from openmidas.nodes.sealing.standing import State, standing

DAY = 86_400_000
FEW_DAYS = 3


@check()
def seal() -> Iterator[Finding]:
    """Nothing where the key lies beside the database, which is a State's choice."""
    stands = standing()
    if stands.reason == "never_sealed":
        return
    if stands.state is State.SEALED:
        yield Finding("post.sealed", Level.STOP)
    elif stands.state is State.COLLECT_ONLY:
        yield Finding("lease.over", Level.STOP)
    elif stands.until is not None and stands.until - now() < FEW_DAYS * DAY:
        days = str(max(0, (stands.until - now()) // DAY))
        yield Finding("lease.ends", Level.LOOK, {"days": days})
    else:
        yield Finding("post.open", Level.OK)
    if swaps_to_disk():
        yield Finding("memory.on_disk", Level.LOOK)
