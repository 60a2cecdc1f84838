"""A post with published pathways, and people at its second line who need somebody called."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from openmidas.cases.referrals.models import Referral
from openmidas.cases.referrals.pathways import Consent, sample_pathways
from openmidas.cases.referrals.publishing import publish_pathways
from openmidas.cases.referrals.services import Begun, begin
from openmidas.crossings import services
from openmidas.crossings.entries import ReferralReason
from openmidas.journal.models import new_id
from openmidas.posts.compartments import let_in
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role
from tests.conftest import HQ, POST
from tests.crossings.conftest import paper
from tests.support.cast import Cast, acting, at_node, client_of, english, officer_with

WORDS = {
    Compartment.TRAFFICKING: "He keeps my papers",
    Compartment.ASYLUM: "They will kill me if I go back",
}


class Room:
    """Boubacar's interview room. Coumba is the head of post, in no compartment."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.aminata, self.boubacar = acting(cast.aminata, "1"), acting(cast.boubacar)
        with at_node(HQ):
            publish_pathways(sample_pathways(), actor=acting(cast.idrissa))
        self.other = officer_with(Role.SECOND_LINE, POST)

    def waits(
        self, reason: ReferralReason = ReferralReason.ASKED, number: str = "SP0000031"
    ) -> UUID:
        """Somebody whom the lane has sent to the second line; which crossing it is."""
        inspection = services.scan(self.aminata, new_id(), paper(number=number))
        services.refer(self.aminata, [inspection.id], reason=reason)
        return inspection.id

    def referred(
        self, compartment: Compartment = Compartment.TRAFFICKING, crossing: UUID | None = None
    ) -> Referral:
        """A referral that Boubacar has begun."""
        begun = said(compartment)
        begin(self.boubacar, crossing or self.waits(), begun)
        return Referral.objects.get(id=begun.referral)

    def member(self, officer: Officer, compartment: Compartment) -> None:
        """Let an officer into a compartment."""
        with at_node(HQ):
            let_in(acting(self.cast.idrissa), officer.id, compartment)


def said(compartment: Compartment = Compartment.TRAFFICKING, **changes: object) -> Begun:
    """What Boubacar writes at first."""
    data = {
        "name": "Fatoumata",
        "sex": "F",
        "born": "2004",
        "nationality": "Burkina Faso",
        "origin": "Djibo",
        "needs": "Water",
        "circumstances": WORDS.get(compartment, "Was found alone"),
    }
    consent = Consent.BEST_INTERESTS if compartment is Compartment.CHILD else Consent.PERSON
    usual: dict[str, object] = {
        "referral": new_id(),
        "compartment": compartment,
        "consent": consent,
        "why": "Told in her language",
        "data": data,
    }
    return Begun(**{**usual, **changes})  # type: ignore[arg-type]  # any part can be said


def room_of(officer: Officer) -> Client:
    """An officer's browser, in English."""
    client = english(client_of(officer))
    client.cookies["midas_language"] = "en"
    return client


@pytest.fixture
def room(cast: Cast) -> Room:
    return Room(cast)
