"""Which crossings tell of a claim to asylum: nothing of that leaves for anybody but the State's own HQ."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from openmidas.cases.referrals.models import Referral
from openmidas.posts.entries import Compartment


def asylum_claims(crossings: Collection[UUID]) -> Collection[UUID]:
    """Those of these crossings whose traveller was referred as one who asks for asylum."""
    found = Referral.objects.filter(crossing__in=crossings, compartment=Compartment.ASYLUM)
    return set(found.values_list("crossing", flat=True))
