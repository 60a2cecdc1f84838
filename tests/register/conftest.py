"""A post with a book: who is on duty, and what they do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from openmidas.cases.interviews.services import Decision, decide
from openmidas.crossings import services as lane
from openmidas.crossings.entries import Outcome, ReferralReason, RefusalReason
from openmidas.crossings.ids import issue_id
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.entries import NodeReported
from openmidas.nodes.services import record
from openmidas.posts.models import Officer
from openmidas.register import services
from openmidas.register.entries import Duty, Member
from openmidas.register.models import Shift
from tests.conftest import HQ
from tests.crossings.conftest import paper, publish, rules_of
from tests.support.cast import Cast, acting, at_node


class Book:
    """Kourémalé's book, and those who write it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.aminata, self.boubacar = acting(cast.aminata, "1"), acting(cast.boubacar)
        self.coumba = acting(cast.coumba)
        publish(rules_of(timezone.localdate()))

    def team(self, first: Officer | None = None, *others: Officer) -> tuple[Member, ...]:
        """A team: the first is in charge (Boubacar, unless another is named), the others at lanes."""
        named = first or self.cast.boubacar
        rest = tuple(Member(officer=one.id, duty=Duty.LANE) for one in others)
        return (Member(officer=named.id, duty=Duty.IN_CHARGE), *rest)

    def opened(self, since: datetime | None = None, **changes: Any) -> Shift:
        """A shift that Boubacar opens, with Aminata at the lane."""
        id = changes.pop("id", None) or issue_id()
        team = changes.pop("team", None) or self.team(None, self.cast.aminata)
        services.open_shift(changes.pop("actor", self.boubacar), id, team, since)
        return Shift.objects.get(id=id)

    def closed(self, shift: Shift, note: str = "", until: datetime | None = None) -> Shift:
        """The shift as it stands after it was closed."""
        services.close(self.boubacar, shift.id, note, until)
        return Shift.objects.get(id=shift.id)

    def handed_over(self, shift: Shift, note: str = "") -> tuple[Shift, Shift]:
        """The shift that ended, and the one that Coumba is in charge of."""
        to = issue_id()
        services.hand_over(self.boubacar, shift.id, to, self.team(self.cast.coumba), note)
        return Shift.objects.get(id=shift.id), Shift.objects.get(id=to)

    def crossed(self, number: str = "SP0000001") -> UUID:
        """Somebody is admitted at the lane."""
        inspection = lane.scan(self.aminata, new_id(), paper(number=number))
        lane.admit(self.aminata, [inspection.id])
        return inspection.id

    def referred(self, number: str = "SP0000002") -> UUID:
        """Somebody is sent to the second line."""
        inspection = lane.scan(self.aminata, new_id(), paper(number=number))
        lane.refer(self.aminata, [inspection.id], ReferralReason.DOCUMENT_DOUBT)
        return inspection.id

    def refused(self, number: str = "SP0000003") -> UUID:
        """Somebody is refused at the second line."""
        crossing = self.referred(number)
        reason = RefusalReason.FALSE_DOCUMENT
        decide(self.boubacar, crossing, Decision(outcome=Outcome.REFUSED, refusal=reason))
        return crossing

    @contextmanager
    def at_headquarters(self) -> Iterator[None]:
        """This process is the HQ, in the same database."""
        with at_node(HQ):
            yield


@pytest.fixture
def book(cast: Cast) -> Book:
    return Book(cast)


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def was_off(start: datetime, end: datetime) -> None:
    """The post's report of a time in which its programs did not run."""
    content = NodeReported(
        report=new_id(), up_from=ms(start), up_until=ms(start), outage=ms(end) - ms(start)
    )
    with transaction.atomic():
        record(content, actor=Actor())
