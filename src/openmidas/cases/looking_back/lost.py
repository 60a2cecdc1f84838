"""Lost and stolen documents that are new on their list, held against the documents of the past.

Exact, as at the counter: number, issuer and kind, by the keyed hashes of the list. A listing is known
by that hash, as hexadecimal, so that no number stands where no number has to stand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from openmidas.cases.entries import HitSaid
from openmidas.cases.looking_back.entries import HitFoundLater
from openmidas.cases.looking_back.looked import Looked
from openmidas.cases.looking_back.models import LaterHit
from openmidas.cases.looking_back.passing import (
    DOCUMENTS,
    Batch,
    Place,
    Shown,
    milliseconds,
    places_of,
    scans_after,
    scans_of,
)
from openmidas.crossings.hits import hit_id
from openmidas.crossings.models import CancelledInspection, Crossing
from openmidas.exchange.attachments import attachment_bytes
from openmidas.lists.lost.editions import changes_here, edition_here
from openmidas.lists.lost.in_use import LOST, LostHit, LostNow, lost_now
from openmidas.lists.lost.models import LostChange, LostEdition
from openmidas.screening import Level
from openmidas.screening.lost import Changes, LostError, LostMatch, PutOn, number_reference
from openmidas.screening.weights import shipped_weights

KNOWN = "lost_document"
"""The finding of a lane that knew of it."""


class LostNews(msgspec.Struct, frozen=True):
    """An edition, or changes of one (``of``), that documents were put on the list by; how many."""

    id: UUID
    of: UUID | None
    documents: int


def lost_news() -> Iterator[LostNews]:
    """What the list in use was made of, in order: its edition, and all changes that put something on."""
    edition = edition_here()
    if edition is None:
        return
    yield LostNews(edition.id, None, edition.documents)
    for change in changes_here(edition):
        if change.added:
            yield LostNews(change.id, edition.id, change.added)


def lost_search(id: UUID, of: UUID | None) -> LostSearch:
    """What was put on the list by this edition, or by these changes of one (``of``).

    Raises `LostError`, `JournalError` where they cannot be read.
    """
    if of is None:
        return LostSearch(None)
    change = LostChange.objects.filter(id=id).first()
    edition = LostEdition.objects.filter(id=of).first()
    if change is None or edition is None:
        raise LostError("truncated")
    changes = Changes.decode(attachment_bytes(change.digest))
    return LostSearch(PutOn(changes, bytes(edition.key)))


class LostSearch:
    """Documents on the list of now; with ``put_on``, those alone that were put on it then."""

    def __init__(self, put_on: PutOn | None) -> None:
        self._put_on = put_on

    def look(self, after: UUID, since: datetime, most: int) -> Looked:
        """As `looked.Search` says."""
        return self._looked(scans_after(DOCUMENTS, after, since, most))

    def look_at(self, ids: Sequence[UUID], since: datetime) -> Looked:
        """As `looked.Search` says."""
        return self._looked(scans_of(DOCUMENTS, ids, since))

    def _looked(self, batch: Batch[Shown]) -> Looked:
        now = lost_now()
        listed = {
            batch.id(at): (shown, hit)
            for at, shown in enumerate(batch.seen)
            if (hit := self._on_list(now, shown)) is not None
        }
        places = places_of(listed)
        before = dict(
            LaterHit.objects.filter(list_code=LOST, crossing__in=listed).values_list(
                "crossing", "listing"
            )
        )
        found = [
            _hit(id, places[id], *listed[id], before.get(id, "")) for id in listed if id in places
        ]
        known = _knew(places)
        return Looked(
            len(batch.ids),
            batch.id(-1) if batch.ids else None,
            found,
            frozenset(
                hit_id(one.crossing, LOST, one.hit.listing)
                for one in found
                if one.crossing in known
            ),
        )

    def _on_list(self, now: LostNow, shown: Shown) -> LostHit | None:
        """What the list says of it today: what was taken off since is nobody's hit."""
        if self._put_on is not None and not self._put_on.has(*shown):
            return None
        answer = now.look(*shown)
        if answer.unknown in ("missing", "damaged"):
            raise LostError("damaged", {"detail": answer.unknown})
        return answer.hit


def level_of(match: LostMatch) -> Level:
    """How sure it is: where the number is certainly written in another way, a person compares."""
    return "possible" if match.writing == "alike" else "strong"


def _hit(scan: UUID, place: Place, shown: Shown, hit: LostHit, before: str) -> HitFoundLater:
    """``before``: by what the document is known already, from an edition of another key."""
    match, weights = hit.match, shipped_weights()
    level = level_of(match)
    listing = before or _reference(hit, shown)
    said = f"{listing}|{match.reason}|{match.writing}|{match.first}|{match.last}"
    return HitFoundLater(
        crossing=scan,
        post=place.post,
        crossed_at=milliseconds(place.at),
        hit=HitSaid(
            list_code=LOST,
            listing=listing,
            edition=hit.edition.edition,
            digest=hashlib.sha256(said.encode()).hexdigest(),
            level=level,
            score=weights.number_alone if level == "strong" else weights.number_supports,
            agreed=("number",),
        ),
    )


def _reference(hit: LostHit, shown: Shown) -> str:
    key = LostEdition.objects.values_list("key", flat=True).get(id=hit.edition.edition)
    return number_reference(bytes(key), shown.issuer, hit.match.sort, shown.number)


def _knew(scans: Collection[UUID]) -> set[UUID]:
    """The scans at which the lane was told of the document."""
    if not scans:
        return set()
    rows: list[Crossing | CancelledInspection] = [
        *Crossing.objects.filter(id__in=scans),
        *CancelledInspection.objects.filter(id__in=scans),
    ]
    return {row.id for row in rows if any(one.code == KNOWN for one in row.inspected().findings)}
