"""What the pages of the book show: a shift with its team, numbers, relaxations, lines and outages."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from msgspec import Struct

from openmidas.crossings.overview import post_names
from openmidas.nodes.identity import this_node
from openmidas.nodes.names import node_names
from openmidas.nodes.services import node_time
from openmidas.posts.models import Officer
from openmidas.register import wording
from openmidas.register.counting import figures, relaxed, waiting
from openmidas.register.entries import Duty, Figures
from openmidas.register.figure_lines import Line, figure_lines, waiting_lines
from openmidas.register.models import Occurrence, Relaxation, Shift
from openmidas.register.outages import Outage, outages
from openmidas.register.services import forgotten
from openmidas.register.spans import Span


class ShownShift(Struct, frozen=True, kw_only=True):
    """A shift in a line. ``in_charge``: the officer's name, "–" where it is not known here.

    ``forgotten``: it is on duty for so long that nobody may have closed it.
    """

    row: Shift
    post: str
    in_charge: str
    officers: int
    lasted: str
    forgotten: bool


class ShownMember(Struct, frozen=True):
    """An officer of the team, and what they do."""

    name: str
    duty: str


class ShownRelaxation(Struct, frozen=True, kw_only=True):
    """A relaxation of checks."""

    row: Relaxation
    ground: str
    ordered_by: str
    by: str


class ShownOccurrence(Struct, frozen=True, kw_only=True):
    """A line of the book. ``number``: within its shift; ``corrects``: the number of the line that it puts
    right, with its time where that stands in another shift, "" for none; ``corrected``: whether a later
    line, of whichever shift, puts this one right."""

    row: Occurrence
    number: int
    by: str
    corrects: str
    corrected: bool


class ShownOutage(Struct, frozen=True, kw_only=True):
    """A time without power or link."""

    outage: Outage
    cause: str
    lasted: str


class ShiftPage(Struct, frozen=True, kw_only=True):
    """One shift, all of it. ``left``: what stands open now, or stood open when it ended."""

    shown: ShownShift
    team: tuple[ShownMember, ...]
    figures: Figures
    lines: tuple[Line, ...]
    left: tuple[Line, ...]
    relaxations: tuple[ShownRelaxation, ...]
    occurrences: tuple[ShownOccurrence, ...]
    outages: tuple[ShownOutage, ...]
    closed_by: str


def shown(rows: Iterable[Shift]) -> list[ShownShift]:
    """Shifts in a line each."""
    found = list(rows)
    names = _officers(one.officer for row in found for one in row.members())
    posts = {**node_names(), **post_names()}
    return [_shown(row, names, posts) for row in found]


def shift_page(row: Shift) -> ShiftPage:
    """The page of one shift: while it is on duty as the tables have it, afterwards as it was told."""
    span = span_of(row)
    told = row.told()
    numbers = told if told is not None else figures(row.node, span)
    still = waiting(row.node) if row.until is None else row.left()
    return ShiftPage(
        shown=shown([row])[0],
        team=tuple(_team(row)),
        figures=numbers,
        lines=figure_lines(numbers),
        left=waiting_lines(still),
        relaxations=tuple(_relaxations(row, span)),
        occurrences=tuple(occurrences(row)),
        outages=tuple(_outages(row, span)),
        closed_by=_name(_officers([row.closed_by]), row.closed_by),
    )


def span_of(row: Shift) -> Span:
    """From when to when a shift was on duty; until now, where it is."""
    return Span(row.since, row.until or max(node_time(), row.since))


def running_relaxations() -> list[ShownRelaxation]:
    """The relaxations of this post that last, whichever shift began them."""
    rows = list(Relaxation.objects.filter(node=this_node().id, ended_at=None).order_by("at", "id"))
    names = _officers(row.officer for row in rows)
    return [_relaxation(row, names) for row in rows]


def _shown(row: Shift, names: dict[UUID, str], posts: dict[UUID, str]) -> ShownShift:
    team = row.members()
    first = next((one.officer for one in team if one.duty is Duty.IN_CHARGE), None)
    span = span_of(row)
    return ShownShift(
        row=row,
        post=posts.get(row.node, this_node().config.name),
        in_charge=_name(names, first),
        officers=len(team),
        lasted=wording.word_minutes(span.minutes),
        forgotten=forgotten(row),
    )


def _team(row: Shift) -> Iterable[ShownMember]:
    team = row.members()
    names = _officers(one.officer for one in team)
    order = list(Duty)
    for one in sorted(team, key=lambda one: (order.index(one.duty), names.get(one.officer, ""))):
        yield ShownMember(names.get(one.officer, "–"), wording.word(wording.DUTIES, one.duty))


def _relaxations(row: Shift, span: Span) -> Iterable[ShownRelaxation]:
    rows = list(relaxed(row.node, span).order_by("at", "id"))
    names = _officers(one.officer for one in rows)
    return [_relaxation(one, names) for one in rows]


def _relaxation(row: Relaxation, names: dict[UUID, str]) -> ShownRelaxation:
    return ShownRelaxation(
        row=row,
        ground=wording.word(wording.GROUNDS, row.ground),
        ordered_by=wording.word(wording.ORDERED_BY, row.ordered_by),
        by=_name(names, row.officer),
    )


def occurrences(row: Shift) -> Iterable[ShownOccurrence]:
    """The lines of a shift in the order in which they were written."""
    rows = _lines(row.node, row.id)
    names = _officers(one.officer for one in rows)
    here = Occurrence.objects.filter(node=row.node)
    corrected = set(
        here.filter(corrects__in=[one.id for one in rows]).values_list("corrects", flat=True)
    )
    numbers = {one.id: str(number) for number, one in enumerate(rows, 1)}
    for other in here.filter(id__in=[one.corrects for one in rows if one.corrects]):
        if other.id not in numbers:
            numbers[other.id] = _number_elsewhere(other)
    for number, one in enumerate(rows, 1):
        yield ShownOccurrence(
            row=one,
            number=number,
            by=_name(names, one.officer),
            corrects=numbers.get(one.corrects, "") if one.corrects else "",
            corrected=one.id in corrected,
        )


def _lines(node: UUID, shift: UUID) -> list[Occurrence]:
    return list(Occurrence.objects.filter(shift=shift, node=node).order_by("at", "id"))


def _number_elsewhere(line: Occurrence) -> str:
    number = [one.id for one in _lines(line.node, line.shift)].index(line.id) + 1
    return f"{number} · {timezone.localtime(line.happened_at):%Y-%m-%d %H:%M}"


def _outages(row: Shift, span: Span) -> Iterable[ShownOutage]:
    for one in outages(row.node, span):
        lasted = wording.word_minutes(one.span.minutes)
        yield ShownOutage(
            outage=one,
            cause=wording.word(wording.CAUSES, one.cause),
            lasted=_("%(lasted)s so far") % {"lasted": lasted} if one.lasting else lasted,
        )


def _name(names: dict[UUID, str], officer: UUID | None) -> str:
    return names.get(officer, "–") if officer else "–"


def _officers(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    wanted = {id for id in ids if id is not None}
    return dict(Officer.objects.filter(id__in=wanted).values_list("id", "name"))
