"""What can be done with shifts: open one, hand it over, close it.

All of it is asked with an id that the page was rendered with: sent twice, it is done once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from openmidas.crossings.models import Crossing, Recorded
from openmidas.incidents.services import checked, milliseconds
from openmidas.journal import Actor
from openmidas.journal.projecting import moment
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time, record, record_all
from openmidas.posts.models import Officer
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.standing import Standing, standings
from openmidas.register import entries, limits
from openmidas.register.counting import figures, waiting
from openmidas.register.entries import Duty, Member
from openmidas.register.models import Occurrence, Relaxation, Shift
from openmidas.register.spans import Span

HOUR = timedelta(hours=1)


def on_duty() -> Shift | None:
    """The shift that is on duty at this post."""
    return Shift.objects.filter(node=this_node().id, until=None).order_by("-since").first()


def officers_here() -> list[Officer]:
    """The officers of this post who may work now, by name."""
    found = list(Officer.objects.filter(post=this_node().id).order_by("name", "id"))
    how = standings(found)
    return [one for one in found if how[one.id] is Standing.ACTIVE]


@transaction.atomic
def open_shift(
    actor: Actor, id: UUID, team: tuple[Member, ...], since: datetime | None = None
) -> None:
    """Open a shift at this post, now or ``since`` a while ago.

    Raises `Refused`: ``shift.open_already``, ``shift.saved_already``, ``shift.without_team``,
    ``shift.one_in_charge``, ``shift.officer_unknown``, ``shift.in_future``, ``shift.too_long_ago``,
    ``shift.overlaps``.
    """
    if _opened_before(id, team, since):
        return
    if on_duty() is not None:
        raise Refused("shift.open_already")
    _check_team(team)
    record(_opened(id, team, _begun(since)), actor=actor)


@transaction.atomic
def hand_over(
    actor: Actor, shift: UUID, to: UUID, team: tuple[Member, ...], note: str = ""
) -> None:
    """End the shift on duty and open the next, ``to``, at one moment. For whom `may_end` allows it.

    Raises `Refused` as `open_shift` does, and ``shift.unknown``, ``shift.ended``, ``shift.not_yours``.
    """
    row = _here(shift)
    said = note.strip()
    if row.to == to and row.note == said and _opened_before(to, team):
        return
    if row.until is not None:
        raise Refused("shift.ended")
    if Shift.objects.filter(id=to).exists():
        raise Refused("shift.saved_already")
    _check_may_end(actor, row)
    _check_team(team)
    until = node_time()
    ended = entries.ShiftHandedOver(
        shift=shift,
        to=to,
        until=milliseconds(until),
        note=said,
        waiting=waiting(row.node),
        figures=figures(row.node, Span(row.since, until)),
    )
    record_all([checked(ended), _opened(to, team, until, shift)], actor=actor)


@transaction.atomic
def close(actor: Actor, shift: UUID, note: str = "", until: datetime | None = None) -> None:
    """End the shift on duty, with nobody who takes over: now, or where it was forgotten, at ``until``.

    For whom `may_end` allows it. Raises `Refused`: ``shift.unknown``, ``shift.ended``,
    ``shift.saved_already``, ``shift.not_yours``, ``shift.in_future``, ``shift.ends_first``,
    ``shift.something_later``.
    """
    row = _here(shift)
    said = note.strip()
    if row.until is not None:
        if (row.to, row.note, row.closed_by) != (None, said, actor.officer):
            raise Refused("shift.ended")
        if not same_moment(until, row.until):
            raise Refused("shift.saved_already")
        return
    _check_may_end(actor, row)
    # However long ago: a shift that was forgotten for days must not count as days of duty.
    ended_at = past(until, late=None)
    if ended_at <= row.since:
        raise Refused("shift.ends_first")
    if until is not None:
        _check_nothing_later(row, until)
    ended = entries.ShiftClosed(
        shift=shift,
        until=milliseconds(ended_at),
        note=said,
        waiting=waiting(row.node),
        figures=figures(row.node, Span(row.since, ended_at)),
    )
    record(checked(ended), actor=actor)


def _opened(
    id: UUID, team: tuple[Member, ...], since: datetime, follows: UUID | None = None
) -> entries.ShiftOpened:
    content = entries.ShiftOpened(shift=id, since=milliseconds(since), team=team, follows=follows)
    return checked(content)


def _opened_before(id: UUID, team: tuple[Member, ...], since: datetime | None = None) -> bool:
    """Whether this very shift was opened before. Raises `Refused` ``shift.saved_already``."""
    row = Shift.objects.filter(id=id).first()
    if row is None:
        return False
    if row.members() != team or not same_moment(since, row.since):
        raise Refused("shift.saved_already")
    return True


def same_moment(said: datetime | None, kept: datetime) -> bool:
    """Whether a moment that is said again is the one that was kept; none said is any."""
    return said is None or milliseconds(said) == milliseconds(kept)


def in_charge(officer: UUID | None, role: str, shift: Shift) -> bool:
    """Whether an officer answers for this shift: who is in charge of it, and the head of post."""
    if role == Role.HEAD_OF_POST:
        return True
    return any(one.officer == officer and one.duty is Duty.IN_CHARGE for one in shift.members())


def may_end(officer: UUID | None, role: str, shift: Shift) -> bool:
    """Whether an officer may hand over or close this shift: who answers for it, the second line where
    whoever was in charge has left, and everybody where it has been forgotten."""
    if role == Role.SECOND_LINE or in_charge(officer, role, shift):
        return True
    return forgotten(shift)


def forgotten(shift: Shift) -> bool:
    """Whether a shift is on duty for so long that nobody may have closed it."""
    return shift.until is None and node_time() - shift.since > limits.LONG


def _check_may_end(actor: Actor, shift: Shift) -> None:
    if not may_end(actor.officer, actor.role, shift):
        raise Refused("shift.not_yours")


def _check_nothing_later(shift: Shift, until: datetime) -> None:
    """Raises `Refused` where the book or a lane shows that the shift was still on duty.

    Of one that was forgotten only the book does: who crossed later was let cross by others.
    """
    last = [
        Occurrence.objects.filter(shift=shift.id).aggregate(at=Max("happened_at"))["at"],
        Relaxation.objects.filter(shift=shift.id).aggregate(at=Max("at"))["at"],
    ]
    if not forgotten(shift):
        crossed = Crossing.objects.filter(node=shift.node, recorded=Recorded.LIVE, at__gte=until)
        last.append(crossed.aggregate(at=Max("at"))["at"])
    later = max((one for one in last if one is not None), default=until)
    if later > until:
        at = f"{timezone.localtime(later):%Y-%m-%d %H:%M}"
        raise Refused("shift.something_later", at=at)


def _here(shift: UUID) -> Shift:
    row = Shift.objects.filter(id=shift, node=this_node().id).first()
    if row is None:
        raise Refused("shift.unknown")
    return row


def _begun(since: datetime | None) -> datetime:
    """When a shift begins. Raises `Refused`: two shifts of a post are never on duty at one time."""
    begun = past(since)
    last = Shift.objects.filter(node=this_node().id).exclude(until=None).order_by("-until").first()
    if last is not None and last.until is not None and begun < last.until:
        if since is None:
            return moment(milliseconds(last.until))
        raise Refused("shift.overlaps")
    return begun


def past(said: datetime | None, late: timedelta | None = limits.LATE) -> datetime:
    """A moment that lies no more than ``late`` back, or now.

    Raises `Refused` ``shift.in_future``, ``shift.too_long_ago``.
    """
    now = node_time()
    if said is None:
        return now
    if said > now:
        raise Refused("shift.in_future")
    if late is not None and said < now - late:
        raise Refused("shift.too_long_ago", hours=str(late // HOUR))
    return said


def _check_team(team: tuple[Member, ...]) -> None:
    """Raises `Refused` for a team that is none."""
    if not team:
        raise Refused("shift.without_team")
    if sum(one.duty is Duty.IN_CHARGE for one in team) != 1:
        raise Refused("shift.one_in_charge")
    if not {one.officer for one in team} <= {one.id for one in officers_here()}:
        raise Refused("shift.officer_unknown")
