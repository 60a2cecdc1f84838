"""A post with fresh rules, and a namesake on a list of the State's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from openmidas.cases.entries import Answer, Reason
from openmidas.cases.hits import questions
from openmidas.cases.services import Given, resolve_hit
from openmidas.crossings import services
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.models import Crossing
from openmidas.journal.models import new_id
from openmidas.lists.in_use import LISTS
from openmidas.lists.national import proposals, publishing
from openmidas.lists.national.models import NationalListing
from tests.conftest import HQ
from tests.crossings.conftest import paper, publish, rules_of
from tests.support.cast import Cast, acting, at_node
from tests.support.national import Desk, said

NOT_SAME = Given(answer=Answer.NOT_SAME, reason=Reason.FACE, note="Seen in person")
SAME = Given(answer=Answer.SAME, reason=Reason.ADMITS)


def zone(**changes: Any) -> str:
    """The passport of Souleymane Sangaré's namesake, who was born on the same day."""
    usual = {
        "surname": "SANGARE",
        "given_names": "SOULEYMANE",
        "number": "SP0000009",
        "birth": date(1974, 3, 12),
        "sex": "M",
    }
    return paper(**{**usual, **changes})


class Scene:
    """Fanta's list, Aminata's lane and Boubacar's room."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.aminata, self.boubacar = acting(cast.aminata, "1"), acting(cast.boubacar)
        publish(rules_of(timezone.localdate()))
        with at_node(HQ):
            self.desk = Desk(cast)

    def listed(self, **changes: Any) -> NationalListing:
        """Put him on the list and publish it."""
        with at_node(HQ):
            listing = self.desk.listed(**changes)
        self.publish()
        return listing

    def changed(self, listing: NationalListing, **changes: Any) -> None:
        """The list says something else of him from now on."""
        with at_node(HQ):
            made = proposals.propose_change(
                self.desk.fanta, listing.id, said(**changes), "new facts"
            )
            proposals.approve(self.desk.mariam, made.id, made.digest)
        self.publish()

    def publish(self) -> None:
        """Send the list to the post."""
        with at_node(HQ):
            publishing.publish(self.desk.fanta, self.desk.list)
        LISTS.forget()

    def scan(self, **changes: Any) -> Inspection:
        """A scan at the lane, which is free again afterwards."""
        inspection = services.scan(self.aminata, new_id(), zone(**changes))
        services.cancel(self.aminata, [inspection.id])
        return inspection

    def referred(self, **changes: Any) -> Inspection:
        """Scanned, and sent to the second line."""
        inspection = services.scan(self.aminata, new_id(), zone(**changes))
        services.refer(self.aminata, [inspection.id])
        return Crossing.objects.get(id=inspection.id).inspected()

    def answer(self, inspection: Inspection, given: Given = NOT_SAME) -> UUID:
        """Boubacar's answer to the only hit; which hit it was."""
        (asked,) = questions(inspection)
        resolve_hit(self.boubacar, inspection.id, asked.id, given)
        return asked.id


@pytest.fixture
def scene(cast: Cast) -> Iterator[Scene]:
    LISTS.forget()
    yield Scene(cast)
    LISTS.forget()
