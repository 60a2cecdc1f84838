"""At the HQ: what posts have collected and could not be opened, how many of it, and trying it again.

A key that was missing may have come back from a backup, and a program that did not know a kind may know
it now. What is opened at a later try is written down as at the first, and counts from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from openmidas.journal import JournalError
from openmidas.journal.models import Journal
from openmidas.journal.quarantine import BATCH, Aside, behind
from openmidas.nodes.collecting.opening import find_body, give_back, keys_to_open_with, ready
from openmidas.nodes.identity import this_node
from openmidas.nodes.models import CollectedEntry, OpenedEntry

WAITS = "collected.waits"
"""Nothing is wrong with it: what stands before it in its run, or the run itself, is not here."""
MOST_GROUPS = 200


class Unopened(msgspec.Struct, frozen=True, kw_only=True):
    """So many entries of a post that came into its journal on this day and are not opened, and why."""

    node: UUID
    day: date
    problem: str
    number: int


def unopened() -> list[Unopened]:
    """What is not opened, by day, post and reason: the newest first. What is about to be is left out."""
    found = (
        _with_problem()
        .filter(Q(problem=None) | ~Q(problem=""))
        .exclude(id__in=ready().order_by().values("id"))
        .annotate(day=TruncDate("at"))
        .values_list("node", "day", "problem")
        .annotate(number=Count("id"))
        .order_by("-day", "node", "problem")
    )
    return [
        Unopened(node=node, day=day, problem=problem or WAITS, number=number)
        for node, day, problem, number in found[:MOST_GROUPS]
    ]


def open_again(
    after: Aside | None = None, most: int = BATCH, *, node: UUID | None = None
) -> tuple[int, int, Aside | None]:
    """Try again some of what could not be opened, in the order of the posts' journals.

    As `openmidas.journal.quarantine.retry_quarantined`: how many were tried, how many could be opened,
    and where this call ended; None at the end.
    """
    found = _with_problem().exclude(problem=None).exclude(problem="")
    if node is not None:
        found = found.filter(node=node)
    if after is not None:
        found = found.filter(behind(after))
    rows = list(found.order_by("node", "epoch", "sequence")[:most])
    keys = keys_to_open_with()
    mended = sum(_try(row, keys) for row in rows)
    last = rows[-1] if len(rows) == most else None
    return len(rows), mended, (last.node, last.epoch, last.sequence) if last else None


def _with_problem() -> QuerySet[Any]:
    """Each with its problem: empty where it was opened, None where nobody has tried."""
    opened = OpenedEntry.objects.filter(id=OuterRef("id"))
    return CollectedEntry.objects.annotate(problem=Subquery(opened.values("problem")[:1]))


@transaction.atomic
def _try(row: CollectedEntry, keys: Sequence[Ed25519PrivateKey]) -> bool:
    """Whether it could be opened. Another reason than the last is written down; the same one is not."""
    # The journal is held first: two who try at once must not both write.
    Journal.objects.select_for_update().get(node=this_node().id, epoch=this_node().epoch)
    before = OpenedEntry.objects.get(id=row.id)
    if not before.problem:
        return False
    found, problem = None, ""
    try:
        found = find_body(row, keys)
    except JournalError as error:
        problem = error.code
    return give_back(row, found, problem, before.problem)
