"""How long what people type may be. One place for the columns and for the answer to the officer."""

from __future__ import annotations

from openmidas.crossings.inspection import Document, Journey, Traveller
from openmidas.posts.refusals import Refused

NAME = 120
PLACE = 80
NUMBER = 40
NOTE = 2000
STATE = 3
DOCUMENT_CODE = 2
SEX = 1
SHORTEST_NOTE = 3
"""Characters, where a note says what no reason of a closed set says."""

_LINES = str.maketrans("\r\n\t", "   ")


def check_traveller(traveller: Traveller) -> None:
    """Raises `Refused` ``field.too_long`` or ``field.unprintable``, with ``field`` and ``most``."""
    _check("name", traveller.surname, NAME)
    _check("name", traveller.given_names, NAME)
    _check("sex", traveller.sex, SEX)
    _check("nationality", traveller.nationality, STATE)


def check_document(document: Document) -> None:
    """Raises as `check_traveller` does."""
    _check("document_code", document.code, DOCUMENT_CODE)
    _check("number", document.number, NUMBER)
    _check("issuer", document.issuer, STATE)


def check_journey(journey: Journey) -> None:
    """Raises as `check_traveller` does."""
    _check("origin", journey.origin, PLACE)
    _check("destination", journey.destination, PLACE)


def check_note(note: str) -> None:
    """A note may have several lines. Raises as `check_traveller` does."""
    _check("note", note.translate(_LINES), NOTE)


def _check(field: str, text: str, most: int) -> None:
    if len(text) > most:
        raise Refused("field.too_long", field=field, most=str(most))
    # No name has a control character, and PostgreSQL takes no NUL.
    if not text.isprintable():
        raise Refused("field.unprintable", field=field)
