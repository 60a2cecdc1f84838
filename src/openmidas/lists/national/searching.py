"""Finding national listings by part of a name, a document's number, or their own number."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from openmidas.lists.national.entries import Said
from openmidas.lists.national.models import NationalList, NationalListing
from openmidas.screening.names import fold
from openmidas.screening.numbers import number_key


def words_of(said: Said) -> str:
    """Names and numbers as they are searched, each after a space."""
    words = [word for name in said.names for word in fold(name.text)]
    numbers = [number_key(document.number) for document in said.documents]
    return "".join(f" {word}" for word in dict.fromkeys([*words, *numbers]) if word)


def find(of: NationalList, text: str, most: int) -> list[NationalListing]:
    """Listings of which, for each word asked, a word begins so; or with this number. At most ``most``."""
    found = NationalListing.objects.filter(list=of.id).order_by("removed", "number")
    return list(_matching(found, text)[:most])


def _matching(found: QuerySet[NationalListing], text: str) -> QuerySet[NationalListing]:
    by_name = Q()
    for word in fold(text):
        by_name &= Q(words__contains=f" {word}")
    wanted = Q(number__iexact=text.strip())
    if by_name:
        wanted |= by_name
    if key := number_key(text):
        wanted |= Q(words__contains=f" {key}")
    return found.filter(wanted)
