"""A post where people arrive who fled, its officers, and the HQ that hears of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from openmidas.crossings.ids import issue_id
from openmidas.displacements import services
from openmidas.displacements.entries import Cause, People
from openmidas.displacements.models import Displacement
from openmidas.displacements.services import Count, Opening
from openmidas.displacements.totals import Totals, totals
from openmidas.nodes.services import node_day
from tests.incidents.conftest import Place
from tests.support.cast import Cast


class Camp(Place):
    """Kourémalé with people from Ménaka before its barrier."""

    def opened(self, **changes: Any) -> Displacement:
        """A displacement that Boubacar opens."""
        id = changes.pop("id", None) or issue_id()
        usual = {"origin": "Ménaka", "since": node_day(), "cause": Cause.CONFLICT}
        services.open_displacement(self.boubacar, id, Opening(**{**usual, **changes}))
        return Displacement.objects.get(id=id)

    def counted(self, row: Displacement, id: UUID | None = None, **changes: Any) -> UUID:
        """A count by Aminata: 30 women and 20 boys, unless others are."""
        id = id or issue_id()
        usual = {"people": People(women=30, boys=20)}
        services.count(self.aminata, row.id, id, Count(**{**usual, **changes}))
        return id

    def registered(self, row: Displacement, *numbers: int) -> list[UUID]:
        """Travellers cross, and are marked as counted before."""
        crossings = [self.crossed(f"SP{number:07}") for number in numbers]
        services.mark(self.boubacar, row.id, crossings)
        return crossings

    @staticmethod
    def totals(row: Displacement) -> Totals:
        """The displacement in numbers."""
        return totals([row])[row.id]


@pytest.fixture
def camp(cast: Cast) -> Camp:
    return Camp(cast)
