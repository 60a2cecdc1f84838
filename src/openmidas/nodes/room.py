"""How much room this node has, how long it lasts, and when nothing more is recorded."""

from __future__ import annotations

import errno
import shutil
from datetime import timedelta
from uuid import UUID

import msgspec
from django.db import OperationalError, connection
from django.db.models import Sum
from django.utils import timezone

from openmidas.journal.models import Journal, JournalEntry
from openmidas.nodes.home import this_home
from openmidas.nodes.refusals import Refused

GROWTH_OVER = timedelta(days=7)
MB = 1024**2
LEAST_TO_RECORD = 64 * MB
"""Bytes that must be free for anything to be recorded: a transaction, its log and its checkpoint
fit many times over, so that the database is never the one to find the disk full."""
LEAST_TO_ERASE = 0
"""Erasing is tried however full the disk is: it is what makes room in the end, and what the law may ask
for today. Where not even that fits, the database takes the whole of it back."""
LEAST_TO_READ = 16 * MB
"""Bytes for signing in and looking up, which are recorded as well: reading goes on while it can."""


class Room(msgspec.Struct, frozen=True):
    """Bytes: free on the node's disk, in the database, and by how much that grows a day."""

    free: int
    total: int
    database: int
    growth: int

    @property
    def days(self) -> int | None:
        """How many days the room lasts at this growth; None where nothing grows."""
        return self.free // self.growth if self.growth > 0 else None


def room() -> Room:
    """How much room this node has."""
    usage = shutil.disk_usage(this_home().folder)
    database = database_bytes()
    return Room(usage.free, usage.total, database, _growth(database))


def check_room(least: int = LEAST_TO_RECORD) -> None:
    """Raises `Refused` ``disk.full`` where the database is on a disk with fewer bytes free.

    A server's database looks after its own disk, which may be another machine's.
    """
    if connection.vendor != "sqlite":
        return
    free = shutil.disk_usage(this_home().folder).free
    if free < least:
        raise Refused("disk.full", free_mb=str(free // MB))


def found_full(error: Exception) -> bool:
    """Whether this says that there was no room left in the midst of something.

    What SQLite says where another program took the last of it within a transaction; or a file.
    """
    if isinstance(error, OperationalError):
        return "database or disk is full" in str(error)
    return isinstance(error, OSError) and error.errno == errno.ENOSPC


def database_bytes() -> int:
    """How much the database of this node holds; 0 for one in memory."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(cursor.fetchone()[0])


def _growth(database: int) -> int:
    """Bytes a day: the share of the entries that arrived in the last week, of all that there is.

    Ids of entries begin with the moment of their arrival, so no history of sizes has to be kept.
    """
    entries = Journal.objects.aggregate(all=Sum("sequence"))["all"] or 0
    if not entries:
        return 0
    since = int((timezone.now() - GROWTH_OVER).timestamp() * 1000)
    recent = JournalEntry.objects.filter(id__gte=UUID(int=since << 80)).count()
    return database * recent // entries // GROWTH_OVER.days
