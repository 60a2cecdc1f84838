"""All that is done with what a document reader sends, in a row: nothing of it may raise."""

from __future__ import annotations

import contextlib
import io
from datetime import date

from openmidas.documents import CannotWrite, Reading, TravelDocument, find_mrz, read_mrz, write_mrz
from openmidas.documents.commands.answers import as_line, as_text
from openmidas.documents.commands.zone_text import lines_of, read_zone, zones

TODAY = date(2026, 11, 21)


def swallow(data: bytes) -> list[Reading]:
    """Find, read, answer in both languages, and write again, whatever these bytes are.

    Gives what was read. Any exception is a mistake of ours.
    """
    file = io.BufferedReader(io.BytesIO(data))
    readings = [read_zone(text, today=TODAY) for text in zones(lines_of(file))]
    raw = data.decode("utf-8", "surrogateescape")
    readings.append(read_mrz(raw, today=TODAY))
    if found := find_mrz(raw):
        readings.append(read_mrz("\n".join(found), today=TODAY))
    for reading in readings:
        as_line(reading, "en")
        as_text(reading, "fr")
        _write_again(reading)
    return readings


def _write_again(reading: Reading) -> None:
    """What no zone can tell is refused by `CannotWrite`, and by nothing else."""
    if reading.format is None:
        return
    document = TravelDocument(
        format=reading.format,
        document_code=reading.document_code,
        issuer=reading.issuer,
        number=reading.number,
        surname=reading.surname,
        given_names=reading.given_names,
        nationality=reading.nationality,
        birth=reading.birth,
        expiry=reading.expiry,
        sex=reading.sex,
    )
    with contextlib.suppress(CannotWrite):
        write_mrz(document, today=TODAY)
