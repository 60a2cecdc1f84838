"""How many hits there are, how they were answered, how soon: by list, by post, and by listing.

A hit that nobody answered counts as that, neither as right nor as wrong; "not sure" is an answer and
says neither.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple, TypeVar
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from openmidas.cases.entries import Answer
from openmidas.cases.figures.limits import FEWEST_INNOCENT
from openmidas.cases.figures.models import CounterHit
from openmidas.cases.looking_back.models import LaterHit
from openmidas.cases.models import HitResolution
from openmidas.crossings.models import Crossing
from openmidas.lists.lost.in_use import LOST

Key = TypeVar("Key")


class Hit(NamedTuple):
    """A hit and what came of it. ``answer``: the one that counts, "" for none; ``took``: until the
    first one, None where there is none or where it was found later: nobody stood there and waited;
    ``let_cross``: the traveller was admitted while it stood open, though it asked for an answer."""

    list_code: str
    listing: str
    post: UUID
    later: bool
    answer: str
    took: timedelta | None
    let_cross: bool = False


class HitFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Hits of one list, post or listing. The four answers, none among them, add up to ``hits``.

    ``let_cross``: how many stood open when their travellers were admitted, whatever was answered since.
    """

    hits: int
    later: int
    same: int
    not_same: int
    unsure: int
    unanswered: int
    let_cross: int
    median: timedelta | None

    @property
    def percent_wrong(self) -> int | None:
        """Of those that were resolved either way, the share that was somebody else; None: none was."""
        resolved = self.same + self.not_same
        return round(100 * self.not_same / resolved) if resolved else None


def hits_since(since: datetime, closed: Collection[str]) -> list[Hit]:
    """All hits since a moment but those on lists that are closed to who asks."""
    answers, first = _answers(since)
    at_counter = CounterHit.objects.filter(at__gte=since).exclude(list_code__in=closed)
    later = LaterHit.objects.filter(found_at__gte=since).exclude(list_code__in=closed)
    columns = ("id", "list_code", "listing")
    open_then = _let_cross(at_counter)
    found = [
        Hit(
            list_code,
            listing,
            post,
            False,
            answers.get(id, ""),
            first.get(id),
            str(id) in open_then,
        )
        for id, list_code, listing, post in at_counter.values_list(*columns, "node")
    ]
    found += [
        Hit(list_code, listing, post, True, answers.get(id, ""), None)
        for id, list_code, listing, post in later.values_list(*columns, "post")
    ]
    return found


def figures_by(hits: Iterable[Hit], key: Callable[[Hit], Key]) -> dict[Key, HitFigures]:
    """The hits added up by list, by post, or by whatever the key says."""
    grouped: defaultdict[Key, list[Hit]] = defaultdict(list)
    for hit in hits:
        grouped[key(hit)].append(hit)
    return {each: figures_of(some) for each, some in grouped.items()}


def figures_of(hits: Collection[Hit]) -> HitFigures:
    """The hits added up."""
    answers = Counter(hit.answer for hit in hits)
    took = [hit.took.total_seconds() for hit in hits if hit.took is not None]
    return HitFigures(
        hits=len(hits),
        later=sum(hit.later for hit in hits),
        same=answers[Answer.SAME],
        not_same=answers[Answer.NOT_SAME],
        unsure=answers[Answer.UNSURE],
        unanswered=answers[""],
        let_cross=sum(hit.let_cross for hit in hits),
        median=timedelta(seconds=median(took)) if took else None,
    )


def only_innocent(hits: Iterable[Hit]) -> list[tuple[str, str, int]]:
    """Listings that met several travellers and every one was somebody else, the busiest first.

    Lists and listings by code and number, and how many hits.
    """
    persons = (hit for hit in hits if hit.list_code != LOST)  # a number cannot be said better
    figures = figures_by(persons, lambda hit: (hit.list_code, hit.listing))
    found = [
        (list_code, listing, one.hits)
        for (list_code, listing), one in figures.items()
        if one.hits >= FEWEST_INNOCENT and one.not_same == one.hits
    ]
    return sorted(found, key=lambda one: (-one[2], one[0], one[1]))


def _let_cross(hits: QuerySet[CounterHit]) -> set[str]:
    """The hits, by id, that stood open when their travellers were admitted."""
    asking = hits.filter(level="strong").values("crossing")
    let = Crossing.objects.filter(id__in=asking, open_hit_reason__gt="")
    return {hit for some in let.values_list("open_hits", flat=True) for hit in some}


def _answers(since: datetime) -> tuple[dict[UUID, str], dict[UUID, timedelta]]:
    """Of each hit the answer that counts, and how long the first one took."""
    answers: dict[UUID, str] = {}
    first: dict[UUID, timedelta] = {}
    rows = HitResolution.objects.filter(at__gte=since).order_by("clock", "id")
    for hit, answer, found_at, at in rows.values_list("hit", "answer", "found_at", "at"):
        answers[hit] = answer
        first.setdefault(hit, max(at - found_at, timedelta()))
    return answers, first
