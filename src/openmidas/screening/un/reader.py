"""Reading the consolidated list as a stream, within bounds, one listing at a time.

Nothing of the source is lost: what is understood becomes a field, what is for people becomes a
detail, and the rest stands in `unread` and is reported.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import BinaryIO
from xml.etree.ElementTree import Element

from openmidas.screening.edition import Edition
from openmidas.screening.formats.collecting import Collected
from openmidas.screening.formats.report import all_text
from openmidas.screening.formats.xml_records import xml_records
from openmidas.screening.problems import ListError, Problem, ReadList
from openmidas.screening.un.listing import read_listing

LIST_CODE = "un"
TITLE = "United Nations Security Council Consolidated List"
ROOT = "CONSOLIDATED_LIST"
MAXIMUM_BYTES = 64 * 1024 * 1024
_RECORD_DEPTH = 2
_RECORDS = ("INDIVIDUAL", "ENTITY")


def read_un(
    stream: BinaryIO,
    *,
    limit: int = MAXIMUM_BYTES,
    list_code: str = LIST_CODE,
    title: str = TITLE,
) -> ReadList:
    """Read the UN list from an open file (see `open_list`), at most `limit` bytes of it.

    Raises ListError when the whole cannot be read; a broken listing is a Problem and the others
    are read all the same.
    """
    collected = Collected("REFERENCE_NUMBER")
    dated: datetime | None = None
    for within, element in xml_records(stream, limit, {ROOT: _RECORD_DEPTH}):
        if not within:
            dated = _dated(element)
        elif element.tag in _RECORDS:
            collected.take(*read_listing(element))
        else:
            collected.problems.append(Problem("", element.tag, "unknown_field", all_text(element)))
    if dated is None or not collected.listings:
        raise ListError("empty")
    edition = Edition(list_code=list_code, title=title, dated=dated, listings=collected.all())
    return ReadList(edition, tuple(collected.problems))


def _dated(root: Element) -> datetime:
    text = root.get("dateGenerated", "")
    try:
        dated = datetime.fromisoformat(text)
    except ValueError as error:
        raise ListError("undated", {"found": text[:80]}) from error
    return dated if dated.tzinfo else dated.replace(tzinfo=UTC)
