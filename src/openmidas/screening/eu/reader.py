"""Reading the European list as a stream: one `sanctionEntity` at a time.

The format has nearly everything in attributes ("FSD export", version 1.1, namespace
http://eu.europa.ec/fpi/fsd/export).
"""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO
from xml.etree.ElementTree import Element

from openmidas.screening.edition import Edition
from openmidas.screening.eu.listing import read_entity
from openmidas.screening.formats.collecting import Collected
from openmidas.screening.formats.files import Asked
from openmidas.screening.formats.report import all_text
from openmidas.screening.formats.xml_records import xml_records
from openmidas.screening.problems import ListError, Problem, ReadList

LIST_CODE = "eu"
TITLE = "European Union Consolidated List of Financial Sanctions"
ROOT = "export"
MAXIMUM_BYTES = 128 * 1024 * 1024
_RECORD = "sanctionEntity"


def read_eu(stream: BinaryIO, asked: Asked | None = None) -> ReadList:
    """Read the European list from an open file.

    Raises ListError when the whole cannot be read; a broken listing is a Problem and the others
    are read all the same.
    """
    asked = asked or Asked()
    collected = Collected("euReferenceNumber")
    dated: datetime | None = None
    for within, element in xml_records(stream, asked.limit or MAXIMUM_BYTES, {ROOT: 1}):
        if not within:
            dated = _dated(element)
        elif element.tag == _RECORD:
            collected.take(*read_entity(element))
        else:
            text = all_text(element)
            collected.problems.append(Problem("", element.tag, "unknown_field", text))
    if not collected.listings:
        raise ListError("empty")
    edition = Edition(
        list_code=asked.list_code or LIST_CODE,
        title=asked.title or TITLE,
        dated=asked.when(dated),
        listings=collected.all(),
    )
    return ReadList(edition, tuple(collected.problems))


def _dated(root: Element) -> datetime | None:
    text = root.get("generationDate", "")
    if not text:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise ListError("undated", {"found": text[:80]}) from error
