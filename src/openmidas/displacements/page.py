"""What the pages of displacements show: each in a line, one with its counts, and who may be marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef, QuerySet

from openmidas.crossings.inspection import Purpose
from openmidas.crossings.models import Crossing
from openmidas.crossings.overview import post_names
from openmidas.displacements import limits, wording
from openmidas.displacements.arithmetic import Balance
from openmidas.displacements.models import (
    Displacement,
    DisplacementCount,
    DisplacementMark,
)
from openmidas.displacements.totals import Totals, standing_counts, totals
from openmidas.incidents.entries import IncidentKind
from openmidas.incidents.models import Incident, number_of
from openmidas.incidents.page import shown as shown_incidents
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time
from openmidas.posts.models import Officer

RECENT = timedelta(hours=24)
"""How far back travellers are offered for marking who gave another purpose of their journey."""
INCIDENTS_OFFERED = 20
COUNTS_KNOWN = 100


class ShownDisplacement(msgspec.Struct, frozen=True, kw_only=True):
    """A displacement in a line."""

    row: Displacement
    post: str
    cause: str
    direction: str
    balance: Balance


class GroupLine(msgspec.Struct, frozen=True, kw_only=True):
    """A group of people: how many were counted, and how many crossings are of such people."""

    words: str
    counted: int
    registered: int


class ShownCount(msgspec.Struct, frozen=True, kw_only=True):
    """One count. ``groups``, ``needs``: in words; ``replaced``: another takes its place."""

    row: DisplacementCount
    by: str
    groups: tuple[str, ...]
    needs: tuple[str, ...]
    replaced: bool


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """A displacement in numbers, or several together, with words."""

    totals: Totals
    groups: tuple[GroupLine, ...]
    special: tuple[tuple[str, int], ...]


class DisplacementPage(msgspec.Struct, frozen=True, kw_only=True):
    """One displacement, all of it. ``needs``: what those lack who were counted last."""

    shown: ShownDisplacement
    numbers: Numbers
    counts: tuple[ShownCount, ...]
    needs: tuple[str, ...]
    incident: str


class Markable(msgspec.Struct, frozen=True, kw_only=True):
    """A crossing that may be of somebody who was counted, without who it was.

    ``likely``: the purpose of the journey says so.
    """

    row: Crossing
    number: str
    likely: bool


def displacements_here() -> QuerySet[Displacement]:
    """At a post its own, at the HQ all; those that go on first, the newest first."""
    node = this_node()
    found = Displacement.objects.all() if node.is_hq else Displacement.objects.filter(node=node.id)
    return found.order_by("-open", "-at", "-id")


def shown(rows: Iterable[Displacement], found: Mapping[UUID, Totals]) -> list[ShownDisplacement]:
    """Displacements in a line each, with their totals."""
    names = post_names()
    return [
        ShownDisplacement(
            row=row,
            post=names.get(row.node, str(row.node)),
            cause=wording.word(wording.CAUSES, row.cause),
            direction=wording.word(wording.DIRECTIONS, row.direction),
            balance=found[row.id].balance,
        )
        for row in rows
    ]


def numbers(found: Totals) -> Numbers:
    """Totals with words."""
    return Numbers(
        totals=found,
        groups=tuple(
            GroupLine(
                words=str(words),
                counted=found.counted.get(name, 0),
                registered=found.registered.get(name, 0),
            )
            for name, words in wording.GROUPS.items()
        ),
        special=tuple(
            (str(words), found.special.get(name, 0)) for name, words in wording.SPECIAL.items()
        ),
    )


def displacement_page(row: Displacement) -> DisplacementPage:
    """The page of one displacement."""
    found = totals([row])
    counts = _counts(row)
    standing = [one for one in counts if not one.replaced]
    incident = Incident.objects.filter(id=row.incident).first() if row.incident else None
    return DisplacementPage(
        shown=shown([row], found)[0],
        numbers=numbers(found[row.id]),
        counts=tuple(counts),
        needs=standing[0].needs if standing else (),
        incident=number_of(incident.id.hex) if incident else "",
    )


def incidents_to_link(also: UUID | None = None) -> list[tuple[str, str]]:
    """The open humanitarian incidents of this post, each in words; ``also``: one that is named."""
    here = Incident.objects.filter(node=this_node().id)
    rows = list(
        here.filter(kind=IncidentKind.HUMANITARIAN, open=True).order_by("-at")[:INCIDENTS_OFFERED]
    )
    if also is not None:
        rows += [one for one in here.filter(id=also) if one not in rows]
    return [
        (
            str(one.row.id),
            " · ".join(part for part in (one.number, one.where, one.about[:60]) if part),
        )
        for one in shown_incidents(rows)
    ]


def known_counts(row: Displacement) -> list[UUID]:
    """The last counts of a displacement, so that a workstation knows of its own what was saved."""
    counts = DisplacementCount.objects.filter(displacement=row.id).order_by("-at", "-id")
    return list(counts.values_list("id", flat=True)[:COUNTS_KNOWN])


def markable(row: Displacement) -> list[Markable]:
    """Crossings of this post that bear no mark, in the direction of the displacement, the last first:
    those that say displacement, written since it was opened, and of the last day the others. Lines from
    paper are among them.
    """
    taken = DisplacementMark.objects.filter(crossing=OuterRef("id"), displacement__isnull=False)
    here = Crossing.objects.filter(node=row.node, direction=row.direction)
    free = here.filter(~Exists(taken)).defer("inspection")
    # Ids are made when a traveller is scanned or typed in: by them, paper of last week is new.
    likely = free.filter(purpose=Purpose.DISPLACEMENT, id__gte=_id_since(row.at.timestamp()))
    others = free.exclude(purpose=Purpose.DISPLACEMENT).filter(
        id__gte=_id_since((node_time() - RECENT).timestamp())
    )
    half = limits.MOST_MARKED // 2
    return [
        Markable(row=one, number=number_of(one.id.hex), likely=is_likely)
        for rows, is_likely in ((likely, True), (others, False))
        for one in rows.order_by("-id")[:half]
    ]


def marked(row: Displacement) -> list[Markable]:
    """The last crossings that are marked as of this displacement."""
    marks = DisplacementMark.objects.filter(displacement=row.id, crossing=OuterRef("id"))
    found = Crossing.objects.filter(Exists(marks), node=row.node).defer("inspection")
    return [
        Markable(row=one, number=number_of(one.id.hex), likely=True)
        for one in found.order_by("-id")[: limits.MOST_MARKED]
    ]


def _counts(row: Displacement) -> list[ShownCount]:
    """All counts, the newest first."""
    standing = set(standing_counts([row.id]).values_list("id", flat=True))
    rows = list(DisplacementCount.objects.filter(displacement=row.id).order_by("-at", "-id"))
    ids = {one.officer for one in rows if one.officer}
    names = dict(Officer.objects.filter(id__in=ids).values_list("id", "name"))
    return [
        ShownCount(
            row=one,
            by=names.get(one.officer, "") if one.officer else "",
            groups=tuple(_groups(one)),
            needs=tuple(wording.word(wording.NEEDS, need) for need in one.needs),
            replaced=one.id not in standing,
        )
        for one in rows
    ]


def _groups(row: DisplacementCount) -> Iterable[str]:
    """Each group of a count in words: "21 women"."""
    for name in (*wording.GROUPS, *wording.SPECIAL):
        if number := getattr(row, name):
            yield wording.word_people(name, number)


def _id_since(seconds: float) -> UUID:
    """The least UUIDv7 of this moment."""
    return UUID(int=max(round(seconds * 1000), 0) << 80)
