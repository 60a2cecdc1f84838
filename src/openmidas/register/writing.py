"""What is written into the book of the shift on duty: relaxations of checks, and lines.

All of it is asked with an id that the page was rendered with: sent twice, it is done once.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmidas.incidents.services import checked, milliseconds
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record
from openmidas.posts.refusals import Refused
from openmidas.register import entries, limits
from openmidas.register.entries import Ground, OrderedBy
from openmidas.register.models import Occurrence, Relaxation, Shift
from openmidas.register.services import in_charge, on_duty, past, same_moment


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
        same = same_moment(happened_at, before.happened_at)
        return _same(same and told == (said, actor.officer, corrects))
    shift = _on_duty()
    here = Occurrence.objects.filter(node=this_node().id)
    if corrects is not None and not here.filter(id=corrects).exists():
        raise Refused("occurrence.unknown")
    content = entries.ShiftOccurrence(
        occurrence=id,
        shift=shift.id,
        happened_at=milliseconds(past(happened_at)),
        words=said,
        corrects=corrects,
    )
    record(checked(content), actor=actor)
    return None


def check_in_charge(actor: Actor, shift: Shift) -> None:
    """Raises `Refused` ``shift.not_in_charge`` for whoever is neither in charge nor the head of post."""
    if not in_charge(actor.officer, actor.role, shift):
        raise Refused("shift.not_in_charge")


def _same(same: bool) -> None:
    if not same:
        raise Refused("shift.saved_already")


def _on_duty() -> Shift:
    shift = on_duty()
    if shift is None:
        raise Refused("shift.none")
    return shift


def _words(words: str) -> str:
    said = words.strip()
    if len(said) < limits.SHORTEST_WORDS:
        raise Refused("shift.words_missing", least=str(limits.SHORTEST_WORDS))
    return said
