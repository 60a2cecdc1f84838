"""A list of the State's own, and its two officers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from openmidas.journal import Actor
from openmidas.lists.national import proposals
from openmidas.lists.national.categories import Action, Category
from openmidas.lists.national.entries import BirthOf, DocumentOf, NameOf, Said
from openmidas.lists.national.models import NationalListing
from openmidas.lists.national.publishing import configure
from openmidas.nodes.services import node_day
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role
from openmidas.posts.services import enrol_officer
from tests.conftest import HQ
from tests.support.cast import Cast, acting


def second_officer() -> Officer:
    """Mariam, who works on lists beside Fanta."""
    return enrol_officer(
        Actor(), username="mariam", name="Mariam Sow", roles=[Role.HQ_LISTS], post=HQ
    )


def said(**changes: Any) -> Said:
    """Who stands on the list: Souleymane Sangaré, born on 12 March 1974, wanted."""
    values: dict[str, Any] = {
        "category": Category.ARREST,
        "action": Action.SECOND_LINE,
        "discreet": False,
        "expires_on": node_day() + timedelta(days=90),
        "reason": "Armed robbery at Gao",
        "legal_basis": "Warrant 12/2026",
        "authority": "Court of Gao",
        "told": "Armed: call the gendarmerie",
        "names": (NameOf("Souleymane SANGARE"),),
        "births": (BirthOf(date(1974, 3, 12), date(1974, 3, 12), "1974-03-12"),),
        "sex": "M",
        "nationalities": ("MLI",),
        "documents": (DocumentOf("passport", "AA1234567", "MLI", "MLI AA1234567"),),
    }
    return Said(**{**values, **changes})


class Desk:
    """The list "wanted", kept by Fanta and Mariam."""

    def __init__(self, cast: Cast, **settings: Any) -> None:
        self.fanta = acting(cast.fanta)
        self.mariam_officer = second_officer()
        self.mariam = acting(self.mariam_officer)
        self.list = configure(self.fanta, code="wanted", title="Wanted", **settings)

    def listed(self, **changes: Any) -> NationalListing:
        """A listing that Fanta proposed and Mariam approved."""
        proposal = proposals.propose(self.fanta, self.list, said(**changes))
        proposals.approve(self.mariam, proposal.id, proposal.digest)
        return NationalListing.objects.get(id=proposal.listing)
