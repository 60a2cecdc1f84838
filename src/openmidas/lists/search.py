"""Finding listings by part of a name or by their reference, for a person who looks at a list."""

from __future__ import annotations

from itertools import islice

from openmidas.screening import Edition, Listing
from openmidas.screening.names import fold


def find_listings(edition: Edition, text: str, most: int) -> list[Listing]:
    """Listings of which one name has, for each word of ``text``, a word that begins so; at most ``most``.

    This is a look into a list, not a screening: spellings are taken as they stand, accents aside.
    """
    wanted = fold(text)
    if not wanted:
        return []
    reference = text.strip().upper()
    found = (
        listing
        for listing in edition.listings
        if listing.id.upper() == reference
        or any(_has_all(fold(name.text), wanted) for name in listing.names)
    )
    return list(islice(found, most))


def _has_all(tokens: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return all(any(token.startswith(word) for token in tokens) for word in wanted)
