"""From a document's reading to the traveller and document that stand at the lane."""

from __future__ import annotations

import re
from datetime import date

from openmidas.crossings.cards import document_to_screen
from openmidas.crossings.inspection import Document, HowRead, Traveller
from openmidas.documents import Reading, find_mrz, read_mrz
from openmidas.screening import Query
from openmidas.screening.names import fold, skeleton
from openmidas.screening.numbers import number_key

LONGEST = 200
"""Characters that are looked at; the longest zone has 90."""


def read_document(raw: str, today: date) -> Reading | None:
    """What a document reader sent, read; None where there is no machine readable zone in it.

    A zone whose check digits do not fit is read as well, if nothing but the zone was sent: the
    officer must see what is wrong with it, and a changed document must not go unrecorded.
    """
    lines = find_mrz(raw) or tuple(re.findall(r"[A-Z0-9<]+", raw.upper()[:LONGEST]))
    reading = read_mrz("\n".join(lines), today=today)
    is_zone = reading.format and "document_code_not_allowed" not in {
        f.code for f in reading.findings
    }
    return reading if is_zone else None


def traveller_of(reading: Reading) -> Traveller:
    """Who the document says it belongs to."""
    return Traveller(
        surname=reading.surname,
        given_names=reading.given_names,
        birth=reading.birth,
        sex=reading.sex or "",
        nationality=reading.nationality,
    )


def document_of(reading: Reading, how: HowRead = HowRead.MRZ) -> Document:
    """What the document says of itself, with the raw lines, and ``how`` they were read."""
    return Document(
        code=reading.document_code,
        number=reading.number,
        issuer=reading.issuer,
        expiry=reading.expiry,
        how_read=how,
        lines=reading.lines,
        name_truncated=reading.name_truncated,
    )


def query_of(traveller: Traveller, document: Document) -> Query:
    """The question to the lists. Of a border resident it is about the document behind the card."""
    document = document_to_screen(document)
    return Query(
        surname=traveller.surname,
        given_names=traveller.given_names,
        birth=traveller.birth,
        sex=traveller.sex or None,
        nationality=traveller.nationality or None,
        number=document.number,
        number_issuer=document.issuer or None if document.number else None,
        name_truncated=document.name_truncated,
    )


def document_key(document: Document) -> str:
    """The number in a form in which what was typed equals what was scanned; "" for no document.

    Numbers that are too short for the lists' own form stay as they are.
    """
    return number_key(document.number) or document.number.upper()


def may_be_one(ours: str, theirs: str) -> bool:
    """Whether documents of these issuers may be one, their numbers being equal.

    An issuer that was not given, by hand, contradicts none.
    """
    return not ours or not theirs or ours == theirs


def name_key(name: str) -> str:
    """The words of a name as searched for: capital letters A to Z, a space before and after each."""
    return f" {' '.join(fold(name))} "


def sound_key(name: str) -> str:
    """How the words of a name sound, as searched for: other spellings of a word give the same."""
    return f" {' '.join(skeleton(word) for word in fold(name))} "
