"""What a headquarters sees of the buses of all posts. Nobody is named in the list."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from openmidas.crossings.conveyances.aboard import is_overdue
from openmidas.crossings.conveyances.earlier import changed_since, post_before
from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.conveyances.people import (
    Comparison,
    Person,
    closed_by,
    comparison,
    of_aboard,
)
from openmidas.crossings.conveyances.plates import plate_key
from openmidas.crossings.inspection import Conveyance
from openmidas.crossings.overview import ON_A_PAGE, bounds, post_names


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which conveyances to show; what is empty does not matter. ``plate``: a part of it.

    ``day``: where the HQ is; ``differs``: those closed with somebody missing or extra alone.
    """

    plate: str = ""
    post: UUID | None = None
    day: date | None = None
    differs: bool = False


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A conveyance and the name of its post. ``company``: "" where it may be its owner, a person."""

    conveyance: OpenedConveyance
    post: str
    company: str
    overdue: bool


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """A page of conveyances, newest first; ``number`` counts from 1."""

    rows: tuple[Row, ...]
    number: int
    more: bool


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """One conveyance with its travellers, and against the post before, if it passed one."""

    row: OpenedConveyance
    compared: Comparison
    by: str
    earlier: Row | None
    gone: tuple[Person, ...]
    new: tuple[Person, ...]

    @property
    def told_of(self) -> tuple[OpenedConveyance, ...]:
        """The conveyances whose travellers are named."""
        return (self.row, *((self.earlier.conveyance,) if self.earlier else ()))

    @property
    def people(self) -> int:
        """How many persons are named."""
        return self.compared.people + len(self.gone)


def conveyances(wanted: Wanted, number: int = 1) -> Rows:
    """One page of the conveyances that are wanted."""
    found = OpenedConveyance.objects.order_by("-at", "-id")
    if key := plate_key(wanted.plate):
        found = found.filter(plate_key__contains=key)
    if wanted.post is not None:
        found = found.filter(node=wanted.post)
    if wanted.day is not None:
        start, end = bounds(wanted.day)
        found = found.filter(at__gte=start, at__lt=end)
    if wanted.differs:
        found = found.exclude(missing=0, extra=0)
    start_at = (max(number, 1) - 1) * ON_A_PAGE
    rows = list(found[start_at : start_at + ON_A_PAGE + 1])
    names = post_names()
    return Rows(
        rows=tuple(_row(row, names) for row in rows[:ON_A_PAGE]),
        number=max(number, 1),
        more=len(rows) > ON_A_PAGE,
    )


def one(conveyance: OpenedConveyance) -> Row:
    """One of them as the list shows it."""
    return _row(conveyance, post_names())


def opened(conveyance: OpenedConveyance) -> Opened:
    """One of them, with who was aboard."""
    earlier = post_before(conveyance)
    changed = changed_since(earlier, conveyance) if earlier else None
    return Opened(
        row=conveyance,
        compared=comparison(conveyance),
        by=closed_by(conveyance),
        earlier=one(earlier) if earlier else None,
        gone=of_aboard(changed.gone) if changed else (),
        new=of_aboard(changed.new) if changed else (),
    )


def _row(conveyance: OpenedConveyance, names: dict[UUID, str]) -> Row:
    return Row(
        conveyance=conveyance,
        post=names.get(conveyance.node, str(conveyance.node)),
        company=conveyance.company if conveyance.what == Conveyance.BUS else "",
        overdue=is_overdue(conveyance),
    )
