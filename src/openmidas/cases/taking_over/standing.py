"""Who has an interview, the post or headquarters."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from openmidas.cases.taking_over.models import HqDirection, TakeOver, TakeOverAnswer
from openmidas.crossings.models import Crossing


class State(StrEnum):
    """How an asking stands."""

    ASKED = "asked"
    DECLINED = "declined"
    GRANTED = "granted"  # headquarters has it, and has not said yet how to decide
    DIRECTED = "directed"
    TAKEN_BACK = "taken_back"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The last asking for an interview, what its post said, and what headquarters says since."""

    asked: TakeOver
    state: State
    answer: TakeOverAnswer | None = None
    directions: tuple[HqDirection, ...] = ()

    @property
    def outcome(self) -> str:
        """How the post is to decide: as headquarters said last; empty where it has not."""
        said = [one.outcome for one in self.directions if one.outcome]
        return said[-1] if said else ""

    @property
    def open(self) -> bool:
        """Whether it still counts."""
        return self.state in {State.ASKED, State.GRANTED, State.DIRECTED}


def standing_of(row: Crossing) -> Standing | None:
    """How the last asking for this interview stands; None where nobody asked."""
    asked = TakeOver.objects.filter(crossing=row.id).order_by("-clock", "-id").first()
    if asked is None:
        return None
    answer = TakeOverAnswer.objects.filter(asking=asked.id, node=row.node).first()
    said = HqDirection.objects.filter(asking=asked.id, node=asked.node)
    directions = tuple(said.order_by("clock", "id"))
    return Standing(
        asked=asked, state=_state(answer, directions), answer=answer, directions=directions
    )


def with_headquarters(row: Crossing) -> bool:
    """Whether the post has given the interview away, and waits to be told how to decide."""
    standing = standing_of(row)
    return standing is not None and standing.state is State.GRANTED


def _state(answer: TakeOverAnswer | None, directions: tuple[HqDirection, ...]) -> State:
    if answer is None:
        return State.ASKED
    if not answer.granted:
        return State.DECLINED
    if answer.ended_at is not None:
        return State.TAKEN_BACK
    return State.DIRECTED if any(one.outcome for one in directions) else State.GRANTED
