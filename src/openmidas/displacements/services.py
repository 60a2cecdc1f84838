"""What can be done about displacements: open, count, correct a count, mark who is registered, close.

All of it is asked with an id that the page was rendered with: sent twice, it is done once. A count is
sent again by the page until it is answered, so that none is lost when the power goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.crossings.inspection import Direction
from openmidas.crossings.limits import check_note, check_text
from openmidas.crossings.models import Crossing
from openmidas.displacements import entries, limits
from openmidas.displacements.entries import Cause, Need, People, Special
from openmidas.displacements.models import Displacement, DisplacementCount, DisplacementMark
from openmidas.incidents.models import Incident
from openmidas.journal import Actor, Content
from openmidas.journal.models import new_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day, node_time, record, record_all
from openmidas.posts.mandate import hold_journal
from openmidas.posts.refusals import Refused

ContentT = TypeVar("ContentT", bound=Content)


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """A displacement as an officer opens it. ``incident``: the one that told of it, if any."""

    origin: str
    destination: str = ""
    since: date
    cause: Cause
    direction: Direction = Direction.ENTRY
    incident: UUID | None = None
    words: str = ""


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """People of a displacement as an officer counted them.

    ``since``: None where it is not said; ``until``: None for now; ``instead_of``: the count that this
    one corrects. People of a correction may be none: then the count was a mistake.
    """

    people: People
    special: Special = Special()
    needs: tuple[Need, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    place: str = ""
    about: bool = False
    instead_of: UUID | None = None

    @property
    def number(self) -> int:
        """All of them."""
        return sum(msgspec.structs.astuple(self.people))


def open_displacement(actor: Actor, id: UUID, said: Opening) -> None:
    """Open a displacement at this post. The same form again changes nothing.

    Raises `Refused`: ``displacement.origin_missing``, ``displacement.in_future``,
    ``displacement.too_old``, ``displacement.incident_unknown``, ``displacement.saved_already``,
    ``field.too_long``, ``field.unprintable``.
    """
    if not said.origin:
        raise Refused("displacement.origin_missing")
    for field, text, most in (
        ("origin", said.origin, limits.PLACE),
        ("destination", said.destination, limits.PLACE),
    ):
        check_text(field, text, most)
    check_note(said.words)
    _check_day(said.since)
    content = _checked(
        entries.DisplacementOpened(
            displacement=id,
            origin=said.origin,
            destination=said.destination,
            since=said.since.isoformat(),
            cause=said.cause,
            direction=said.direction,
            incident=said.incident,
            words=said.words,
        )
    )
    with transaction.atomic():
        hold_journal()
        before = Displacement.objects.filter(id=id).first()
        if before is not None:
            if before.officer == actor.officer and _opening_of(before) == said:
                return
            raise Refused("displacement.saved_already")
        here = Incident.objects.filter(node=this_node().id)
        if said.incident is not None and not here.filter(id=said.incident).exists():
            raise Refused("displacement.incident_unknown")
        record(content, actor=actor)


def count(actor: Actor, displacement: UUID, id: UUID, said: Count) -> bool:
    """Write down a count of an open displacement, or one in place of another.

    Gives whether it is new: the same count again changes nothing. Raises `Refused`:
    ``displacement.unknown``, ``displacement.closed``, ``displacement.nobody``, ``displacement.too_many``,
    ``displacement.special_above``, ``displacement.hours``, ``displacement.in_future``,
    ``displacement.too_old``, ``displacement.corrected_already``, ``displacement.saved_already``,
    ``field.too_long``, ``field.unprintable``.
    """
    now = node_time()
    _check_count(said, now)
    with transaction.atomic():
        hold_journal()
        row = held(displacement)
        before = DisplacementCount.objects.filter(id=id).first()
        if before is not None:
            if before.displacement == displacement and _same(before, said):
                return False
            raise Refused("displacement.saved_already")
        if not row.open:
            raise Refused("displacement.closed")
        if said.instead_of is not None:
            _check_corrected(displacement, said.instead_of)
        content = entries.DisplacementCounted(
            count=id,
            displacement=displacement,
            people=said.people,
            special=said.special,
            needs=said.needs,
            since=None if said.since is None else _milliseconds(said.since),
            until=_milliseconds(said.until or now),
            place=said.place,
            about=said.about,
            instead_of=said.instead_of,
        )
        record(_checked(content), actor=actor)
    return True


def mark(actor: Actor, displacement: UUID, crossings: Sequence[UUID]) -> int:
    """Say of crossings of this post that these travellers were counted in a displacement before.

    Gives how many were marked: who is marked so already stays so. Closed displacements take them as
    well: people are registered for weeks. Raises `Refused`: ``displacement.unknown``,
    ``displacement.crossing_unknown``, ``displacement.marked_elsewhere``, ``displacement.too_many_marks``.
    """
    wanted = list(dict.fromkeys(crossings))
    if len(wanted) > limits.MOST_MARKED:
        raise Refused("displacement.too_many_marks", most=str(limits.MOST_MARKED))
    with transaction.atomic():
        hold_journal()
        row = held(displacement)
        here = Crossing.objects.filter(node=this_node().id, direction=row.direction, id__in=wanted)
        if here.count() != len(wanted):
            raise Refused("displacement.crossing_unknown")
        known = marks_of(wanted)
        if any(one.displacement != displacement for one in known.values()):
            raise Refused("displacement.marked_elsewhere")
        new = [
            entries.DisplacementRegistered(mark=new_id(), crossing=one, displacement=displacement)
            for one in wanted
            if one not in known
        ]
        if new:
            record_all(new, actor=actor)
    return len(new)


def unmark(actor: Actor, displacement: UUID, crossing: UUID) -> None:
    """Take it back that a crossing is of a displacement; where it is not, nothing happens.

    Raises `Refused` ``displacement.unknown``.
    """
    with transaction.atomic():
        hold_journal()
        held(displacement)
        found = marks_of([crossing]).get(crossing)
        if found is None or found.displacement != displacement:
            return
        record(entries.DisplacementRegistered(mark=found.id, crossing=crossing), actor=actor)


def marks_of(crossings: Sequence[UUID]) -> dict[UUID, DisplacementMark]:
    """The marks of this post that crossings bear, by crossing."""
    here = DisplacementMark.objects.filter(node=this_node().id, crossing__in=crossings)
    return {one.crossing: one for one in here.exclude(displacement=None)}


def close(actor: Actor, displacement: UUID, *, closed: bool = True) -> None:
    """Say that nobody else is expected, or (``closed`` false) that it goes on. Again changes nothing.

    Raises `Refused` ``displacement.unknown``.
    """
    with transaction.atomic():
        hold_journal()
        if held(displacement).open is closed:
            content = entries.DisplacementClosed(displacement=displacement, closed=closed)
            record(content, actor=actor)


def held(displacement: UUID) -> Displacement:
    """A displacement of this post, held until the transaction ends. Raises ``displacement.unknown``."""
    here = Displacement.objects.select_for_update().filter(node=this_node().id)
    row = here.filter(id=displacement).first()
    if row is None:
        raise Refused("displacement.unknown")
    return row


def _check_count(said: Count, now: datetime) -> None:
    groups = (*msgspec.structs.astuple(said.people), *msgspec.structs.astuple(said.special))
    if not all(0 <= number <= limits.MOST_PEOPLE for number in groups):
        raise Refused("displacement.too_many", most=str(limits.MOST_PEOPLE))
    if not said.number and said.instead_of is None:
        raise Refused("displacement.nobody")
    if any(number > said.number for number in msgspec.structs.astuple(said.special)):
        raise Refused("displacement.special_above")
    check_text("place", said.place, limits.PLACE)
    until = said.until or now
    if until > now:
        raise Refused("displacement.in_future")
    if said.since is not None and said.since > until:
        raise Refused("displacement.hours")
    if min(until, said.since or until) < now - limits.OLDEST:
        raise Refused("displacement.too_old", years=str(limits.OLDEST.days // 365))


def _check_day(day: date) -> None:
    today = node_day()
    if day > today:
        raise Refused("displacement.in_future")
    if day < today - limits.OLDEST:
        raise Refused("displacement.too_old", years=str(limits.OLDEST.days // 365))


def _check_corrected(displacement: UUID, count: UUID) -> None:
    here = DisplacementCount.objects.filter(displacement=displacement, node=this_node().id)
    if not here.filter(id=count).exists() or here.filter(instead_of=count).exists():
        raise Refused("displacement.corrected_already")


def _opening_of(row: Displacement) -> Opening:
    """The opening that made a row."""
    return Opening(
        origin=row.origin,
        destination=row.destination,
        since=row.since,
        cause=Cause(row.cause),
        direction=Direction(row.direction),
        incident=row.incident,
        words=row.words,
    )


def _same(before: DisplacementCount, said: Count) -> bool:
    """Whether a count is the one that was saved; when it ended counts only where the form says so."""
    return (
        before.people() == said.people
        and before.special() == said.special
        and before.needs == list(said.needs)
        and (before.since, before.place, before.about, before.instead_of)
        == (said.since, said.place, said.about, said.instead_of)
        and said.until in (None, before.until)
    )


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _checked(content: ContentT) -> ContentT:
    """The content, within the bounds of its kind. Raises `Refused` ``request.broken``."""
    try:
        msgspec.convert(msgspec.to_builtins(content), type(content))
    except msgspec.ValidationError as error:
        raise Refused("request.broken") from error
    return content
