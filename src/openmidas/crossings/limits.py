"""How long what people type may be. One place for the columns and for the answer to the officer."""

from __future__ import annotations

from openmidas.crossings.inspection import Document, Journey, Traveller
from openmidas.posts.refusals import Refused

NAME = 120
PLACE = 80
NUMBER = 40
NOTE = 2000
COUNT_NOTE = 200
STATE = 3
DOCUMENT_CODE = 2
SEX = 1
SHORTEST_NOTE = 3
"""Characters, where a note says what no reason of a closed set says."""

_LINES = str.maketrans("\r\n\t", "   ")


def check_traveller(traveller: Traveller) -> None:
    """Raises `Refused` ``field.too_long`` or ``field.unprintable``, with ``field`` and ``most``."""
    check_text("name", traveller.surname, NAME)
    check_text("name", traveller.given_names, NAME)
    check_text("sex", traveller.sex, SEX)
    check_text("nationality", traveller.nationality, STATE)


def check_document(document: Document) -> None:
    """Raises as `check_traveller` does."""
    check_text("document_code", document.code, DOCUMENT_CODE)
    check_text("number", document.number, NUMBER)
    check_text("issuer", document.issuer, STATE)


def check_journey(journey: Journey) -> None:
    """Raises as `check_traveller` does."""
    check_text("origin", journey.origin, PLACE)
    check_text("destination", journey.destination, PLACE)


def check_note(note: str) -> None:
    """A note may have several lines. Raises as `check_traveller` does."""
    check_text("note", note.translate(_LINES), NOTE)


def check_text(field: str, text: str, most: int) -> None:
    """Any other field of one line. Raises as `check_traveller` does."""
    if len(text) > most:
        raise Refused("field.too_long", field=field, most=str(most))
    # No name has a control character, and PostgreSQL takes no NUL.
    if not text.isprintable():
        raise Refused("field.unprintable", field=field)
