"""The scans of the past, crossings and those that were cancelled, as what is held against a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

import msgspec
from django.db.models import BinaryField, Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Cast, Length

from openmidas.crossings.inspection import Inspection
from openmidas.crossings.models import CancelledInspection, Crossing
from openmidas.crossings.reading import document_key
from openmidas.screening.looking_back import Passed

Seen = TypeVar("Seen")

# A name may be cut off where it fills its zone, of which the shortest has 30 places, two for "<<".
_MAY_BE_CUT = 27
_COLUMNS = (
    *("text_id", "surname", "given_names", "birth", "sex", "nationality"),
    *("document_key", "document_issuer", "may_be_cut"),
)


class Shown(NamedTuple):
    """A document as it was shown: its issuer, its code ("P"), its number as it was read."""

    issuer: str
    code: str
    number: str


class Batch(msgspec.Struct, Generic[Seen], frozen=True):
    """Some scans: of each its id, as text, and what was seen, in one order."""

    ids: list[str]
    seen: list[Seen]

    def id(self, at: int) -> UUID:
        """The id of the scan at a place."""
        return UUID(self.ids[at])


class Reading(NamedTuple, Generic[Seen]):
    """How to see a scan: some crossings, as they come, at most so many; and one that was cancelled."""

    crossings: Callable[[QuerySet[Crossing], int], Batch[Seen]]
    cancelled: Callable[[Inspection], Seen]


class Place(NamedTuple):
    """Where and when a scan was made."""

    post: UUID
    at: datetime


def milliseconds(moment: datetime) -> int:
    """A moment as entries say it: milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


def earliest_id(moment: datetime) -> UUID:
    """An id that is before those of all scans from this moment on."""
    return UUID(int=milliseconds(moment) << 80)


def scans_after(reading: Reading[Seen], id: UUID, since: datetime, most: int) -> Batch[Seen]:
    """The next scans by their ids, of those that were made since."""
    crossings = reading.crossings(
        Crossing.objects.filter(id__gt=id, at__gte=since).order_by("id"), most
    )
    cancelled = CancelledInspection.objects.filter(id__gt=id, at__gte=since)
    if len(crossings.ids) == most:
        cancelled = cancelled.filter(id__lte=crossings.id(-1))
    return _together(reading, crossings, cancelled.order_by("id"), most)


def scans_of(reading: Reading[Seen], ids: Sequence[UUID], since: datetime) -> Batch[Seen]:
    """Those of these scans that were made since."""
    crossings = Crossing.objects.filter(id__in=ids, at__gte=since).order_by("id")
    cancelled = CancelledInspection.objects.filter(id__in=ids, at__gte=since).order_by("id")
    return _together(reading, reading.crossings(crossings, len(ids)), cancelled, len(ids))


def scans_since(since: datetime) -> int:
    """How many there are."""
    return sum(
        rows.filter(id__gt=earliest_id(since), at__gte=since).count()
        for rows in (Crossing.objects.all(), CancelledInspection.objects.all())
    )


def places_of(ids: Iterable[UUID]) -> dict[UUID, Place]:
    """Where these scans were made; one that was erased is not among them."""
    wanted = list(ids)
    found: dict[UUID, Place] = {}
    for rows in (Crossing.objects.all(), CancelledInspection.objects.all()):
        told = rows.filter(id__in=wanted).values_list("id", "node", "at")
        found |= {id: Place(node, at) for id, node, at in told}
    return found


def _together(
    reading: Reading[Seen],
    crossings: Batch[Seen],
    rows: QuerySet[CancelledInspection],
    most: int,
) -> Batch[Seen]:
    """Both in one order. Of the cancelled ones there are few, and they have no columns to read."""
    told = rows.annotate(text_id=Cast("id", CharField())).values_list("text_id", "inspection")
    cancelled = [(id, reading.cancelled(_read(inspection))) for id, inspection in told[:most]]
    if not cancelled:
        return crossings
    both = [*zip(crossings.ids, crossings.seen, strict=True), *cancelled]
    both.sort(key=lambda one: one[0])
    return Batch([id for id, _ in both[:most]], [seen for _, seen in both[:most]])


def _travellers(wanted: QuerySet[Crossing], most: int) -> Batch[Passed]:
    length = Length("surname") + Length("given_names")
    cut = Case(
        When(name_length__gte=_MAY_BE_CUT, then=F("inspection")),
        default=Value(None),
        output_field=BinaryField(),
    )
    # Millions of ids are read and a few of them needed: as text they cost a third.
    columns = wanted.annotate(
        name_length=length, may_be_cut=cut, text_id=Cast("id", CharField())
    ).values_list(*_COLUMNS)
    rows: Sequence[tuple[Any, ...]] = list(columns[:most])
    return Batch(
        [row[0] for row in rows],
        [Passed._make((*row[1:8], row[8] is not None and _is_cut(row[8]))) for row in rows],
    )


def _traveller(inspection: Inspection) -> Passed:
    traveller, document = inspection.traveller, inspection.document
    return Passed(
        surname=traveller.surname,
        given_names=traveller.given_names,
        birth=traveller.birth.text() if traveller.birth else "",
        sex=traveller.sex,
        nationality=traveller.nationality,
        number=document_key(document),
        number_issuer=document.issuer,
        name_truncated=document.name_truncated,
    )


def _documents(wanted: QuerySet[Crossing], most: int) -> Batch[Shown]:
    columns = wanted.annotate(text_id=Cast("id", CharField())).values_list(
        "text_id", "document_issuer", "document_code", "document_number"
    )
    rows: Sequence[tuple[str, str, str, str]] = list(columns[:most])
    return Batch([row[0] for row in rows], [Shown._make(row[1:]) for row in rows])


def _document(inspection: Inspection) -> Shown:
    document = inspection.document
    return Shown(document.issuer, document.code, document.number)


def _is_cut(inspection: bytes) -> bool:
    return _read(inspection).document.name_truncated


def _read(inspection: bytes | memoryview) -> Inspection:
    return msgspec.msgpack.decode(bytes(inspection), type=Inspection)


TRAVELLERS: Reading[Passed] = Reading(_travellers, _traveller)
DOCUMENTS: Reading[Shown] = Reading(_documents, _document)
