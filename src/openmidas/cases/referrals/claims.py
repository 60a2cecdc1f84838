"""Which crossings tell of a claim to asylum: nothing of that leaves for anybody but the State's own HQ.

And whom nobody refuses: who was referred, or asked for protection and has not been heard.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from openmidas.cases.referrals.entries import Outcome
from openmidas.cases.referrals.models import Referral
from openmidas.crossings.entries import ReferralReason
from openmidas.crossings.models import Crossing
from openmidas.posts.entries import Compartment


def asylum_claims(crossings: Collection[UUID]) -> Collection[UUID]:
    """Those of these crossings whose traveller was referred as one who asks for asylum."""
    found = Referral.objects.filter(crossing__in=crossings, compartment=Compartment.ASYLUM)
    return set(found.values_list("crossing", flat=True))


def not_to_be_refused(crossing: Crossing) -> bool:
    """Whether a referral of this traveller is open or was taken over; without any, whether they asked.

    It is the same for every kind: who is not in the compartment learns nothing from it.
    """
    ends = list(
        Referral.objects.filter(crossing=crossing.id, node=crossing.node).values_list(
            "outcome", flat=True
        )
    )
    if not ends:
        return crossing.reason == ReferralReason.PROTECTION
    return any(end in ("", Outcome.HANDED_OVER) for end in ends)
