"""A referral is about a traveller's crossing: all that was written of it goes with that."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from openmidas.cases.referrals.entries import ReferralClosed, ReferralMade, ReferralNoted
from openmidas.cases.referrals.models import Referral
from openmidas.cases.referrals.pictures import pictures_of_referral
from openmidas.crossings.erasing import tells_beside, tells_of_crossing
from openmidas.journal import Content
from openmidas.journal.models import JournalEntry
from openmidas.pictures.erasing import entries_on


def crossing_of(content: Content) -> UUID | None:
    """Which crossing an entry on a referral is about."""
    if isinstance(content, ReferralMade | ReferralNoted | ReferralClosed):
        return content.crossing
    return None


for _kind in ("referral.made", "referral.noted", "referral.closed"):
    tells_of_crossing(_kind, crossing_of)


@tells_beside
def pictures_of_referrals(crossings: Collection[UUID], key: str) -> list[JournalEntry]:
    """The pictures of their referrals. ``key``, of a document, finds none: they name a crossing."""
    rows = Referral.objects.filter(crossing__in=crossings).values_list("id", "node")
    return entries_on({pictures_of_referral(id): node for id, node in rows})
