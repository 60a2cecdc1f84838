"""A list in XML as a stream of its records, within bounds; memory stays small.

No entity is expanded and nothing is fetched: a file that declares entities is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple, NoReturn
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import errors

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]  # ships no types
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]  # ships no types

from openmidas.screening.opening import BoundedReader
from openmidas.screening.problems import ListError

MAXIMUM_DEPTH = 16
MOST_ELEMENTS = 100_000
"""In one record. The longest of a real list has a few thousand."""
LONGEST_PIECE = 16 * 1024 * 1024
"""Of a tag or of a text without a tag in it, in bytes."""
_CHUNK = 256 * 1024
# Some versions of expat look at a tag from its beginning with each piece that they are given: with
# the 16 KiB that Python asks for, one of 60 MB would take an hour.

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


class Record(NamedTuple):
    """A complete element, and the name of the one that it stands in: "" for the root."""

    within: str
    element: Element


def xml_records(stream: BinaryIO, limit: int, roots: Mapping[str, int]) -> Iterator[Record]:
    """The root as soon as it opens, then each record when it is complete. Names lose their namespace.

    `roots`: the names that the root may have, each with how deep its records stand below it.
    A record is emptied after it was handed on. Raises ListError when the file is not such a list.
    """
    path: list[Element] = []
    depth = elements = 0
    source = _Source(BoundedReader(stream, limit))
    try:
        for event, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
            source.waiting = 0
            if event == "start":
                element.tag = _local(element.tag)
                if not path:
                    depth = _depth(element.tag, roots)
                    yield Record("", element)
                if len(path) >= MAXIMUM_DEPTH:
                    raise ListError("too_deep", {"limit": str(MAXIMUM_DEPTH)})
                path.append(element)
                elements = elements + 1 if len(path) > depth + 1 else 0
                if elements > MOST_ELEMENTS:
                    raise ListError("record_too_large", source.bound(MOST_ELEMENTS))
                continue
            path.pop()
            if len(path) == depth:
                yield Record(path[-1].tag, element)
                path[-1].clear()
            elif path and len(path) < depth:
                path[-1].clear()  # a section that is over: the root need not keep it
    except DefusedXmlException as error:
        raise ListError("forbidden_markup", {"detail": type(error).__name__}) from error
    except ParseError as error:
        _raise_for(error)
    except (LookupError, ValueError) as error:  # an encoding that expat or Python does not know
        raise ListError("wrong_encoding", {"encoding": str(error)}) from error


class _Source:
    """Hands on pieces that are large enough, and knows in which line the parser is, by and large."""

    def __init__(self, reader: BoundedReader) -> None:
        self._reader = reader
        self._line = 1
        self.waiting = 0
        """How many bytes were read since an element began or ended."""

    def read(self, size: int = -1) -> bytes:
        """The next piece, whatever size was asked for; b"" at the end."""
        piece = self._reader.read(_CHUNK)
        self.waiting += len(piece)
        if self.waiting > LONGEST_PIECE:
            raise ListError("line_too_long", self.bound(LONGEST_PIECE))
        self._line += piece.count(b"\n")
        return piece

    def bound(self, limit: int) -> dict[str, str]:
        """Where it is, and what it may not pass."""
        return {"line": str(self._line), "limit": str(limit)}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _depth(tag: str, roots: Mapping[str, int]) -> int:
    if tag not in roots:
        expected = ", ".join(roots)
        raise ListError("not_this_list", {"found": tag[:80], "expected": expected})
    return roots[tag]


def _raise_for(error: ParseError) -> NoReturn:
    line, column = error.position
    if error.code in _ENDED_EARLY:
        raise ListError("truncated", {"line": str(line)}) from error
    if error.code in _ENCODING:
        raise ListError("wrong_encoding", {"encoding": str(error)}) from error
    params = {"line": str(line), "column": str(column), "detail": errors.messages[error.code]}
    raise ListError("malformed", params) from error
