"""Where too many are equally alike, name and birth single out nobody: such pairs are not shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q

from openmidas.flows.stays.local import StayProposal
from openmidas.flows.stays.pairs import Pair

MOST_ALIKE = 5


def mark_crowds(changed: Iterable[Pair]) -> None:
    """Say anew which pairs are crowded, after these came or went."""
    pairs = list(changed)
    if not pairs:
        return
    beside = Q(entry__in={p.entry for p in pairs}) | Q(exit__in={p.exit for p in pairs})
    touched = list(StayProposal.objects.filter(beside))
    entries = _alike("entry", {one.entry for one in touched})
    exits = _alike("exit", {one.exit for one in touched})
    crowded = {
        one.id
        for one in touched
        if max(entries[one.entry, one.level], exits[one.exit, one.level]) > MOST_ALIKE
    }
    for ids, now in ((crowded, True), ({one.id for one in touched} - crowded, False)):
        StayProposal.objects.filter(id__in=ids, crowded=not now).update(crowded=now)


def _alike(side: str, ids: set[UUID]) -> Counter[tuple[UUID, str]]:
    """How many pairs of each level each of these crossings is in."""
    found = StayProposal.objects.filter(**{f"{side}__in": ids}).values_list(side, "level")
    return Counter({(id, level): n for id, level, n in found.annotate(n=Count("id"))})
