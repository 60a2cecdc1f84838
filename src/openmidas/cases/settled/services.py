"""Confirming an answer for all posts, and taking that back. At the headquarters alone."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.cases.entries import Answer, Bearer, HitSaid
from openmidas.cases.models import HitResolution
from openmidas.cases.settled.digests import bearer_digest, new_key
from openmidas.cases.settled.entries import HitSettled, HitUnsettled
from openmidas.cases.settled.models import SettledHit
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.services import node_day, record
from openmidas.posts.refusals import Refused


@transaction.atomic
def settle(actor: Actor, resolution: UUID) -> None:
    """Have every post remember an answer "not the same person". Asked twice, it is done once.

    Raises `Refused`: ``answer.unknown``, ``answer.superseded`` (it does not hold any more: answered
    anew since, or its day is over), ``answer.same_person`` (who answered does not confirm it).
    """
    row = HitResolution.objects.select_for_update().filter(id=resolution).first()
    if row is None:
        raise Refused("answer.unknown")
    if not _holds(row):
        raise Refused("answer.superseded")
    if row.officer == actor.officer:
        raise Refused("answer.same_person")
    if SettledHit.objects.filter(resolution=resolution, ended_at=None).exists():
        return
    key = new_key()
    bearer = Bearer(number=row.number, issuer=row.issuer, birth=row.birth)
    content = HitSettled(
        settlement=new_id(),
        resolution=row.id,
        crossing=row.crossing,
        hit=msgspec.convert(row, HitSaid, from_attributes=True),
        key=key,
        bearer=bearer_digest(key, bearer),
        until=row.until.isoformat() if row.until else "",
    )
    record(content, actor=actor)


@transaction.atomic
def unsettle(actor: Actor, settlement: UUID) -> None:
    """Take it back. Asked twice, it is done once. Raises `Refused` ``answer.unknown``."""
    row = SettledHit.objects.select_for_update().filter(id=settlement).first()
    if row is None:
        raise Refused("answer.unknown")
    if row.ended_at is None:
        record(HitUnsettled(settlement=settlement), actor=actor)


def answered_otherwise(row: HitResolution) -> bool:
    """Whether somebody has given the hit another answer since, at whichever node."""
    later = HitResolution.objects.filter(hit=row.hit, clock__gt=row.clock)
    return later.exclude(answer=Answer.NOT_SAME).exists()


def _holds(row: HitResolution) -> bool:
    last = HitResolution.objects.that_count().filter(id=row.id).exists()
    return (
        last
        and row.answer == Answer.NOT_SAME
        and row.until is not None
        and row.until >= node_day()
        and not answered_otherwise(row)
    )
