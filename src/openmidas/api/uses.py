"""What is kept of every question that a system asks. See decision 0013.

Each question counts (`count`), in a row of this machine that oversight and administrator see at
once; when the day is over, its numbers become an entry (`write_days`), so that they outlive the
machine. An answer that names persons is an entry by itself, on disk before the answer leaves
(`write_read`).
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from openmidas.api.entries import SystemRead, SystemUsed
from openmidas.api.local import UseToday
from openmidas.api.models import LONGEST_TEXT
from openmidas.api.scopes import Scope
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.services import node_day, node_time, record


def count(system: UUID, scope: Scope, records: int) -> None:
    """One question was answered with so many records."""
    now = node_time()
    day = timezone.localdate(now)
    row, _ = UseToday.objects.get_or_create(
        system=system, scope=scope, day=day, defaults={"last_at": now}
    )
    UseToday.objects.filter(id=row.id).update(
        requests=F("requests") + 1, records=F("records") + records, last_at=now
    )


def write_read(system: UUID, asked: str, crossings: Sequence[UUID]) -> None:
    """Write that a system is being told who made these crossings; nothing for none."""
    if not crossings:
        return
    content = SystemRead(
        read=new_id(),
        system=system,
        asked=asked[:LONGEST_TEXT],
        records=len(crossings),
        first=crossings[0],
        last=crossings[-1],
    )
    with transaction.atomic():
        record(content, actor=Actor())


def write_days() -> None:
    """Write the numbers of days that are over; harmless to repeat."""
    for row in UseToday.objects.filter(day__lt=node_day()).order_by("day", "id"):
        with transaction.atomic():
            held = UseToday.objects.select_for_update().filter(id=row.id).first()
            if held is None:
                continue
            content = SystemUsed(
                use=new_id(),
                system=held.system,
                scope=held.scope,
                day=held.day.isoformat(),
                requests=held.requests,
                records=held.records,
                last=int(held.last_at.timestamp() * 1000),
            )
            record(content, actor=Actor())
            held.delete()
