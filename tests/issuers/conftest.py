"""The HQ whose officers for lists, Fanta and Mariam, say whose certificates are trusted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from uuid import UUID

import pytest

from openmidas.issuers import services
from openmidas.issuers.given import Seen, look_at
from openmidas.issuers.trusting import taken_by_hand
from openmidas.posts.models import Officer
from openmidas.posts.services import suspend
from tests.conftest import HQ
from tests.documents.chip.made import Holder
from tests.support.cast import Cast, acting, at_node
from tests.support.national import second_officer
from tests.support.states import NIGER, a_list

NIGERS = hashlib.sha256(NIGER.certificate).hexdigest()


class Office:
    """Fanta proposes, Mariam approves."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.fanta = acting(cast.fanta)
        self.mariam_officer = second_officer()
        self.mariam = acting(self.mariam_officer)

    def seen(self, name: str, data: bytes) -> Seen:
        """A file that Fanta looks at."""
        return look_at(name, data, self.cast.fanta.id)

    def proposed(self, holder: Holder, *, signs_lists: bool = False) -> UUID:
        """A certificate that Fanta proposes."""
        found = self.seen("x.cer", holder.certificate)
        words = "By the embassy, on paper"
        return services.propose(self.fanta, found, words, signs_lists=signs_lists)

    def approved(self, holder: Holder, *, signs_lists: bool = False) -> None:
        """One that Mariam has approved."""
        digest = hashlib.sha256(holder.certificate).hexdigest()
        proposal = self.proposed(holder, signs_lists=signs_lists)
        services.approve(self.mariam, proposal, digest)

    def accepted(self, *holders: Holder) -> UUID:
        """A master list of these that Fanta has accepted, under the authority of Niger."""
        if NIGERS not in taken_by_hand():
            self.approved(NIGER, signs_lists=True)
        return services.accept_list(self.fanta, self.seen("ne.ml", a_list(*holders)))

    def suspend(self, officer: Officer) -> None:
        """An administrator shuts an officer out."""
        suspend(acting(self.cast.idrissa), officer.id, reason="On leave")


@pytest.fixture
def office(cast: Cast) -> Iterator[Office]:
    """At the HQ."""
    with at_node(HQ):
        yield Office(cast)
