"""Is there room, and for how long?"""

from __future__ import annotations

from collections.abc import Iterator

from openmidas.nodes.doctor import Finding, Level, check
from openmidas.nodes.home import this_home
from openmidas.nodes.identity import this_node
from openmidas.nodes.room import room

LEAST_FREE = 512 * 1024**2
"""Bytes. Below this, the next day's crossings may not fit: the journal must never be the one to wait."""
LITTLE_FREE = 4 * 1024**3
FEW_DAYS = 60
MB = 1024**2


@check()
def disk() -> Iterator[Finding]:
    """Free space, and how long it lasts as the database has grown in the last week."""
    now = room()
    params: dict[str, str | int] = {
        "free_mb": now.free // MB,
        "database_mb": now.database // MB,
        "growth_mb": round(now.growth / MB),
        "days": now.days if now.days is not None else "–",
        "folder": str(this_home().folder),
    }
    if now.free < LEAST_FREE:
        yield Finding("disk.full", Level.STOP, params)
    elif now.free < LITTLE_FREE and now.free < now.total // 10:
        yield Finding("disk.little_room", Level.LOOK, params)
    elif now.days is not None and now.days < FEW_DAYS and not this_node().is_hq:
        yield Finding("disk.fills_up", Level.LOOK, params)
    else:
        yield Finding("disk.room", Level.OK, params)
