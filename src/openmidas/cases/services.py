"""What can be done about hits: answer them, and answer anew."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.cases.entries import Answer, Bearer, HitResolved, HitSaid, Reason, reasons_on
from openmidas.cases.hits import answers_to, bearer_of, question
from openmidas.cases.limits import REMEMBERED_DAYS
from openmidas.cases.models import HitResolution
from openmidas.crossings import limits
from openmidas.crossings.hits import hit_id
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.models import Crossing
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.lists.lost.in_use import LOST
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day, record
from openmidas.posts.refusals import Refused


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An answer as an officer gives it. ``after``: the answer that they saw, None where there was none."""

    answer: Answer | None = None
    reason: Reason | None = None
    note: str = ""
    after: UUID | None = None


@transaction.atomic
def resolve_hit(actor: Actor, crossing: UUID, hit: UUID, given: Given) -> None:
    """Say whether a traveller is the listed person. The same answer again changes nothing.

    Whoever answers anew needs a reason as well, and both answers stand. Raises `Refused`:
    ``hit.unknown``, ``hit.without_reason``, ``hit.reason_of_other_answer``, ``hit.note_missing``,
    ``hit.answered_meanwhile`` (by somebody else, after the page was loaded), ``field.too_long``,
    ``field.unprintable``.
    """
    inspection = _held(crossing).inspected()
    asked = question(inspection, hit)
    if asked is None:
        raise Refused("hit.unknown")
    answer_hit(actor, inspection, asked.said, given)


def answer_hit(actor: Actor, inspection: Inspection, said: HitSaid, given: Given) -> None:
    """Write an answer to a hit on this traveller, wherever it was found; within a transaction.

    Raises as `resolve_hit` does.
    """
    answer, reason, note = _checked(given, said.list_code)
    before = answers_to(hit_id(inspection.id, said.list_code, said.listing))
    if not _is_news(actor, given, before):
        return
    # Of an answer about a document nothing is remembered: its number need not be written again.
    lost = said.list_code == LOST
    bearer = Bearer() if lost else bearer_of(inspection.traveller, inspection.document)
    content = HitResolved(
        resolution=new_id(),
        crossing=inspection.id,
        found_at=inspection.opened_at,
        hit=said,
        bearer=bearer,
        answer=answer,
        reason=reason,
        note=note,
        until=None if lost else _until(answer, bearer),
    )
    record(content, actor=actor)


def _checked(given: Given, list_code: str) -> tuple[Answer, Reason, str]:
    limits.check_note(given.note)
    note = given.note.strip()
    if given.answer is None or given.reason is None:
        raise Refused("hit.without_reason")
    if given.reason not in reasons_on(list_code)[given.answer]:
        raise Refused("hit.reason_of_other_answer")
    if given.reason is Reason.OTHER and len(note) < limits.SHORTEST_NOTE:
        raise Refused("hit.note_missing")
    return given.answer, given.reason, note


def _held(crossing: UUID) -> Crossing:
    """The crossing, held until the transaction ends: answers to its hits queue here."""
    row = Crossing.objects.select_for_update().filter(id=crossing).first()
    node = this_node()
    if row is None or (row.node != node.id and not node.is_hq):
        raise Refused("hit.unknown")
    return row


def _is_news(actor: Actor, given: Given, before: list[HitResolution]) -> bool:
    """Whether the answer is another than the last one. Raises `Refused` ``hit.answered_meanwhile``."""
    if not before:
        return True
    last = before[0]
    same = (last.answer, last.reason, last.note) == (given.answer, given.reason, given.note.strip())
    if same and last.officer == actor.officer:
        return False
    if last.id != given.after:
        raise Refused("hit.answered_meanwhile")
    return True


def _until(answer: Answer, bearer: Bearer) -> str | None:
    """The last day on which it is remembered; None where nobody can be told by what is known."""
    if answer is not Answer.NOT_SAME or not bearer.known:
        return None
    return remembered_until().isoformat()


def remembered_until() -> date:
    """Until when "not the same person" holds that is said now."""
    return node_day() + timedelta(days=REMEMBERED_DAYS)
