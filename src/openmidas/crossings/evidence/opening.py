"""What opens the chip of a traveller's document: what is printed on it, as the page hands it on."""

from __future__ import annotations

import re
from datetime import date

from openmidas.crossings.inspection import Document, HowRead, Inspection
from openmidas.documents import PartialDate, read_mrz
from openmidas.documents.chip.access import Password
from openmidas.documents.chip.findings import Unreadable

_VISA = "MRV"
_NO_LETTER = re.compile(r"[^0-9A-Z]")


def opens_chip(inspection: Inspection, today: date) -> str:
    """Number, birth and expiry with their check digits, one behind the other (Doc 9303-11, 4.3.2).

    From the printed zone where one was read, else from what was typed. Empty where that opens no chip: a
    visa, a resident's card, a date that is not whole.
    """
    document = inspection.document
    try:
        if document.lines:
            reading = read_mrz("\n".join(document.lines), today=today)
            visa = (reading.format or "").startswith(_VISA)
            return "" if visa else Password.of_zone(reading).text
        if document.none or document.how_read is HowRead.RESIDENT:
            return ""
        return _of_typed(document, inspection.traveller.birth)
    except Unreadable:
        return ""


def _of_typed(document: Document, birth: PartialDate | None) -> str:
    """As a zone has it: capitals, and a filler for all else (Doc 9303-3, 4.3)."""
    born, expires = _day(birth), _day(document.expiry)
    if not born or not expires:
        return ""
    number = _NO_LETTER.sub("<", document.number.upper())
    return Password.of_fields(number, born, expires).text


def _day(known: PartialDate | None) -> str:
    """A day as a zone writes it; empty where it is not known to the day."""
    if known is None or known.approximate or known.month is None or known.day is None:
        return ""
    return f"{known.year % 100:02d}{known.month:02d}{known.day:02d}"
