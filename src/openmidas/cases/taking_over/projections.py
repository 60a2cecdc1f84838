"""From what is written about taking over to rows."""

from __future__ import annotations

from uuid import UUID, uuid5

from openmidas.cases.taking_over import entries
from openmidas.cases.taking_over.models import HqDirection, TakeOver, TakeOverAnswer
from openmidas.journal.projecting import Origin, amend, projects, put


@projects(entries.TakeOverAsked)
def take_over_asked(origin: Origin, content: entries.TakeOverAsked) -> None:
    put(
        TakeOver,
        origin,
        content.asking,
        crossing=content.crossing,
        why=content.why,
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )


@projects(entries.TakeOverAnswered)
def take_over_answered(origin: Origin, content: entries.TakeOverAnswered) -> None:
    put(
        TakeOverAnswer,
        origin,
        answer_id(origin.node, content.asking),
        asking=content.asking,
        crossing=content.crossing,
        granted=content.granted,
        why=content.why,
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )


@projects(entries.TakenBack)
def taken_back(origin: Origin, content: entries.TakenBack) -> None:
    amend(
        TakeOverAnswer,
        origin,
        answer_id(origin.node, content.asking),
        ended_at=origin.at,
        ended_by=origin.actor.officer,
        clock=origin.clock,
    )


@projects(entries.Directed)
def directed(origin: Origin, content: entries.Directed) -> None:
    put(
        HqDirection,
        origin,
        content.direction,
        asking=content.asking,
        crossing=content.crossing,
        words=content.words,
        outcome=content.outcome or "",
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )


def answer_id(post: UUID, asking: UUID) -> UUID:
    """The id of a post's answer: no other node can answer in its place."""
    return uuid5(asking, str(post))
