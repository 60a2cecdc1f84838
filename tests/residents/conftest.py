"""Kourémalé, where people cross every day: Aminata's lane, Coumba's office, and the HQ."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.utils import timezone

from openmidas.crossings import services as lane
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Inspection, Journey, Traveller
from openmidas.documents import PartialDate
from openmidas.residents import services
from openmidas.residents.entries import Fact, ResidentKind
from openmidas.residents.models import Resident
from openmidas.residents.services import Registration
from tests.conftest import HQ
from tests.crossings.conftest import publish, rules_of
from tests.support.cast import Cast, acting, at_node

FACTS = (
    Fact(question="Prénom de la grand-mère", answer="Djeneba"),
    Fact(question="Couleur de la porte", answer="Bleue"),
)


class Village:
    """A post, its officers, and who lives there."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.aminata, self.coumba = acting(cast.aminata, "1"), acting(cast.coumba)
        self.djibril = acting(cast.djibril)

    def register(self, name: str = "Doumbia Sira", **changes: Any) -> Resident:
        """A resident whom Aminata registers."""
        id = changes.pop("id", None) or issue_id()
        birth = changes.pop("birth", PartialDate(year=1980, month=3, day=2))
        usual = {
            "kind": ResidentKind.RESIDENT,
            "traveller": Traveller(surname=name, birth=birth, sex="F", nationality="MLI"),
            "village": "Kourémalé",
        }
        return services.register(self.aminata, id, Registration(**{**usual, **changes}))

    def driver(self, name: str = "Keïta Lamine", plate: str = "AB1234", **changes: Any) -> Resident:
        """A moto-taxi driver."""
        usual = {"kind": ResidentKind.DRIVER, "plate": plate, "birth": PartialDate(year=1999)}
        return self.register(name, **{**usual, **changes})

    def shows(self, card: str, **journey: Any) -> Inspection:
        """Somebody shows a card at Aminata's lane."""
        publish(rules_of(timezone.localdate()))
        if journey:
            lane.set_journey(self.aminata, Journey(**journey))
        return lane.scan(self.aminata, issue_id(), card)

    def crosses(self, card: str, **journey: Any) -> Inspection:
        """The same, and Aminata admits them."""
        inspection = self.shows(card, **journey)
        lane.admit(self.aminata, [inspection.id])
        return inspection

    @contextmanager
    def at_headquarters(self) -> Iterator[None]:
        """This process is the HQ, in the same database."""
        with at_node(HQ):
            yield


@pytest.fixture
def village(cast: Cast) -> Village:
    return Village(cast)
