"""How much room this node has, and how long it lasts."""

from __future__ import annotations

import shutil
from datetime import timedelta
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from openmidas.journal.models import Journal, JournalEntry
from openmidas.nodes.home import this_home

GROWTH_OVER = timedelta(days=7)


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
