"""Which exits may end a stay that began with another document: proposals for an analyst.

Each presence and each unmatched exit is compared once, when it is new, with those of the other side
that share a block (`stays_blocks`) or a document number. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from openmidas.crossings.models import Crossing
from openmidas.flows.models import Presence, UnmatchedExit
from openmidas.flows.stays_blocks import partial, query_of
from openmidas.flows.stays_crowds import mark_crowds
from openmidas.flows.stays_local import ComparedCrossing, StayProposal
from openmidas.flows.stays_pairs import Pair
from openmidas.nodes.services import node_time
from openmidas.screening import Likeness, births_agree, compare_travellers

BATCH = 200
MOST_A_RUN = 20_000
"""Rows compared in one run: the next one goes on."""
KEPT = 50
"""Pairs kept for one row that is compared, however many are alike: enough to know a crowd."""

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
    likely = list(_likely(side, new))
    ids = {id for pair in likely for id in (pair.entry, pair.exit)}
    crossings = Crossing.objects.in_bulk(ids)
    by_new: dict[UUID, list[tuple[Pair, Likeness]]] = {}
    for pair in likely:
        likeness = compare(crossings.get(pair.entry), crossings.get(pair.exit))
        if likeness is not None and likeness.level != "weak":
            mine = pair.exit if side is UnmatchedExit else pair.entry
            by_new.setdefault(mine, []).append((pair, likeness))
    now = node_time()
    found = [one for alike in by_new.values() for one in _surest(alike)]
    StayProposal.objects.bulk_create(
        [
            StayProposal(id=p.id, entry=p.entry, exit=p.exit, level=likeness.level, found_at=now)
            for p, likeness in found
        ],
        ignore_conflicts=True,
    )
    mark_crowds([pair for pair, _ in found])


def _surest(alike: list[tuple[Pair, Likeness]]) -> list[tuple[Pair, Likeness]]:
    return sorted(alike, key=lambda one: (-one[1].score, one[0].id))[:KEPT]


def compare(entry: Crossing | None, left: Crossing | None) -> Likeness | None:
    """How the travellers of two crossings are alike, if at all; None where one is missing."""
    if entry is None or left is None:
        return None
    ours, theirs = (
        query_of(one, name_truncated=one.inspected().document.name_truncated)
        for one in (entry, left)
    )
    return compare_travellers(ours, theirs)


def _likely(side: Side, new: list[Row]) -> Iterator[Pair]:
    """The pairs that meet in the tables, with births that agree or one number, in the right order."""
    other_side: Side = Presence if side is UnmatchedExit else UnmatchedExit
    others = _Meeting(_rows(other_side, _meeting(other_side, new)))
    for row in new:
        for other in others.of(row):
            entry, left = (other, row) if side is UnmatchedExit else (row, other)
            if entry.at < left.at and _agree(entry, left):
                yield Pair(entry.crossing, left.crossing)


def _meeting(side: Side, new: list[Row]) -> QuerySet[Presence] | QuerySet[UnmatchedExit]:
    met = (
        Q(first__in={row.first for row in new if row.first})
        | Q(last__in={row.last for row in new if row.last})
        | Q(document_key__in={row.document_key for row in new})
    )
    return side._default_manager.filter(met)


def _agree(one: Row, other: Row) -> bool:
    if one.document_key == other.document_key:
        return True
    return births_agree(partial(one.birth), partial(other.birth))


class _Meeting:
    """The rows of the other side, by all that they can be met by."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            for place in self._places(row):
                self._rows.setdefault(place, []).append(row)

    def of(self, row: Row) -> Collection[Row]:
        met = {
            other.crossing: other
            for place in self._places(row)
            for other in self._rows.get(place, ())
        }
        return met.values()

    @staticmethod
    def _places(row: Row) -> Iterator[tuple[str, str]]:
        for name in ("first", "last", "document_key"):
            if value := getattr(row, name):
                yield name, value
