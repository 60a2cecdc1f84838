"""What the pages of border residents show: values made ready for the templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

import msgspec
from django.db.models import Count, Q, QuerySet

from openmidas.crossings.cards import CardState
from openmidas.crossings.inspection import Purpose, Traveller
from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.overview import post_names
from openmidas.crossings.page import age_in_words
from openmidas.crossings.words import CARD_ENDS
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day
from openmidas.posts import lookups
from openmidas.residents.entries import Fact, ResidentKind
from openmidas.residents.models import Resident, ResidentFacts
from openmidas.residents.wording import KINDS, STATES, TAGS

DAYS = 30
"""Of how many days the headquarters sees the crossings of residents."""


class ShownResident(msgspec.Struct, frozen=True, kw_only=True):
    """One resident in words. ``number``: as it stands on the card; ``tag``: the style of the state."""

    row: Resident
    traveller: Traveller
    number: str
    kind: str
    state: str
    tag: str
    end: str
    age: str
    holds: bool

    @property
    def drives(self) -> bool:
        """Whether it is a moto-taxi driver."""
        return bool(self.row.plate)


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """How many cards hold, lapsed and were revoked, and how many of those that hold are drivers'."""

    valid: int = 0
    lapsed: int = 0
    revoked: int = 0
    drivers: int = 0


class PostNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """The same of one post. ``crossed``: crossings of its residents in the last `DAYS` days."""

    post: str
    numbers: Numbers
    crossed: int


def shown(row: Resident) -> ShownResident:
    """One resident on the node's own day."""
    today = node_day()
    state, traveller = row.state(today), row.traveller()
    return ShownResident(
        row=row,
        traveller=traveller,
        number=str(row),
        kind=str(KINDS[row.kind]),
        state=str(STATES[state]),
        tag=TAGS[state],
        end=str(CARD_ENDS.get(row.end, row.end)),
        age=age_in_words(traveller, today),
        holds=state is not CardState.REVOKED,
    )


def all_shown(rows: Iterable[Resident]) -> list[ShownResident]:
    """Several of them."""
    return [shown(row) for row in rows]


def facts_of(row: Resident) -> tuple[Fact, ...]:
    """What to ask a resident who forgot the card; nothing where nothing is kept, or not here."""
    kept = ResidentFacts.objects.filter(id=row.id).first()
    return kept.asked() if kept else ()


def history_of(
    actor: Actor, row: Resident, purpose: lookups.Purpose, reason: str
) -> Sequence[Crossing]:
    """The last crossings with this card at this post, newest first; the look-up is on disk before.

    Raises `Refused` ``lookup.reason_missing``.
    """
    crossed = Crossing.objects.filter(node=row.node, document_key=row.number)
    found = list(crossed.defer("inspection").order_by("-at", "-id")[: lookups.MOST_RESULTS])
    lookups.made(actor, purpose, reason, f"border resident {row}", len(found))
    return found


def numbers_here() -> Numbers:
    """The numbers of this post."""
    return _numbers(Resident.objects.filter(node=this_node().id), node_day())


def numbers_by_post() -> list[PostNumbers]:
    """The numbers of all posts that have residents, by name. Nobody is named."""
    today = node_day()
    names = post_names()
    crossed = _crossed(today - timedelta(days=DAYS))
    posts: set[UUID] = {*Resident.objects.values_list("node", flat=True).distinct(), *crossed}
    told = [
        PostNumbers(
            post=names.get(post, str(post)),
            numbers=_numbers(Resident.objects.filter(node=post), today),
            crossed=crossed.get(post, 0),
        )
        for post in posts
    ]
    return sorted(told, key=lambda one: one.post)


def _crossed(since: date) -> dict[UUID, int]:
    """Crossings of border residents by post: counted from the index by day alone."""
    found = Crossing.objects.filter(day__gt=since, purpose=Purpose.RESIDENT, status=Status.ADMITTED)
    return dict(found.values_list("node").annotate(Count("id")))


def _numbers(rows: QuerySet[Resident], today: date) -> Numbers:
    valid = Q(revoked_on=None, until__gte=today)
    return Numbers(
        **rows.aggregate(
            valid=Count("id", filter=valid),
            lapsed=Count("id", filter=Q(revoked_on=None, until__lt=today)),
            revoked=Count("id", filter=Q(revoked_on__isnull=False)),
            drivers=Count("id", filter=valid & Q(kind=ResidentKind.DRIVER)),
        )
    )
