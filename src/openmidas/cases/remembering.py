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

from openmidas.cases.entries import Answer
from openmidas.cases.hits import bearer_of, names_of, questions
from openmidas.cases.limits import FOUND_MORE_BITS
from openmidas.cases.models import HitResolution
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
        """The hits that are somebody else's, as this post found out before.

        Asks the database once, and where there is such a hit once more, for names.
        """
        bearer = bearer_of(traveller, document)
        if not bearer.known:
            return {}
        answers = HitResolution.objects.filter(
            node=this_node().id, number=bearer.number, issuer=bearer.issuer, birth=bearer.birth
        )
        # A later answer takes the place of the one before.
        last = {(row.list_code, row.listing): row for row in answers.order_by("clock", "id")}
        holding = {
            key: row
            for hit in hits
            if (row := last.get(key := (hit.list_code, hit.listing.id))) and _holds(row, hit, day)
        }
        names = names_of(holding.values())
        return {
            key: Remembered(
                by=names.get(row.officer, "–"), on=timezone.localdate(row.at), until=row.until
            )
            for key, row in holding.items()
            if row.until is not None
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


def _holds(row: HitResolution, hit: ListHit, day: date) -> bool:
    """Whether an answer still stands against a hit of today."""
    return (
        row.answer == Answer.NOT_SAME
        and row.until is not None
        and day <= row.until
        and row.digest == listing_digest(hit.listing)
        and not _finds_more(row, hit)
    )


def _finds_more(row: HitResolution, hit: ListHit) -> bool:
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
    url = "" if this_node().is_hq else reverse("hit", args=[crossing, hit])
    if row is None:
        return HitLink(url=url)
    return HitLink(url=url, answer=row.answer, said=word_answer(row, names.get(row.officer, "–")))
