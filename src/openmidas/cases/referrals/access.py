"""Who may read what a referral says: who wrote it, and the members of its compartment."""

from __future__ import annotations

from openmidas.cases.referrals.models import Referral
from openmidas.posts.compartments import SILENT, compartments_of
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Officer


class Reader:
    """What one officer may read and know, asked once for a page."""

    def __init__(self, officer: Officer) -> None:
        self._officer = officer.id
        self._held = compartments_of(officer)

    def may_read(self, referral: Referral) -> bool:
        """Whether the officer may read what it says, once the purpose is written down."""
        return referral.officer == self._officer or referral.compartment in self._held

    def may_know_kind(self, referral: Referral) -> bool:
        """Whether the officer may know of which kind it is: of some, the kind says what befell somebody."""
        return self.may_read(referral) or (
            referral.compartment in set(Compartment) and referral.compartment not in SILENT
        )
