"""A referral is about a traveller's crossing: all that was written of it goes with that."""

from __future__ import annotations

from uuid import UUID

from openmidas.cases.referrals.entries import ReferralClosed, ReferralMade, ReferralNoted
from openmidas.crossings.erasing import tells_of_crossing
from openmidas.journal import Content


def crossing_of(content: Content) -> UUID | None:
    """Which crossing an entry on a referral is about."""
    if isinstance(content, ReferralMade | ReferralNoted | ReferralClosed):
        return content.crossing
    return None


for _kind in ("referral.made", "referral.noted", "referral.closed"):
    tells_of_crossing(_kind, crossing_of)
