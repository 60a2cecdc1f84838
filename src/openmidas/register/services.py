"""What can be done with the post's book: open a shift, hand it over, close it, relax checks, write a line.

All of it is asked with an id that the page was rendered with: sent twice, it is done once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

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
from openmidas.register.entries import Duty, Ground, Member, OrderedBy
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
    if _opened_before(id, team):
        return
    if on_duty() is not None:
        raise Refused("shift.open_already")
    _check_team(team)
    record(_opened(id, team, _begun(since)), actor=actor)


@transaction.atomic
def hand_over(
    actor: Actor, shift: UUID, to: UUID, team: tuple[Member, ...], note: str = ""
) -> None:
    """End the shift on duty and open the next, ``to``, at one moment.

    Raises `Refused` as `open_shift` does, and ``shift.unknown``, ``shift.ended``.
    """
    row = _here(shift)
    said = note.strip()
    if row.to == to and row.note == said and _opened_before(to, team):
        return
    if row.until is not None:
        raise Refused("shift.ended")
    if Shift.objects.filter(id=to).exists():
        raise Refused("shift.saved_already")
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

    Raises `Refused`: ``shift.unknown``, ``shift.ended``, ``shift.in_future``, ``shift.ends_first``.
    """
    row = _here(shift)
    said = note.strip()
    if row.until is not None:
        if (row.to, row.note, row.closed_by) == (None, said, actor.officer):
            return
        raise Refused("shift.ended")
    # However long ago: a shift that was forgotten for days must not count as days of duty.
    ended_at = _past(until, late=None)
    if ended_at <= row.since:
        raise Refused("shift.ends_first")
    ended = entries.ShiftClosed(
        shift=shift,
        until=milliseconds(ended_at),
        note=said,
        waiting=waiting(row.node),
        figures=figures(row.node, Span(row.since, ended_at)),
    )
    record(checked(ended), actor=actor)


@transaction.atomic
def relax(actor: Actor, id: UUID, ground: Ground, ordered_by: OrderedBy, words: str) -> None:
    """Write down that checks are relaxed from now on. Who is in charge, or the head of post.

    Raises `Refused`: ``shift.none``, ``shift.not_in_charge``, ``shift.words_missing``,
    ``shift.saved_already``.
    """
    said = _words(words)
    before = Relaxation.objects.filter(id=id).first()
    if before is not None:
        told = (before.ground, before.ordered_by, before.words, before.officer)
        return _same(told == (ground, ordered_by, said, actor.officer))
    shift = _on_duty()
    check_in_charge(actor, shift)
    content = entries.ShiftRelaxed(
        relaxation=id, shift=shift.id, ground=ground, ordered_by=ordered_by, words=said
    )
    record(checked(content), actor=actor)
    return None


@transaction.atomic
def end_relaxation(actor: Actor, relaxation: UUID) -> None:
    """Write down that checks are in full again; ended before, nothing changes.

    Raises `Refused`: ``relaxation.unknown``, ``shift.none``, ``shift.not_in_charge``.
    """
    row = Relaxation.objects.filter(id=relaxation, node=this_node().id).first()
    if row is None:
        raise Refused("relaxation.unknown")
    if row.ended_at is None:
        check_in_charge(actor, _on_duty())
        record(entries.ShiftRelaxationEnded(relaxation=relaxation), actor=actor)


@transaction.atomic
def note_occurrence(
    actor: Actor,
    id: UUID,
    words: str,
    happened_at: datetime | None = None,
    corrects: UUID | None = None,
) -> None:
    """Write a line into the book of the shift on duty; ``corrects``: an earlier line that is wrong.

    Raises `Refused`: ``shift.none``, ``shift.words_missing``, ``shift.in_future``,
    ``shift.too_long_ago``, ``occurrence.unknown``, ``shift.saved_already``.
    """
    said = _words(words)
    before = Occurrence.objects.filter(id=id).first()
    if before is not None:
        told = (before.words, before.officer, before.corrects)
        return _same(told == (said, actor.officer, corrects))
    shift = _on_duty()
    here = Occurrence.objects.filter(node=this_node().id)
    if corrects is not None and not here.filter(id=corrects).exists():
        raise Refused("occurrence.unknown")
    content = entries.ShiftOccurrence(
        occurrence=id,
        shift=shift.id,
        happened_at=milliseconds(_past(happened_at)),
        words=said,
        corrects=corrects,
    )
    record(checked(content), actor=actor)
    return None


def in_charge(officer: UUID | None, role: str, shift: Shift) -> bool:
    """Whether an officer may relax checks in this shift."""
    if role == Role.HEAD_OF_POST:
        return True
    return any(one.officer == officer and one.duty is Duty.IN_CHARGE for one in shift.members())


def check_in_charge(actor: Actor, shift: Shift) -> None:
    """Raises `Refused` ``shift.not_in_charge`` for whoever is neither in charge nor the head of post."""
    if not in_charge(actor.officer, actor.role, shift):
        raise Refused("shift.not_in_charge")


def _opened(
    id: UUID, team: tuple[Member, ...], since: datetime, follows: UUID | None = None
) -> entries.ShiftOpened:
    content = entries.ShiftOpened(shift=id, since=milliseconds(since), team=team, follows=follows)
    return checked(content)


def _opened_before(id: UUID, team: tuple[Member, ...]) -> bool:
    """Whether this very shift was opened before. Raises `Refused` ``shift.saved_already``."""
    row = Shift.objects.filter(id=id).first()
    if row is None:
        return False
    if row.members() != team:
        raise Refused("shift.saved_already")
    return True


def _same(same: bool) -> None:
    if not same:
        raise Refused("shift.saved_already")


def _here(shift: UUID) -> Shift:
    row = Shift.objects.filter(id=shift, node=this_node().id).first()
    if row is None:
        raise Refused("shift.unknown")
    return row


def _on_duty() -> Shift:
    shift = on_duty()
    if shift is None:
        raise Refused("shift.none")
    return shift


def _begun(since: datetime | None) -> datetime:
    """When a shift begins. Raises `Refused`: two shifts of a post are never on duty at one time."""
    begun = _past(since)
    last = Shift.objects.filter(node=this_node().id).exclude(until=None).order_by("-until").first()
    if last is not None and last.until is not None and begun < last.until:
        if since is None:
            return moment(milliseconds(last.until))
        raise Refused("shift.overlaps")
    return begun


def _past(said: datetime | None, late: timedelta | None = limits.LATE) -> datetime:
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


def _words(words: str) -> str:
    said = words.strip()
    if len(said) < limits.SHORTEST_WORDS:
        raise Refused("shift.words_missing", least=str(limits.SHORTEST_WORDS))
    return said
