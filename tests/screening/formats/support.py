"""Lists as texts, read as if they were files."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from openmidas.screening import Asked, ListFile, Listing, ReadList, read_list

WHEN = datetime(2026, 1, 15, tzinfo=UTC)


def file(data: str | bytes, name: str = "list") -> ListFile:
    """A file of that name that holds these texts or bytes."""
    held = data.encode() if isinstance(data, str) else data
    return ListFile(name, lambda: io.BytesIO(held))


def read(kind: str, *data: str | bytes, encoding: str = "", limit: int | None = None) -> ReadList:
    """What is read from these files."""
    asked = Asked(dated=WHEN, encoding=encoding, limit=limit)
    return read_list(kind, [file(one) for one in data], asked)


def only(found: ReadList) -> Listing:
    """The one listing that was read."""
    (listing,) = found.edition.listings
    return listing


def names(listing: Listing) -> list[tuple[str, str, str]]:
    """Text, quality and script of each name."""
    return [(name.text, name.quality, name.script) for name in listing.names]


def births(listing: Listing) -> list[tuple[str, str, str]]:
    """First and last day, and the text."""
    return [(str(birth.earliest), str(birth.latest), birth.text) for birth in listing.births]


def documents(listing: Listing) -> list[tuple[str, str, str | None]]:
    """Kind, number and issuer."""
    return [(document.kind, document.number, document.issuer) for document in listing.documents]


def details(listing: Listing) -> list[tuple[str, str]]:
    """What is for people only."""
    return [(detail.kind, detail.text) for detail in listing.details]


def problems(found: ReadList) -> list[tuple[str, str, str]]:
    """Which listing, which field, what is the matter."""
    return [(problem.listing, problem.field, problem.code) for problem in found.problems]
