"""The second line: who waits there, and how it ends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from openmidas.crossings import hits, limits
from openmidas.crossings.entries import (
    MOST_OPEN_HITS,
    AdmissionReason,
    CrossingResolved,
    HandedTo,
    OpenHitReason,
    OpenHits,
    Outcome,
    RefusalReason,
)
from openmidas.crossings.holds import may_be_refused
from openmidas.crossings.inspection import Inspection, State
from openmidas.crossings.models import Crossing, Status
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record
from openmidas.posts.refusals import Refused


def queue() -> QuerySet[Crossing]:
    """Travellers whom this post's primary line has referred and nobody has decided on."""
    return Crossing.objects.filter(node=this_node().id, status=Status.REFERRED).order_by("at")


def decided_since(start: datetime) -> QuerySet[Crossing]:
    """Those whom this post's second line has decided on since then, the last one first."""
    return Crossing.objects.filter(node=this_node().id, resolved_at__gte=start).order_by(
        "-resolved_at"
    )


def came_here() -> QuerySet[Crossing]:
    """Those of any post who wait at a second line, or did."""
    return Crossing.objects.filter(Q(status=Status.REFERRED) | Q(resolved_at__isnull=False))


@transaction.atomic
def resolve(
    actor: Actor,
    crossing: UUID,
    outcome: Outcome,
    *,
    refusal: RefusalReason | None = None,
    admission: AdmissionReason | None = None,
    open_hit: OpenHitReason | None = None,
    handed_to: HandedTo | None = None,
    note: str = "",
) -> None:
    """Admit or refuse a traveller who was referred, or hand them over. The same again changes nothing.

    Nobody is refused who is being referred to a service, or who asked for protection and was not heard
    yet (`crossings.holds`), nor handed to a consulate. A refusal needs a reason, and so does letting
    somebody cross whom the checks had stopped; who is handed over is handed to somebody. Hits that
    ask for an answer are answered before somebody is admitted, or ``open_hit`` says why not. Raises
    `Refused`: ``crossing.unknown``, ``crossing.resolved``, ``refusal.without_reason``,
    ``refusal.held``, ``admission.without_reason``, ``handover.to_nobody``, ``handover.note``,
    ``reason.of_other_outcome``, ``hit.open``, ``hit.open_note``, ``field.too_long``,
    ``field.unprintable``.
    """
    limits.check_note(note)
    _check_reasons(outcome, refusal, admission or open_hit, handed_to)
    if handed_to is HandedTo.OTHER and len(note.strip()) < limits.SHORTEST_NOTE:
        raise Refused("handover.note")
    admitted = outcome is Outcome.ADMITTED
    row = Crossing.objects.select_for_update().filter(id=crossing, node=this_node().id).first()
    if row is None:
        raise Refused("crossing.unknown")
    if row.status != Status.REFERRED:
        if row.resolved_at is not None and row.status == outcome:
            return
        raise Refused("crossing.resolved")
    if admitted and admission is None:
        if row.state == State.STOP:
            raise Refused("admission.without_reason")
        admission = AdmissionReason.FINDINGS_CONSIDERED
    sent_back = outcome is Outcome.REFUSED or handed_to is HandedTo.CONSULATE
    if sent_back and not may_be_refused(row):
        raise Refused("refusal.held")
    open_hits = _open_hits(row.inspected(), open_hit, note) if admitted else None
    record(
        CrossingResolved(
            crossing=crossing,
            outcome=outcome,
            refusal=refusal,
            admission=admission,
            note=note.strip(),
            open_hits=open_hits,
            handed_to=handed_to,
        ),
        actor=actor,
    )


def _check_reasons(
    outcome: Outcome,
    refusal: RefusalReason | None,
    admission: AdmissionReason | OpenHitReason | None,
    handed_to: HandedTo | None,
) -> None:
    """A reason belongs to the outcome, and none is missing that the outcome cannot do without."""
    given = {
        Outcome.REFUSED: refusal,
        Outcome.ADMITTED: admission,
        Outcome.HANDED_OVER: handed_to,
    }
    if any(reason is not None for of, reason in given.items() if of is not outcome):
        raise Refused("reason.of_other_outcome")
    if outcome is Outcome.REFUSED and refusal is None:
        raise Refused("refusal.without_reason")
    if outcome is Outcome.HANDED_OVER and handed_to is None:
        raise Refused("handover.to_nobody")


def _open_hits(inspection: Inspection, reason: OpenHitReason | None, note: str) -> OpenHits | None:
    """What is let pass without an answer; None where everything that asks for one has it."""
    left = hits.unanswered(inspection)
    if not left:
        return None
    if reason is None:
        raise Refused("hit.open")
    if reason is OpenHitReason.OTHER and len(note.strip()) < limits.SHORTEST_NOTE:
        raise Refused("hit.open_note")
    return OpenHits(hits=tuple(left[:MOST_OPEN_HITS]), reason=reason)
