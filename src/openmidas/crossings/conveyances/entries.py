"""What a post writes of a conveyance that stands before it, and of those who should be on it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from openmidas.crossings import limits
from openmidas.crossings.conveyances.limits import COMPANY, MOST, PLATE
from openmidas.crossings.inspection import Conveyance, Direction
from openmidas.documents import PartialDate
from openmidas.journal import TO_HQ, Content, NodeKind, kind

Plate = Annotated[str, Meta(min_length=1, max_length=PLATE)]
Company = Annotated[str, Meta(max_length=COMPANY)]
Place = Annotated[str, Meta(max_length=limits.PLACE)]
Name = Annotated[str, Meta(max_length=limits.NAME)]
Number = Annotated[str, Meta(max_length=limits.NUMBER)]
State = Annotated[str, Meta(max_length=limits.STATE)]
Note = Annotated[str, Meta(min_length=1, max_length=limits.NOTE)]
Count = Annotated[int, Meta(ge=0)]


class Source(StrEnum):
    """How a manifest came into the system."""

    TYPED = "typed"
    CSV = "csv"
    XLSX = "xlsx"


class ManifestLine(Struct, frozen=True, kw_only=True):
    """One traveller of a manifest: a name, or the number of a document, or both."""

    name: Name = ""
    number: Number = ""
    nationality: State = ""
    birth: PartialDate | None = None


@kind("conveyance.opened", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class ConveyanceOpened(Content, frozen=True, kw_only=True):
    """A conveyance stands before the post. ``what``: its kind; ``seats`` 0: not known."""

    conveyance: UUID
    what: Conveyance
    plate: Plate
    company: Company
    origin: Place
    destination: Place
    seats: Annotated[int, Meta(ge=0, le=MOST)]
    direction: Direction


@kind("conveyance.manifest", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class ConveyanceListed(Content, frozen=True, kw_only=True):
    """Who should be on a conveyance, as its driver or company says. The last manifest holds."""

    manifest: UUID
    conveyance: UUID
    source: Source
    lines: Annotated[tuple[ManifestLine, ...], Meta(min_length=1, max_length=MOST)]


@kind("conveyance.driver", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class ConveyanceDriven(Content, frozen=True, kw_only=True):
    """Which of the travellers drives it, by the crossing; nobody may expect the driver on a manifest."""

    conveyance: UUID
    crossing: UUID


@kind("conveyance.closed", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class ConveyanceClosed(Content, frozen=True, kw_only=True):
    """All who came with it are scanned. How many were, and in how many it differs from the manifest."""

    conveyance: UUID
    scanned: Count
    missing: Count
    extra: Count


@kind("conveyance.note", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class ConveyanceNoted(Content, frozen=True, kw_only=True):
    """What was said at the closing: apart from it, since it may name people and be erased."""

    conveyance: UUID
    note: Note
