"""Gathering the listings of a list: one each reference, and what was not understood of all."""

from __future__ import annotations

from collections.abc import Iterable

from openmidas.screening.listings import Listing
from openmidas.screening.problems import Problem


class Collected:
    """The listings read so far. `reference`: what the source calls the field that tells them apart."""

    def __init__(self, reference: str) -> None:
        self.listings: dict[str, Listing] = {}
        self.problems: list[Problem] = []
        self._reference = reference

    def take(self, listing: Listing | None, problems: Iterable[Problem]) -> None:
        """Keep a listing, unless another bears the same reference, and what is wrong with it."""
        self.problems += problems
        if listing is None:
            return
        if listing.id in self.listings:
            self.problems.append(Problem(listing.id, self._reference, "duplicate", listing.name))
            return
        self.listings[listing.id] = listing

    def all(self) -> tuple[Listing, ...]:
        """The listings in the order in which they were read."""
        return tuple(self.listings.values())
