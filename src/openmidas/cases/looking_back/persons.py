"""The persons who are new in an edition, held against the travellers of the past."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from openmidas.cases.entries import HitSaid
from openmidas.cases.looking_back.entries import HitFoundLater
from openmidas.cases.looking_back.looked import Looked
from openmidas.cases.looking_back.newcomers import Newcomer
from openmidas.cases.looking_back.passing import (
    TRAVELLERS,
    Batch,
    Place,
    milliseconds,
    places_of,
    scans_after,
    scans_of,
)
from openmidas.crossings.hits import hit_id, key_of
from openmidas.crossings.models import CancelledInspection
from openmidas.lists.in_use import lists_now
from openmidas.screening.looking_back import FoundLater, LookingBack, Passed


class PersonSearch:
    """The news of one edition of a list of persons; see `looked.Search`."""

    def __init__(self, edition: UUID, list_code: str, news: Sequence[Newcomer]) -> None:
        self._edition = edition
        self._list_code = list_code
        self._news = news
        self._looking = LookingBack(
            [one.listing for one in news], lists_now().lexicon, least="possible"
        )

    def look(self, after: UUID, since: datetime, most: int) -> Looked:
        """As `looked.Search` says."""
        return self._looked(scans_after(TRAVELLERS, after, since, most))

    def look_at(self, ids: Sequence[UUID], since: datetime) -> Looked:
        """As `looked.Search` says."""
        return self._looked(scans_of(TRAVELLERS, ids, since))

    def _looked(self, batch: Batch[Passed]) -> Looked:
        found = list(self._looking.screen(batch.seen))
        places = places_of({batch.id(one.at) for one in found})
        # One that was erased while it was looked at is nobody's hit.
        hits = [
            self._hit(id, places[id], one) for one in found if (id := batch.id(one.at)) in places
        ]
        last = batch.id(-1) if batch.ids else None
        return Looked(len(batch.ids), last, hits, _on_cancelled({hit.crossing for hit in hits}))

    def _hit(self, scan: UUID, place: Place, found: FoundLater) -> HitFoundLater:
        one = self._news[found.listing]
        return HitFoundLater(
            crossing=scan,
            post=place.post,
            crossed_at=milliseconds(place.at),
            hit=HitSaid(
                list_code=self._list_code,
                listing=one.listing.id,
                edition=self._edition,
                digest=one.digest,
                level=found.level,
                score=found.score,
                agreed=tuple(each.field for each in found.evidence if each.agrees),
            ),
        )


def _on_cancelled(scans: Collection[UUID]) -> frozenset[UUID]:
    """The hits that the lane had on these scans, as far as they were cancelled: nobody counts those."""
    rows = CancelledInspection.objects.filter(id__in=scans) if scans else ()
    return frozenset(
        hit_id(row.id, *key)
        for row in rows
        for finding in row.inspected().findings
        if (key := key_of(finding)) is not None
    )
