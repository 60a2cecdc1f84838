"""A post with published alert definitions: Boubacar is in the medical compartment, Coumba is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from openmidas.crossings import services as lane
from openmidas.crossings.entries import ReferralReason
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Journey
from openmidas.health.definitions import sample_definitions
from openmidas.health.entries import Visit
from openmidas.health.models import HealthCheck
from openmidas.health.publishing import publish_definitions
from openmidas.health.services import Checked, check
from openmidas.journal.models import new_id
from openmidas.posts.compartments import let_in
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Officer
from tests.conftest import HQ
from tests.crossings.conftest import paper, publish, rules_of
from tests.support.cast import Cast, acting, at_node


class Ward:
    """Kourémalé: Aminata's lane, Boubacar's thermometer, and the HQ that hears of it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.aminata, self.boubacar = acting(cast.aminata, "1"), acting(cast.boubacar)
        self.coumba = acting(cast.coumba)
        self.numbers = iter(range(1, 100))
        publish(rules_of(timezone.localdate()))
        self.member(cast.boubacar)

    def member(self, officer: Officer) -> None:
        """Let an officer into the compartment."""
        with at_node(HQ):
            let_in(acting(self.cast.idrissa), officer.id, Compartment.MEDICAL)

    def publish(self, text: str = "") -> None:
        """The HQ publishes definitions: the sample, or others."""
        with at_node(HQ):
            publish_definitions(text or sample_definitions(), actor=acting(self.cast.idrissa))

    def crossed(self, *, reason: ReferralReason | None = None, **journey: Any) -> UUID:
        """Somebody new at the lane is let cross, or sent to the second line; the crossing."""
        number = f"SP{next(self.numbers):07}"
        lane.set_journey(self.aminata, Journey(**journey))
        inspection = lane.scan(self.aminata, new_id(), paper(number=number))
        if reason is None:
            lane.admit(self.aminata, [inspection.id])
        else:
            lane.refer(self.aminata, [inspection.id], reason=reason)
        return inspection.id

    def sent(self, origin: str = "") -> UUID:
        """Somebody is sent to the second line for their health."""
        return self.crossed(reason=ReferralReason.HEALTH, origin=origin)

    def check(self, crossing: UUID, **said: Any) -> HealthCheck:
        """Boubacar checks them."""
        id = said.pop("check", None) or issue_id()
        check(self.boubacar, crossing, Checked(check=id, **said))
        return HealthCheck.objects.get(id=id)

    @contextmanager
    def at_headquarters(self) -> Iterator[None]:
        """This process is the HQ, in the same database."""
        with at_node(HQ):
            yield


@pytest.fixture
def ward(cast: Cast) -> Ward:
    return Ward(cast)


def was_in(place: str, days_ago: int) -> Visit:
    return Visit(place=place, days_ago=days_ago)
