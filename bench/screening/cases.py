"""What is asked and what is right: travellers, the listing each should hit, pairs and their truth."""

from __future__ import annotations

import msgspec

from openmidas.documents import PartialDate
from openmidas.screening import ListedName, Listing, Query


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """A traveller as a document shows them. `birth` is an ISO date or a year; codes are alpha-3."""

    surname: str
    given_names: str = ""
    birth: str = ""
    sex: str = ""
    nationality: str = ""
    truncated: bool = False

    def query(self) -> Query:
        """The same as a question to our index."""
        return Query(
            surname=self.surname,
            given_names=self.given_names,
            birth=_partial(self.birth),
            sex=self.sex or None,
            nationality=self.nationality or None,
            name_truncated=self.truncated,
        )

    def name_alone(self) -> Asked:
        """The same traveller when nothing but the name is known."""
        return Asked(self.surname, self.given_names, truncated=self.truncated)


class Case(msgspec.Struct, frozen=True):
    """A listed traveller: the place of their listing, how they were disturbed, how well it dates them."""

    asked: Asked
    listing: int
    kind: str
    birth_quality: str


class World(msgspec.Struct, frozen=True):
    """Listings, travellers who are on them, and as many who are not."""

    listings: tuple[Listing, ...]
    listed: tuple[Case, ...]
    innocent: tuple[Asked, ...]


class Pair(msgspec.Struct, frozen=True):
    """A traveller and a listing, and whether they are one person."""

    asked: Asked
    listing: Listing
    same: bool


def named(text: str, id: str = "") -> Listing:
    """A person of whom a list tells the name alone."""
    return Listing(id=id or text, kind="person", names=(ListedName(text),))


def _partial(birth: str) -> PartialDate | None:
    return PartialDate.parse(birth) if birth else None
