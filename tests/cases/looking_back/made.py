"""Inspections as a crossing keeps them."""

from __future__ import annotations

import msgspec

from openmidas.crossings.inspection import Document, HowRead, Inspection, Journey, Traveller
from openmidas.journal.models import new_id


def inspection(surname: str, given_names: str, *, truncated: bool = False) -> Inspection:
    """An inspection of this traveller, without findings."""
    return Inspection(
        id=new_id(),
        lane="1",
        opened_at=0,
        traveller=Traveller(surname=surname, given_names=given_names),
        document=Document(number="SP1", how_read=HowRead.MRZ, name_truncated=truncated),
        journey=Journey(),
    )


def inspected(surname: str, given_names: str, *, truncated: bool = False) -> bytes:
    """The bytes of one."""
    return msgspec.msgpack.encode(inspection(surname, given_names, truncated=truncated))
