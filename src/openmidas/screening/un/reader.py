"""Reading the consolidated list as a stream, within bounds, one listing at a time.

Nothing of the source is lost: what is understood becomes a field, what is for people becomes a
detail, and the rest stands in `unread` and is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO, NoReturn
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import errors

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]  # ships no types
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]  # ships no types

from openmidas.screening.edition import Edition
from openmidas.screening.listings import Listing
from openmidas.screening.opening import BoundedReader
from openmidas.screening.problems import ListError, Problem, ReadList
from openmidas.screening.un.fields import LONGEST_TEXT
from openmidas.screening.un.listing import read_listing

LIST_CODE = "un"
TITLE = "United Nations Security Council Consolidated List"
ROOT = "CONSOLIDATED_LIST"
MAXIMUM_BYTES = 64 * 1024 * 1024
MAXIMUM_DEPTH = 16
_RECORD_DEPTH = 2
_RECORDS = ("INDIVIDUAL", "ENTITY")

_ENDED_EARLY = (
    errors.codes[errors.XML_ERROR_NO_ELEMENTS],
    errors.codes[errors.XML_ERROR_UNCLOSED_TOKEN],
    errors.codes[errors.XML_ERROR_PARTIAL_CHAR],
    errors.codes[errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
)
_ENCODING = (
    errors.codes[errors.XML_ERROR_UNKNOWN_ENCODING],
    errors.codes[errors.XML_ERROR_INCORRECT_ENCODING],
)


def read_un(stream: BinaryIO, *, limit: int = MAXIMUM_BYTES) -> ReadList:
    """Read the UN list from an open file (see `open_list`), at most `limit` bytes of it.

    Raises ListError when the whole cannot be read; a broken listing is a Problem and the others
    are read all the same.
    """
    listings: dict[str, Listing] = {}
    problems: list[Problem] = []
    dated: datetime | None = None
    for element in _records(stream, limit):
        if element.tag == ROOT:
            dated = _dated(element)
            continue
        if element.tag not in _RECORDS:
            text = " ".join(" ".join(element.itertext()).split())
            problems.append(Problem("", str(element.tag), "unknown_field", text[:LONGEST_TEXT]))
            continue
        listing, found = read_listing(element)
        problems += found
        if listing is None:
            continue
        if listing.id in listings:
            problems.append(Problem(listing.id, "REFERENCE_NUMBER", "duplicate", listing.name))
            continue
        listings[listing.id] = listing
    if dated is None or not listings:
        raise ListError("empty")
    edition = Edition(
        list_code=LIST_CODE, title=TITLE, dated=dated, listings=tuple(listings.values())
    )
    return ReadList(edition, tuple(problems))


def _records(stream: BinaryIO, limit: int) -> Iterator[Element]:
    """The root when it opens, then each listing when it is complete; memory stays small."""
    path: list[Element] = []
    try:
        for event, element in iterparse(
            BoundedReader(stream, limit), events=("start", "end"), forbid_dtd=True
        ):
            if event == "start":
                _check_place(path, element)
                path.append(element)
                if len(path) == 1:
                    yield element
                continue
            path.pop()
            if len(path) == _RECORD_DEPTH:
                yield element
                path[-1].clear()
    except DefusedXmlException as error:
        raise ListError("forbidden_markup", {"detail": type(error).__name__}) from error
    except ParseError as error:
        _raise_for(error)
    except (LookupError, ValueError) as error:  # an encoding that expat or Python does not know
        raise ListError("wrong_encoding", {"encoding": str(error)}) from error


def _check_place(path: list[Element], element: Element) -> None:
    if len(path) >= MAXIMUM_DEPTH:
        raise ListError("too_deep", {"limit": str(MAXIMUM_DEPTH)})
    if not path and element.tag != ROOT:
        raise ListError("not_this_list", {"found": str(element.tag)[:80]})


def _raise_for(error: ParseError) -> NoReturn:
    line, column = error.position
    if error.code in _ENDED_EARLY:
        raise ListError("truncated", {"line": str(line)}) from error
    if error.code in _ENCODING:
        raise ListError("wrong_encoding", {"encoding": str(error)}) from error
    params = {"line": str(line), "column": str(column), "detail": errors.messages[error.code]}
    raise ListError("malformed", params) from error


def _dated(root: Element) -> datetime:
    text = root.get("dateGenerated", "")
    try:
        dated = datetime.fromisoformat(text)
    except ValueError as error:
        raise ListError("undated", {"found": text[:80]}) from error
    return dated if dated.tzinfo else dated.replace(tzinfo=UTC)
