"""Stays that lasted longer than their rule allowed, as far as is known. Nobody is named here.

A list to look into, never a basis for an automatic measure: see the page.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import msgspec
from django.db.models import Count, QuerySet

from openmidas.crossings.inspection import UsedEdition
from openmidas.crossings.models import Crossing
from openmidas.crossings.overview import post_names
from openmidas.flows.models import Presence

ON_A_PAGE = 50


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which overstays to show; what is empty does not matter. ``post``: where last seen."""

    post: UUID | None = None
    nationality: str = ""
    days: int = 1


class Overstay(msgspec.Struct, frozen=True, kw_only=True):
    """A stay whose last day is over, ``days`` ago.

    ``rules``: the edition of the rules that the entry was decided with; None where it kept none.
    """

    presence: Presence
    days: int
    entered_at: str
    seen_at: str
    rules: UsedEdition | None


class OverPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of overstays, the longest first; ``number`` counts from 1."""

    rows: tuple[Overstay, ...]
    number: int
    more: bool


class OverCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many overstays of one nationality were last seen at one post."""

    post: str
    nationality: str
    number: int


def overstays(wanted: Wanted, today: date, number: int = 1) -> OverPage:
    """One page of the overstays that are wanted."""
    start = (max(number, 1) - 1) * ON_A_PAGE
    # One more than is shown tells whether there are more, without counting all.
    found = list(_found(wanted, today).order_by("until", "id")[start : start + ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    names = post_names()
    entries = Crossing.objects.in_bulk([row.crossing for row in shown])
    return OverPage(
        rows=tuple(_overstay(row, today, names, entries.get(row.crossing)) for row in shown),
        number=max(number, 1),
        more=len(found) > ON_A_PAGE,
    )


def over_counts(wanted: Wanted, today: date) -> list[OverCount]:
    """The numbers behind the list, by post and nationality: they add up to it."""
    names = post_names()
    counted = (
        _found(wanted, today)
        .order_by()
        .values_list("seen_node", "nationality")
        .annotate(Count("id"))
    )
    rows = [
        OverCount(post=names.get(post, str(post)), nationality=nationality, number=number)
        for post, nationality, number in counted
    ]
    return sorted(rows, key=lambda row: (row.post, row.nationality))


def _found(wanted: Wanted, today: date) -> QuerySet[Presence]:
    found = Presence.objects.filter(until__lte=today - timedelta(days=max(wanted.days, 1)))
    if wanted.post is not None:
        found = found.filter(seen_node=wanted.post)
    if wanted.nationality:
        found = found.filter(nationality=wanted.nationality)
    return found


def _overstay(
    row: Presence, today: date, names: dict[UUID, str], entry: Crossing | None
) -> Overstay:
    assert row.until is not None  # noqa: S101  no other row is found
    editions = entry.inspected().editions if entry else ()
    return Overstay(
        presence=row,
        days=(today - row.until).days,
        entered_at=names.get(row.node, str(row.node)),
        seen_at=names.get(row.seen_node, str(row.seen_node)),
        rules=next((used for used in editions if used.kind == "rules"), None),
    )
