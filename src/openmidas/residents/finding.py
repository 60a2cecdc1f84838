"""Finding border residents: by name in any spelling, by card, by plate, by village."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _

from openmidas.crossings.card_numbers import in_card_form
from openmidas.crossings.conveyances.plates import plate_spellings
from openmidas.crossings.inspection import Document, Traveller
from openmidas.crossings.reading import query_of
from openmidas.crossings.searched_dates import take_apart
from openmidas.documents import PartialDate
from openmidas.nodes.identity import this_node
from openmidas.posts.lookups import Found, Search
from openmidas.posts.models import Post
from openmidas.residents.models import Resident
from openmidas.screening import Query
from openmidas.screening.names import fold, skeleton
from openmidas.screening.numbers import number_key
from openmidas.screening.persons import births_agree, compare_pair, compare_travellers

MOST_COMPARED = 5_000
"""How many residents are compared one by one: more than a post has."""


def residents_here() -> QuerySet[Resident]:
    """Those of this post; at the HQ those of all posts."""
    rows = Resident.objects.all()
    return rows if this_node().is_hq else rows.filter(node=this_node().id)


def find_residents(text: str) -> QuerySet[Resident]:
    """Who is meant by a card number, a plate, a village, or a name in any spelling; all for nothing.

    The newest first, and words that stand so before those that only sound alike.
    """
    here = residents_here().order_by("-at", "-id")
    asked = text.strip()
    if not asked:
        return here
    if number := in_card_form(asked):
        return here.filter(number=number)
    plain = "".join(asked.split())
    exact = _named(asked) | Q(plate__iexact=plain) | Q(village__in=_villages(here, asked))
    sounding = Q(id__in=_sounding_like(here, asked))
    later = Case(When(exact, then=0), default=1, output_field=IntegerField())
    return here.filter(exact | sounding).annotate(later=later).order_by("later", "-at", "-id")


def same_person(traveller: Traveller, document: str, village: str) -> Resident | None:
    """A resident with a card that was not revoked who may be this person; None for nobody.

    The document's number tells first; then, unless the births clash, the same name, or another spelling
    of it in the same village or with the same day of birth.
    """
    key = number_key(document)
    rows = list(residents_here().filter(revoked_on=None).order_by("-at", "-id")[:MOST_COMPARED])
    same = (row for row in rows if key and number_key(row.document) == key)
    alike = (row for row in rows if _alike(row, traveller, village))
    return next(chain(same, alike), None)


def _alike(row: Resident, traveller: Traveller, village: str) -> bool:
    theirs = row.traveller()
    births = (traveller.birth, theirs.birth)
    if None not in births and not births_agree(*births):
        return False
    if sorted(fold(row.name)) == sorted(fold(traveller.name)):
        return True
    pair = (query_of(traveller, Document()), query_of(theirs, Document()))
    if fold(row.village) == fold(village):
        sound_alike = _sounds(row.name) == _sounds(traveller.name)
        return sound_alike or compare_pair(*pair).level in ("strong", "possible")
    likeness = compare_travellers(*pair)
    return likeness is not None and likeness.level == "strong"


def search_residents(asked: Search) -> Sequence[Found]:
    """What a look-up of a person finds here (`posts.lookups`), for a purpose that is recorded."""
    posts: dict[UUID, str] = dict(Post.objects.values_list("id", "name"))
    plain = "".join(asked.text.split())
    plates = Q(plate__in=[plain, *plate_spellings(asked.text)])
    said, here = take_apart(asked.text), residents_here()
    wanted = _named(said.names) | Q(document__iexact=plain) | plates
    if number := in_card_form(asked.text):
        wanted |= Q(number=number)
    sounding = Q(id__in=_sounding_like(here, said.names)) if said.names else Q(pk__in=())
    rank = Case(When(wanted, then=0), default=1, output_field=IntegerField())
    rows = here.filter(wanted | sounding).annotate(later=rank).order_by("later", "-at", "-id")
    return [
        _told(row, posts.get(row.node, str(row.node)), alike=bool(row.later))
        for row in islice((row for row in rows.iterator() if _born(row, said.date)), asked.most)
    ]


def _born(row: Resident, asked: PartialDate | None) -> bool:
    """Whether the birth is the one that was asked for, or may be; also where none was."""
    birth = row.traveller().birth
    return asked is None or birth is None or births_agree(birth, asked)


def _told(row: Resident, post: str, *, alike: bool) -> Found:
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
        alike=alike,
    )


def _named(text: str) -> Q:
    words = fold(text)
    if not words:
        return Q(pk__in=())
    return Q(*(Q(name_key__contains=f" {word}") for word in words))


def _villages(here: QuerySet[Resident], text: str) -> list[str]:
    """The villages that have the text in their name, with or without accents."""
    asked = " ".join(fold(text))
    villages = here.order_by("village").values_list("village", flat=True).distinct()
    return [village for village in villages if asked and asked in " ".join(fold(village))]


def _sounding_like(here: QuerySet[Resident], text: str) -> list[UUID]:
    """Whose name is another spelling of the text, or has all of its words by their sound."""
    asked = Query(surname=text)
    sounds = _sounds(text)
    found = []
    for id, name in here.order_by("-at").values_list("id", "name")[:MOST_COMPARED]:
        alike = bool(sounds) and sounds <= _sounds(name)
        if alike or compare_pair(asked, Query(surname=name)).level in ("strong", "possible"):
            found.append(id)
    return found


def _sounds(name: str) -> set[str]:
    return {skeleton(word) for word in fold(name)}
