"""Kourémalé on a market day: Aminata writes down what comes along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from openmidas.crossings import services as lane
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Direction
from openmidas.declarations import services
from openmidas.declarations.entries import (
    Animal,
    Animals,
    Certificate,
    GoodsDeclared,
    GoodsKind,
    HerdDeclared,
    Load,
    Unit,
    Vaccinated,
)
from openmidas.declarations.models import Declaration
from openmidas.declarations.services import Declarer
from openmidas.journal.models import new_id
from tests.conftest import HQ
from tests.crossings.conftest import paper, publish, rules_of
from tests.support.cast import Cast, acting, at_node

CERTIFICATE = Certificate(number="CIT-ML-00412", issuer="Service vétérinaire, Kangaba")
WHOSE = Declarer(owner="Bocar Diallo", certificate=CERTIFICATE)


def herd(**changes: Any) -> HerdDeclared:
    """120 cattle on their way to Siguiri."""
    usual = {
        "declaration": issue_id(),
        "direction": Direction.EXIT,
        "animals": (Animals(kind=Animal.CATTLE, number=120),),
        "herders": 4,
        "origin": "Kangaba",
        "destination": "Siguiri",
        "vaccinated": Vaccinated.YES,
    }
    return HerdDeclared(**{**usual, **changes})


def rice(**changes: Any) -> GoodsDeclared:
    """Six bags of rice and twenty litres of fuel."""
    usual = {
        "declaration": issue_id(),
        "direction": Direction.ENTRY,
        "goods": (
            Load(kind=GoodsKind.FOOD, quantity=6, unit=Unit.BAG),
            Load(kind=GoodsKind.FUEL, quantity=20.5, unit=Unit.LITRE),
        ),
    }
    return GoodsDeclared(**{**usual, **changes})


class Market:
    """The post, its officers, and what they write down."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.aminata = acting(cast.aminata, "1")

    def declare(
        self, said: HerdDeclared | GoodsDeclared, declarer: Declarer | None = None
    ) -> Declaration:
        """Aminata writes it down."""
        return services.declare(self.aminata, said, declarer)

    def crossed(self) -> UUID:
        """Somebody is admitted at the lane; the crossing."""
        publish(rules_of(timezone.localdate()))
        inspection = lane.scan(self.aminata, new_id(), paper(number="SP0000001"))
        lane.admit(self.aminata, [inspection.id])
        return inspection.id

    @contextmanager
    def at_headquarters(self) -> Iterator[None]:
        """This process is the HQ, in the same database."""
        with at_node(HQ):
            yield


@pytest.fixture
def market(cast: Cast) -> Market:
    return Market(cast)
