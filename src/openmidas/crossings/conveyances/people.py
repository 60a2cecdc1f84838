"""The travellers of a conveyance against its manifest, made ready for the templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec

from openmidas.crossings.conveyances.aboard import STANDING, aboard_of, manifest_of
from openmidas.crossings.conveyances.comparing import Aboard, Compared, Match, compare_manifest
from openmidas.crossings.conveyances.entries import ManifestLine
from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.conveyances.wording import MATCHED_BY, STATUSES
from openmidas.crossings.words import state_in_words
from openmidas.posts.models import Officer


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a table: who, as it is written there; ``other``: as the other side writes it.

    ``id``: of the crossing, for who was decided on.
    """

    name: str
    number: str
    nationality: str
    birth: str
    id: UUID | None = None
    status: str = ""
    by: str = ""
    other: str = ""
    doubt: bool = False


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Manifest and travellers of one conveyance. Without a manifest, ``matched`` holds all travellers.

    ``decided``: who may be said to drive it, the likely ones first.
    """

    given: bool
    listed: int
    scanned: int
    missing: tuple[Person, ...]
    extra: tuple[Person, ...]
    matched: tuple[Person, ...]
    driver: Person | None
    decided: tuple[Person, ...]

    @property
    def differs(self) -> bool:
        """Whether closing asks for a note."""
        return bool(self.missing or self.extra)

    @property
    def doubts(self) -> int:
        """Of how many it is not quite sure that they are who stands on the manifest."""
        return sum(one.doubt for one in self.matched)

    @property
    def people(self) -> int:
        """How many persons are named here."""
        return len(self.missing) + self.scanned


def comparison(row: OpenedConveyance) -> Comparison:
    """Who is on the manifest of a conveyance, who was scanned, and how they differ."""
    manifest, aboard = manifest_of(row), aboard_of(row)
    lines = manifest.listed() if manifest else ()
    compared = compare_manifest(lines, aboard) if manifest else _uncompared()
    matched = [_of_match(match) for match in compared.matched] if manifest else of_aboard(aboard)
    return Comparison(
        given=manifest is not None,
        listed=len(lines),
        scanned=len(aboard),
        missing=of_lines(compared.missing),
        extra=of_aboard(compared.extra),
        matched=tuple(matched),
        driver=next(iter(of_aboard(one for one in aboard if one.drives)), None),
        decided=of_aboard(_likely_drivers(compared, aboard)),
    )


def of_lines(lines: Iterable[ManifestLine]) -> tuple[Person, ...]:
    """Lines of a manifest as a table shows them."""
    return tuple(
        Person(
            name=line.name,
            number=line.number,
            nationality=state_in_words(line.nationality) if line.nationality else "",
            birth=line.birth.text() if line.birth else "",
        )
        for line in lines
    )


def of_aboard(aboard: Iterable[Aboard]) -> tuple[Person, ...]:
    """Travellers as a table shows them."""
    return tuple(_of_one(one) for one in aboard)


def closed_by(row: OpenedConveyance) -> str:
    """The name of who closed it; "" where nobody did, or the name is not known here."""
    if row.closed_by is None:
        return ""
    officer = Officer.objects.filter(id=row.closed_by, post=row.node).first()
    return officer.name if officer else ""


def _likely_drivers(compared: Compared, aboard: Sequence[Aboard]) -> list[Aboard]:
    """Those decided on, first those whom no manifest names: a driver is seldom on it."""
    decided = [one for one in aboard if one.status != STANDING]
    matched = {match.aboard.id for match in compared.matched}
    return sorted(decided, key=lambda one: one.id in matched)


def _uncompared() -> Compared:
    return Compared(matched=(), missing=(), extra=())


def _of_one(one: Aboard) -> Person:
    return Person(
        id=one.id,
        name=one.name,
        number=one.number,
        nationality=state_in_words(one.nationality) if one.nationality else "",
        birth=one.birth.text() if one.birth else "",
        status=str(STATUSES.get(one.status, one.status)),
    )


def _of_match(match: Match) -> Person:
    return msgspec.structs.replace(
        _of_one(match.aboard),
        by=str(MATCHED_BY[match.by]),
        other=match.line.name,
        doubt=match.doubt,
    )
