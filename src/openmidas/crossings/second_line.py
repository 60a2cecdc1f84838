"""The second line: who waits there, and how it ends."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from openmidas.crossings import limits
from openmidas.crossings.entries import AdmissionReason, CrossingResolved, Outcome, RefusalReason
from openmidas.crossings.inspection import State
from openmidas.crossings.models import Crossing, Status
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record
from openmidas.posts.refusals import Refused


def queue() -> QuerySet[Crossing]:
    """Travellers whom this post's primary line has referred and nobody has decided on."""
    return Crossing.objects.filter(node=this_node().id, status=Status.REFERRED).order_by("at")


@transaction.atomic
def resolve(
    actor: Actor,
    crossing: UUID,
    outcome: Outcome,
    *,
    refusal: RefusalReason | None = None,
    admission: AdmissionReason | None = None,
    note: str = "",
) -> None:
    """Admit or refuse a traveller who was referred. The same decision again changes nothing.

    A refusal needs a reason, and so does letting somebody cross whom the checks had stopped. Raises
    `Refused`: ``crossing.unknown``, ``crossing.resolved``, ``refusal.without_reason``,
    ``admission.without_reason``, ``reason.of_other_outcome``, ``field.too_long``,
    ``field.unprintable``.
    """
    limits.check_note(note)
    admitted = outcome is Outcome.ADMITTED
    if (refusal if admitted else admission) is not None:
        raise Refused("reason.of_other_outcome")
    if not admitted and refusal is None:
        raise Refused("refusal.without_reason")
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
    record(
        CrossingResolved(
            crossing=crossing,
            outcome=outcome,
            refusal=refusal,
            admission=admission,
            note=note.strip(),
        ),
        actor=actor,
    )
