"""Who travelled with whom: from one traveller to everybody who may have met them at a crossing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_

import msgspec
from django.db.models import Q, QuerySet

from openmidas.crossings.models import Crossing

TOGETHER = timedelta(days=1)
"""A group and the passengers of one bus are decided on within a day: no index of a year is needed."""
MOST_OWN = 60
"""Crossings of the case that are looked at, the nearest; of one who crosses more often that is said."""


class Why(StrEnum):
    """Why somebody is a contact, the closest first."""

    CONVEYANCE = "conveyance"
    GROUP = "group"
    LANE = "lane"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """How far contacts are looked for: ``days`` around the crossing, ``minutes`` at the lane; 0: the lane
    makes no contacts."""

    days: int
    minutes: int


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """One who crossed near the case. ``apart``: minutes between the two, of the nearest crossing."""

    row: Crossing
    why: tuple[Why, ...]
    apart: int


class Own(msgspec.Struct, frozen=True):
    """The crossings of the case, the last first. ``cut``: there are more, further away in time."""

    rows: tuple[Crossing, ...]
    cut: bool = False

    @property
    def since(self) -> datetime:
        """From when they reach."""
        return self.rows[-1].at

    @property
    def until(self) -> datetime:
        """Until when they reach."""
        return self.rows[0].at


def own_crossings(crossing: Crossing, days: int) -> Own:
    """The crossings of the case within so many days before and after this one, which is always one of them.

    They are known by the document; of who has none, this crossing alone.
    """
    if not crossing.document_key:
        return Own((crossing,))
    near = Crossing.objects.filter(
        document_key=crossing.document_key,
        document_issuer=crossing.document_issuer,
        at__gte=crossing.at - timedelta(days=days),
        at__lte=crossing.at + timedelta(days=days),
    )
    near = near.exclude(id=crossing.id).defer("inspection")
    before = near.filter(at__lt=crossing.at).order_by("-at", "-id")[:MOST_OWN]
    after = near.filter(at__gte=crossing.at).order_by("at", "id")[:MOST_OWN]
    others = sorted((*before, *after), key=lambda one: abs(one.at - crossing.at))
    rows = (crossing, *others[: MOST_OWN - 1])
    last_first = sorted(rows, key=lambda one: (one.at, one.id), reverse=True)
    return Own(tuple(last_first), cut=len(others) >= MOST_OWN)


def contacts_of(own: Sequence[Crossing], asked: Asked) -> QuerySet[Crossing]:
    """The crossings of everybody else who came with the case, or near them: one query."""
    found = Crossing.objects.filter(reduce(or_, (_near(one, asked) for one in own)))
    found = found.exclude(id__in=[one.id for one in own])
    first = own[0]
    if first.document_key:
        found = found.exclude(
            document_key=first.document_key, document_issuer=first.document_issuer
        )
    return found.order_by("at", "id").defer("inspection")


def explained(rows: Iterable[Crossing], own: Sequence[Crossing], asked: Asked) -> list[Contact]:
    """Each contact with why they are one."""
    return [_explained(row, own, asked) for row in rows]


def _near(one: Crossing, asked: Asked) -> Q:
    apart = timedelta(minutes=asked.minutes)
    near = Q()
    if one.lane and asked.minutes:
        near |= Q(lane=one.lane, at__gte=one.at - apart, at__lte=one.at + apart)
    if one.group is not None:
        near |= Q(group=one.group)
    if one.conveyance_id is not None:
        near |= Q(conveyance_id=one.conveyance_id)
    # The bounds of time and post are said outside as well: they are what an index finds by.
    within = Q(node=one.node, at__gte=one.at - TOGETHER, at__lte=one.at + TOGETHER)
    return within & (near or Q(id=one.id))


def _explained(row: Crossing, own: Sequence[Crossing], asked: Asked) -> Contact:
    here = [one for one in own if one.node == row.node]
    nearest = min(here, key=lambda one: abs(one.at - row.at))
    why = {reason for one in here for reason in _reasons(row, one, asked)}
    minutes = round(abs(nearest.at - row.at).total_seconds() / 60)
    return Contact(row=row, why=tuple(one for one in Why if one in why), apart=minutes)


def _reasons(row: Crossing, one: Crossing, asked: Asked) -> Iterator[Why]:
    """Why a crossing near this one of the case is a contact's."""
    if one.conveyance_id is not None and one.conveyance_id == row.conveyance_id:
        yield Why.CONVEYANCE
    if one.group is not None and one.group == row.group:
        yield Why.GROUP
    if (
        asked.minutes
        and one.lane
        and one.lane == row.lane
        and abs(one.at - row.at) <= timedelta(minutes=asked.minutes)
    ):
        yield Why.LANE
