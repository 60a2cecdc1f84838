"""Which exits may end a stay that began with another document: proposals for an analyst.

Each presence and each unmatched exit is compared once, when it is new, with those of the other side
that share a block (`stays.blocks`) or a document number. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import lru_cache
from heapq import nsmallest
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from openmidas.crossings.models import Crossing
from openmidas.flows.models import Presence, UnmatchedExit
from openmidas.flows.stays.blocks import partial, query_of
from openmidas.flows.stays.crowds import mark_crowds
from openmidas.flows.stays.local import ComparedCrossing, StayProposal
from openmidas.flows.stays.pairs import Pair
from openmidas.nodes.services import node_time
from openmidas.screening import Likeness, births_agree, compare_travellers

BATCH = 200
MOST_A_RUN = 20_000
"""Rows compared in one run: the next one goes on."""
KEPT = 50
"""Pairs kept for one row that is compared, however many are alike: enough to know a crowd."""
MOST_MET = 500
"""Rows that one may meet: where more have one name and one birth, these single out nobody."""

Side = type[Presence] | type[UnmatchedExit]
_COLUMNS = ("crossing", "birth", "first", "last", "document_key")


class Row(msgspec.Struct, frozen=True):
    """What both sides have in common. ``at``: when the crossing took place."""

    crossing: UUID
    birth: str
    first: str
    last: str
    document_key: str
    at: datetime


def propose(most: int = MOST_A_RUN) -> int:
    """Compare what is new; how many crossings were compared. Proposals without a basis go."""
    forget()
    compared = 0
    for side in (UnmatchedExit, Presence):
        while compared < most and (new := _new(side)):
            with transaction.atomic():
                _propose_for(side, new)
                ComparedCrossing.objects.bulk_create(
                    [ComparedCrossing(crossing=row.crossing) for row in new], ignore_conflicts=True
                )
            compared += len(new)
    return compared


@transaction.atomic
def forget() -> None:
    """Drop the proposals, and the notes of what was compared, whose stay or exit is there no more."""
    presence = Presence.objects.filter(crossing=OuterRef("entry"))
    left = UnmatchedExit.objects.filter(crossing=OuterRef("exit"))
    gone = StayProposal.objects.exclude(Exists(presence) & Exists(left))
    pairs = [Pair(*values) for values in gone.values_list("entry", "exit")]
    gone.delete()
    mark_crowds(pairs)
    presence = Presence.objects.filter(crossing=OuterRef("crossing"))
    left = UnmatchedExit.objects.filter(crossing=OuterRef("crossing"))
    ComparedCrossing.objects.exclude(Exists(presence) | Exists(left)).delete()


def _new(side: Side) -> list[Row]:
    compared = ComparedCrossing.objects.filter(crossing=OuterRef("crossing"))
    return _rows(side, side._default_manager.filter(~Exists(compared))[:BATCH])


def _rows(side: Side, found: QuerySet[Presence] | QuerySet[UnmatchedExit]) -> list[Row]:
    at = "entered_at" if side is Presence else "left_at"
    return [Row(*values) for values in found.values_list(*_COLUMNS, at)]


def _propose_for(side: Side, new: list[Row]) -> None:
    other_side: Side = Presence if side is UnmatchedExit else UnmatchedExit
    others = _Meeting(_rows(other_side, _meeting(other_side, new)))
    now = node_time()
    found = [one for row in new for one in _surest(_alike(side, row, others.of(row)))]
    StayProposal.objects.bulk_create(
        [
            StayProposal(id=p.id, entry=p.entry, exit=p.exit, level=likeness.level, found_at=now)
            for p, likeness in found
        ],
        ignore_conflicts=True,
    )
    mark_crowds([pair for pair, _ in found])


def _alike(side: Side, row: Row, others: Collection[Row]) -> Iterator[tuple[Pair, Likeness]]:
    """Of those that a row meets, those whose traveller is like its own."""
    pairs = []
    for other in others:
        entry, left = (other, row) if side is UnmatchedExit else (row, other)
        if entry.at < left.at:
            pairs.append(Pair(entry.crossing, left.crossing))
    if not pairs:
        return
    crossings = Crossing.objects.in_bulk({id for pair in pairs for id in (pair.entry, pair.exit)})
    for pair in pairs:
        likeness = compare(crossings.get(pair.entry), crossings.get(pair.exit))
        if likeness is not None and likeness.level != "weak":
            yield pair, likeness


def _surest(alike: Iterator[tuple[Pair, Likeness]]) -> list[tuple[Pair, Likeness]]:
    return nsmallest(KEPT, alike, key=lambda one: (-one[1].score, one[0].id))


def compare(entry: Crossing | None, left: Crossing | None) -> Likeness | None:
    """How the travellers of two crossings are alike, if at all; None where one is missing."""
    if entry is None or left is None:
        return None
    ours, theirs = (
        query_of(one, name_truncated=one.inspected().document.name_truncated)
        for one in (entry, left)
    )
    return compare_travellers(ours, theirs)


def _meeting(side: Side, new: list[Row]) -> QuerySet[Presence] | QuerySet[UnmatchedExit]:
    met = (
        Q(first__in={row.first for row in new if row.first})
        | Q(last__in={row.last for row in new if row.last})
        | Q(document_key__in={row.document_key for row in new})
    )
    return side._default_manager.filter(met)


class _Meeting:
    """The rows of the other side, by all that they can be met by, and by birth."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows: dict[tuple[str, str], dict[str, list[Row]]] = {}
        for row in rows:
            for place in self._places(row):
                self._rows.setdefault(place, {}).setdefault(row.birth, []).append(row)

    def of(self, row: Row) -> Collection[Row]:
        """Those with births that agree, or one number; of a place none where it has too many."""
        met: dict[UUID, Row] = {}
        for place in self._places(row):
            found = [
                other
                for birth, others in self._rows.get(place, {}).items()
                if place[0] == "document_key" or _births_agree(row.birth, birth)
                for other in others[: MOST_MET + 1]
            ]
            if len(found) <= MOST_MET:
                met.update((other.crossing, other) for other in found)
        return met.values()

    @staticmethod
    def _places(row: Row) -> Iterator[tuple[str, str]]:
        for name in ("first", "last", "document_key"):
            if value := getattr(row, name):
                yield name, value


@lru_cache(maxsize=10_000)
def _births_agree(one: str, other: str) -> bool:
    return births_agree(partial(one), partial(other))
