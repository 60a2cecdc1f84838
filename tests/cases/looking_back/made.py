"""Inspections as a crossing keeps them."""

from __future__ import annotations

import msgspec

from openmidas.crossings.inspection import Document, HowRead, Inspection, Journey, Traveller
from openmidas.crossings.models import Crossing
from openmidas.documents import PartialDate
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


def named(crossing: Crossing) -> None:
    """Have a crossing hold an inspection of the traveller whom its columns tell of."""
    one = inspection(crossing.surname, crossing.given_names)
    traveller = msgspec.structs.replace(
        one.traveller,
        birth=PartialDate.parse(crossing.birth),
        sex=crossing.sex,
        nationality=crossing.nationality,
    )
    document = msgspec.structs.replace(
        one.document, number=crossing.document_number, issuer=crossing.document_issuer
    )
    whole = msgspec.structs.replace(one, id=crossing.id, traveller=traveller, document=document)
    Crossing.objects.filter(id=crossing.id).update(inspection=msgspec.msgpack.encode(whole))
