"""The referrals of a traveller, on their page at the second line."""

from __future__ import annotations

from openmidas.cases.referrals.access import Reader
from openmidas.cases.referrals.models import Referral
from openmidas.cases.referrals.page import in_lines
from openmidas.crossings.beside import Section
from openmidas.crossings.models import Crossing
from openmidas.posts.models import Officer


def referrals_of(officer: Officer, crossing: Crossing) -> Section:
    """That there are some, and what this officer may know of them; beginning one."""
    rows = Referral.objects.filter(crossing=crossing.id, node=crossing.node).order_by("at", "id")
    shown = {"referrals": in_lines(rows, Reader(officer)), "crossing": crossing}
    return Section("cases/referrals/section.html", shown)
