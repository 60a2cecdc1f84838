"""What of a taking over stands in the course of an interview."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from openmidas.cases.taking_over.models import HqDirection, TakeOver, TakeOverAnswer
from openmidas.crossings.models import Crossing
from openmidas.crossings.words import OUTCOMES


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened: when, who did it, what, and what was written with it."""

    at: datetime
    officer: UUID | None
    what: str
    text: str = ""


def changes_of(row: Crossing) -> Iterator[Change]:
    """All that headquarters and the post said to each other about an interview."""
    for asked in TakeOver.objects.filter(crossing=row.id):
        what = _("Headquarters asks to take over")
        yield Change(at=asked.at, officer=asked.officer, what=what, text=asked.why)
    for answer in TakeOverAnswer.objects.filter(crossing=row.id, node=row.node):
        what = _("Given to headquarters") if answer.granted else _("Not given to headquarters")
        yield Change(at=answer.at, officer=answer.officer, what=what, text=answer.why)
        if answer.ended_at is not None:
            what = _("Taken back from headquarters")
            yield Change(at=answer.ended_at, officer=answer.ended_by, what=what)
    for said in HqDirection.objects.filter(crossing=row.id):
        what = _("Headquarters says")
        if said.outcome:
            outcome = OUTCOMES.get(said.outcome, said.outcome)
            what = _("Headquarters says how to decide: %(outcome)s") % {"outcome": outcome}
        yield Change(at=said.at, officer=said.officer, what=what, text=said.words)
