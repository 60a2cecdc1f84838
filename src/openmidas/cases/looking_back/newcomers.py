"""What an edition has that the one before did not have, or had otherwise."""

from __future__ import annotations

import logging

import msgspec

from openmidas.crossings.hits import listing_digest
from openmidas.journal import JournalError
from openmidas.lists.editions import edition_bytes
from openmidas.lists.models import ListEdition
from openmidas.nodes.services import node_day
from openmidas.screening import Edition, EditionError, Listing

logger = logging.getLogger(__name__)


class Newcomer(msgspec.Struct, frozen=True):
    """A listing that is new or changed. ``digest``: of what it says, see `listing_digest`."""

    listing: Listing
    digest: str


def newcomers(edition: ListEdition, before: ListEdition | None) -> list[Newcomer]:
    """The persons who are new in an edition, or said otherwise, and still listed today.

    Without an edition before, or where that cannot be read any more, it is everybody. Raises
    `EditionError`, `JournalError` where this one cannot be read.
    """
    known = {one.id: listing_digest(one) for one in _listings_before(before)}
    today = node_day()
    found = []
    for listing in Edition.decode(edition_bytes(edition)).listings:
        expired = listing.expires_on is not None and listing.expires_on < today
        if listing.kind == "entity" or expired:
            continue
        digest = listing_digest(listing)
        if known.get(listing.id) != digest:
            found.append(Newcomer(listing, digest))
    return found


def _listings_before(row: ListEdition | None) -> tuple[Listing, ...]:
    if row is None:
        return ()
    try:
        return Edition.decode(edition_bytes(row)).listings
    except (EditionError, JournalError) as error:
        logger.error("edition %s of %s cannot be read: %s", row.id, row.list_code, error)
        return ()
