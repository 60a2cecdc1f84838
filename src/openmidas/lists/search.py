"""Finding listings by part of a name or by their reference, for a person who looks at a list."""

from __future__ import annotations

from datetime import date
from itertools import islice

from openmidas.screening import Edition, Listing
from openmidas.screening.names import fold


def find_listings(edition: Edition, text: str, most: int, day: date) -> list[Listing]:
    """Listings of which one name has, for each word of ``text``, a word that begins so; at most ``most``.

    This is a look into a list, not a screening: spellings are taken as they stand, accents aside. What
    is discreet, or has expired on ``day``, is not found.
    """
    wanted = fold(text)
    if not wanted:
        return []
    reference = text.strip().upper()
    found = (
        listing
        for listing in edition.listings
        if not listing.discreet
        and (listing.expires_on is None or listing.expires_on >= day)
        and _is_asked_for(listing, reference, wanted)
    )
    return list(islice(found, most))


def _is_asked_for(listing: Listing, reference: str, wanted: tuple[str, ...]) -> bool:
    return listing.id.upper() == reference or any(
        _has_all(fold(name.text), wanted) for name in listing.names
    )


def _has_all(tokens: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return all(any(token.startswith(word) for token in tokens) for word in wanted)
