"""The crossings of the past as travellers to screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import BinaryField, Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Cast, Length

from openmidas.crossings.inspection import Inspection
from openmidas.crossings.models import Crossing
from openmidas.screening.looking_back import Passed

# A name may be cut off where it fills its zone, of which the shortest has 30 places, two for "<<".
_MAY_BE_CUT = 27
_COLUMNS = (
    *("text_id", "surname", "given_names", "birth", "sex", "nationality"),
    *("document_key", "document_issuer", "may_be_cut"),
)


class Batch(msgspec.Struct, frozen=True):
    """Some crossings: of each its id, as text, and the traveller, in one order."""

    ids: list[str]
    travellers: list[Passed]

    def id(self, at: int) -> UUID:
        """The id of the crossing at a place."""
        return UUID(self.ids[at])


def earliest_id(moment: datetime) -> UUID:
    """An id that is before those of all crossings from this moment on."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def crossings_after(id: UUID, since: datetime, most: int) -> Batch:
    """The next crossings by their ids, of those that took place since."""
    wanted = Crossing.objects.filter(id__gt=id, at__gte=since).order_by("id")
    return batch_of(wanted, most)


def batch_of(wanted: QuerySet[Crossing], most: int) -> Batch:
    """At most so many crossings, as they come."""
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


def _is_cut(inspection: bytes) -> bool:
    read = msgspec.msgpack.decode(bytes(inspection), type=Inspection)
    return read.document.name_truncated
