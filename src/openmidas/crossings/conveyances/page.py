"""What the pages of conveyances show: values made ready for the templates."""

from __future__ import annotations

import msgspec

from openmidas.crossings.conveyances.aboard import aboard_of, manifest_of, scanned
from openmidas.crossings.conveyances.comparing import Aboard, Compared, Match, compare_manifest
from openmidas.crossings.conveyances.entries import ManifestLine
from openmidas.crossings.conveyances.models import Manifest, OpenedConveyance
from openmidas.crossings.conveyances.services import shown_conveyances
from openmidas.crossings.conveyances.wording import MATCHED_BY, STATUSES
from openmidas.crossings.local import LaneMemory
from openmidas.crossings.words import state_in_words
from openmidas.posts.models import Officer


class ConveyanceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A conveyance in the list. ``listed`` 0: no manifest."""

    row: OpenedConveyance
    scanned: int
    listed: int


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a table: who, as it is written there; ``other``: as the other side writes it."""

    name: str
    number: str
    nationality: str
    birth: str
    status: str = ""
    by: str = ""
    other: str = ""
    doubt: bool = False


class ConveyancePage(msgspec.Struct, frozen=True, kw_only=True):
    """One conveyance. ``lanes``: where its travellers are scanned now; ``here``: at the officer's own."""

    row: OpenedConveyance
    manifest: Manifest | None
    listed: int
    scanned: int
    missing: tuple[Person, ...]
    extra: tuple[Person, ...]
    matched: tuple[Person, ...]
    lanes: tuple[str, ...]
    here: bool
    may_scan: bool
    by: str

    @property
    def differs(self) -> bool:
        """Whether closing asks for a note."""
        return bool(self.missing or self.extra)

    @property
    def doubts(self) -> int:
        """Of how many it is not quite sure that they are who stands on the manifest."""
        return sum(one.doubt for one in self.matched)


def conveyance_rows() -> list[ConveyanceRow]:
    """The conveyances of the last day at this post, the last first."""
    rows = []
    for row in shown_conveyances():
        manifest = manifest_of(row.id)
        listed = len(manifest.listed()) if manifest else 0
        rows.append(ConveyanceRow(row=row, scanned=scanned(row.id), listed=listed))
    return rows


def conveyance_page(row: OpenedConveyance, lane: str) -> ConveyancePage:
    """One conveyance as an officer at this lane ("": at none) sees it."""
    manifest, aboard = manifest_of(row.id), aboard_of(row.id)
    lines = manifest.listed() if manifest else ()
    compared = (
        compare_manifest(lines, aboard) if manifest else Compared(matched=(), missing=(), extra=())
    )
    lanes = tuple(
        LaneMemory.objects.filter(conveyance_id=row.id)
        .order_by("lane")
        .values_list("lane", flat=True)
    )
    officer = Officer.objects.filter(id=row.closed_by).first() if row.closed_by else None
    return ConveyancePage(
        row=row,
        manifest=manifest,
        listed=len(lines),
        scanned=len(aboard),
        missing=tuple(_of_line(line) for line in compared.missing),
        extra=tuple(_of_aboard(one) for one in compared.extra),
        matched=tuple(_of_match(match) for match in compared.matched)
        if manifest
        else tuple(_of_aboard(one) for one in aboard),
        lanes=lanes,
        here=lane in lanes,
        may_scan=bool(lane),
        by=officer.name if officer else "",
    )


def _of_line(line: ManifestLine) -> Person:
    return Person(
        name=line.name,
        number=line.number,
        nationality=state_in_words(line.nationality) if line.nationality else "",
        birth=line.birth.text() if line.birth else "",
    )


def _of_aboard(one: Aboard) -> Person:
    return Person(
        name=one.name,
        number=one.number,
        nationality=state_in_words(one.nationality) if one.nationality else "",
        birth=one.birth.text() if one.birth else "",
        status=str(STATUSES.get(one.status, one.status)),
    )


def _of_match(match: Match) -> Person:
    return msgspec.structs.replace(
        _of_aboard(match.aboard),
        by=str(MATCHED_BY[match.by]),
        other=match.line.name,
        doubt=match.doubt,
    )
