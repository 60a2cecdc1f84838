"""What is remembered of hits that were somebody else's: asked within every scan that has a hit.

An answer holds for one traveller (a document and the birth date of its holder) and one listing, at the
post that gave it, until its day. Whatever is new ends it: the listing says something else, or the
comparison finds more than it did then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from openmidas.cases.entries import Answer, Bearer
from openmidas.cases.hits import bearer_of, names_of, questions
from openmidas.cases.limits import FOUND_MORE_BITS
from openmidas.cases.models import HitResolution
from openmidas.cases.settled.digests import bearer_digest
from openmidas.cases.settled.models import SettledHit
from openmidas.cases.wording import word_answer
from openmidas.crossings.hits import HitKey, HitLink, Remembered, listing_digest
from openmidas.crossings.inspection import Document, Inspection, Traveller
from openmidas.lists.in_use import ListHit
from openmidas.nodes.identity import this_node

_RANK = {"weak": 1, "possible": 2, "strong": 3}


class ResolvedHits:
    """The answers of this node, as the primary and the second line ask for them."""

    def remembered(
        self, traveller: Traveller, document: Document, hits: Sequence[ListHit], day: date
    ) -> Mapping[HitKey, Remembered]:
        """The hits that are somebody else's, as this post found out, or another and the headquarters.

        Asks the database once, for what is confirmed once more, and once for names.
        """
        bearer = bearer_of(traveller, document)
        if not bearer.known:
            return {}
        last = _own_answers(bearer)
        own = {hit: row for hit in hits if (row := last.get(_key(hit))) and _holds(row, hit, day)}
        names = names_of(own.values())
        found = {_key(hit): _known(row, names.get(row.officer, "–")) for hit, row in own.items()}
        # Whoever saw the person here, and was not sure of that, is not overruled by another post.
        asked = [hit for hit in hits if hit not in own and not _contrary(last.get(_key(hit)))]
        return found | {
            _key(hit): _known(row, "") for hit, row in _settled(bearer, asked, day).items()
        }

    def links(self, inspection: Inspection) -> Mapping[HitKey, HitLink]:
        """Where each hit of an inspection is answered, and the answer that counts."""
        asked = {one.id: one for one in questions(inspection)}
        answers = HitResolution.objects.filter(hit__in=asked).order_by("clock", "id")
        last = {row.hit: row for row in answers}
        names = names_of(last.values())
        return {
            (one.said.list_code, one.said.listing): _link(
                inspection.id, one.id, last.get(one.id), names
            )
            for one in asked.values()
        }


ANSWERS = ResolvedHits()


def _key(hit: ListHit) -> HitKey:
    return hit.list_code, hit.listing.id


def _known(row: HitResolution | SettledHit, by: str) -> Remembered:
    return Remembered(by=by, on=timezone.localdate(row.at), until=row.until or date.max)


def _own_answers(bearer: Bearer) -> dict[HitKey, HitResolution]:
    """This post's last answer for a traveller, on each listing."""
    rows = HitResolution.objects.filter(
        node=this_node().id, number=bearer.number, issuer=bearer.issuer, birth=bearer.birth
    )
    return {(row.list_code, row.listing): row for row in rows.order_by("clock", "id")}


def _contrary(row: HitResolution | None) -> bool:
    return row is not None and row.answer != Answer.NOT_SAME


def _settled(bearer: Bearer, hits: Sequence[ListHit], day: date) -> dict[ListHit, SettledHit]:
    """Which of these hits the headquarters has confirmed to be somebody else's, for this traveller."""
    if not hits:
        return {}
    confirmed = SettledHit.objects.filter(
        list_code__in={hit.list_code for hit in hits},
        listing__in={hit.listing.id for hit in hits},
        ended_at=None,
    )
    rows = [
        row
        for row in confirmed.order_by("at")
        if bearer_digest(bytes(row.key), bearer) == row.bearer
    ]
    return {
        hit: row
        for hit in hits
        for row in rows
        if _key(hit) == (row.list_code, row.listing) and _stands(row, hit, day)
    }


def _holds(row: HitResolution, hit: ListHit, day: date) -> bool:
    """Whether an answer of this post still stands against a hit of today."""
    return row.answer == Answer.NOT_SAME and _stands(row, hit, day)


def _stands(row: HitResolution | SettledHit, hit: ListHit, day: date) -> bool:
    """Whether its day has not come, and nothing is new since."""
    return (
        row.until is not None
        and day <= row.until
        and row.digest == listing_digest(hit.listing)
        and not _finds_more(row, hit)
    )


def _finds_more(row: HitResolution | SettledHit, hit: ListHit) -> bool:
    """Whether more speaks for one person than did then: a field, a level, or the sum of it all."""
    agree = {one.field for one in hit.evidence if one.agrees}
    return (
        not agree <= set(row.agreed)
        or _RANK[hit.level] > _RANK.get(row.level, 0)
        or hit.score > row.score + FOUND_MORE_BITS
    )


def _link(
    crossing: UUID, hit: UUID, row: HitResolution | None, names: Mapping[UUID | None, str]
) -> HitLink:
    if row is None:
        return HitLink(url="" if this_node().is_hq else reverse("hit", args=[crossing, hit]))
    url = reverse("hits-settled") if this_node().is_hq else reverse("hit", args=[crossing, hit])
    return HitLink(url=url, answer=row.answer, said=word_answer(row, names.get(row.officer, "–")))
