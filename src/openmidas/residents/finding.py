"""Finding border residents: by name in any spelling, by card, by plate, by village."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from openmidas.crossings.card_numbers import in_card_form
from openmidas.crossings.inspection import Document, Traveller
from openmidas.crossings.reading import query_of
from openmidas.nodes.identity import this_node
from openmidas.posts.lookups import Found, Search
from openmidas.posts.models import Post
from openmidas.residents.models import Resident
from openmidas.screening import Query
from openmidas.screening.names import fold, skeleton
from openmidas.screening.persons import compare_pair, compare_travellers

MOST_COMPARED = 5_000
"""How many residents are compared one by one: more than a post has."""


def residents_here() -> QuerySet[Resident]:
    """Those of this post; at the HQ those of all posts."""
    rows = Resident.objects.all()
    return rows if this_node().is_hq else rows.filter(node=this_node().id)


def find_residents(text: str) -> QuerySet[Resident]:
    """Who is meant by a card number, a plate, a village, or a name in any spelling; all for nothing.

    Words that stand so in a name come before those that only sound alike.
    """
    here = residents_here()
    asked = text.strip()
    if not asked:
        return here
    if number := in_card_form(asked):
        return here.filter(number=number)
    plain = "".join(asked.split())
    found = here.filter(_named(asked) | Q(village__icontains=asked) | Q(plate__iexact=plain))
    return found if found.exists() else here.filter(id__in=_sounding_like(here, asked))


def same_person(traveller: Traveller) -> Resident | None:
    """A resident with a card that was not revoked who is very likely this person; None for nobody."""
    if traveller.birth is None:
        return None
    ours = query_of(traveller, Document())
    for row in residents_here().filter(revoked_on=None)[:MOST_COMPARED]:
        likeness = compare_travellers(ours, query_of(row.traveller(), Document()))
        if likeness is not None and likeness.level == "strong":
            return row
    return None


def search_residents(asked: Search) -> Sequence[Found]:
    """What a look-up of a person finds here (`posts.lookups`), for a purpose that is recorded."""
    posts: dict[UUID, str] = dict(Post.objects.values_list("id", "name"))
    wanted = _named(asked.text) | Q(document__iexact="".join(asked.text.split()))
    if number := in_card_form(asked.text):
        wanted |= Q(number=number)
    rows = residents_here().filter(wanted).order_by("-at", "-id")[: asked.most]
    return [_told(row, posts.get(row.node, str(row.node))) for row in rows]


def _told(row: Resident, post: str) -> Found:
    traveller = row.traveller()
    return Found(
        name=row.name,
        document=str(row),
        birth=traveller.birth.text() if traveller.birth else "",
        nationality=traveller.nationality,
        what=_("Border resident"),
        where=f"{post}, {row.village}",
        at=row.at,
        url="" if this_node().is_hq else reverse("resident", args=[row.id]),
    )


def _named(text: str) -> Q:
    words = fold(text)
    if not words:
        return Q(pk__in=())
    return Q(*(Q(name_key__contains=f" {word}") for word in words))


def _sounding_like(here: QuerySet[Resident], text: str) -> list[UUID]:
    """Whose name is another spelling of the text, or has all of its words by their sound."""
    asked = Query(surname=text)
    sounds = {skeleton(word) for word in fold(text)}
    found = []
    for id, name in here.values_list("id", "name")[:MOST_COMPARED]:
        heard = {skeleton(word) for word in fold(name)}
        alike = bool(sounds) and sounds <= heard
        if alike or compare_pair(asked, Query(surname=name)).level in ("strong", "possible"):
            found.append(id)
    return found
