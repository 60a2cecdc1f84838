"""From a document's reading to the traveller and document that stand at the lane."""

from __future__ import annotations

from openmidas.crossings.inspection import Document, HowRead, Traveller
from openmidas.documents import Reading
from openmidas.screening import Query


def traveller_of(reading: Reading) -> Traveller:
    """Who the document says it belongs to."""
    return Traveller(
        surname=reading.surname,
        given_names=reading.given_names,
        birth=reading.birth,
        sex=reading.sex or "",
        nationality=reading.nationality,
    )


def document_of(reading: Reading) -> Document:
    """What the document says of itself, with the raw lines."""
    return Document(
        code=reading.document_code,
        number=reading.number,
        issuer=reading.issuer,
        expiry=reading.expiry,
        how_read=HowRead.MRZ,
        lines=reading.lines,
        name_truncated=reading.name_truncated,
    )


def query_of(traveller: Traveller, document: Document) -> Query:
    """The question to the lists."""
    return Query(
        surname=traveller.surname,
        given_names=traveller.given_names,
        birth=traveller.birth,
        sex=traveller.sex or None,
        nationality=traveller.nationality or None,
        number=document.number,
        number_issuer=document.issuer or None,
        name_truncated=document.name_truncated,
    )
