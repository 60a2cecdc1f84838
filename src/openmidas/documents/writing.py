"""Writing a machine readable zone: the way back of `read_mrz`."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import msgspec

from openmidas.documents.cannot_write import CannotWrite
from openmidas.documents.check_digits import check_digit
from openmidas.documents.dates import PartialDate
from openmidas.documents.formats import FORMATS, MrzFormat
from openmidas.documents.mrz_dates import read_birth, read_expiry
from openmidas.documents.name_writing import FILLER, write_name
from openmidas.documents.reading import FormatName, Sex
from openmidas.documents.states import PERSONS_WITHOUT_NATIONALITY, is_state
from openmidas.documents.transliteration import mrz_components

_FIELD = re.compile(r"[A-Z0-9<]*")


class TravelDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What a zone is to say. Names as people write them; everything else in the characters of a zone.

    ``optional``: the optional data, a TD1 has two fields of them, ``optional_2`` the second;
    ``language``: of the name, where it is in Cyrillic (see `mrz_components`).
    """

    format: FormatName
    document_code: str
    issuer: str
    number: str
    surname: str
    nationality: str
    birth: PartialDate | None
    expiry: PartialDate | None
    given_names: str = ""
    sex: Sex | None = None
    optional: str = ""
    optional_2: str = ""
    language: str = ""


def write_mrz(document: TravelDocument, *, today: date) -> tuple[str, ...]:
    """The lines of a document's zone, with every check digit (Doc 9303-4 to -7).

    A name that is too long is cut as `write_name` says; a number that is too long for its field goes
    on in the optional data, where the format allows it. X, which is for the printed page, is written
    as unspecified (note f). `today` is the day on which the zone will be read: a date that it would
    put into another century is refused, and so is an approximate one, which no zone can tell of. Nothing
    of a name is lost but what `mrz_components` says. Raises `CannotWrite`.
    """
    _check_kinds(document)
    layout = next((one for one in FORMATS if one.name == document.format), None)
    if layout is None:
        raise CannotWrite("format", "format_unknown")
    zone = [FILLER] * layout.size
    _put(zone, slice(0, 2), _code(document, layout))
    for field, where in (("issuer", layout.issuer), ("nationality", layout.nationality)):
        _put(zone, where, _state(field, getattr(document, field)))
    _put(zone, layout.name_field, _name(document, layout))
    _put_number(zone, document, layout)
    zone[layout.sex] = document.sex if document.sex in ("F", "M") else FILLER
    for field, where in (("birth", layout.birth), ("expiry", layout.expiry)):
        written = _date(getattr(document, field))
        _put(zone, where, written)
        zone[where.stop] = check_digit(written)
    _check_centuries(zone, document, layout, today)
    _put_last_digits(zone, layout)
    return layout.rows_of("".join(zone))


def _check_kinds(document: TravelDocument) -> None:
    """Whether each field is of its kind: whoever makes a document is not held to that."""
    for field in document.__struct_fields__:
        value = getattr(document, field)
        if field in ("birth", "expiry"):
            if not isinstance(value, PartialDate | None):
                raise CannotWrite(field, "date_not_allowed")
            if value is not None and value.approximate:
                raise CannotWrite(field, "date_approximate")
        elif field == "sex":
            if value not in (None, *get_args(Sex)):
                raise CannotWrite(field, "sex_not_allowed")
        elif not isinstance(value, str):
            raise CannotWrite(field, "no_text")


def _put(zone: list[str], where: slice, text: str) -> None:
    width = where.stop - where.start
    zone[where] = text.ljust(width, FILLER)


def _code(document: TravelDocument, layout: MrzFormat) -> str:
    code = document.document_code.ljust(2, FILLER)
    if layout.code.fullmatch(code) is None:
        raise CannotWrite("document_code", "document_code_not_allowed")
    return code


def _state(field: str, code: str) -> str:
    if not is_state(code):
        raise CannotWrite(field, "state_code_unknown")
    if field == "issuer" and code in PERSONS_WITHOUT_NATIONALITY:
        raise CannotWrite(field, "state_code_of_persons")
    return code


def _name(document: TravelDocument, layout: MrzFormat) -> str:
    surname, given = (
        mrz_components(getattr(document, field), document.language, field=field)
        for field in ("surname", "given_names")
    )
    if not surname:  # a single name, whichever it is, is the primary identifier
        surname, given = given, ()
    if not surname:
        raise CannotWrite("name", "name_missing")
    return write_name(surname, given, layout.name_field.stop - layout.name_field.start)


def _put_number(zone: list[str], document: TravelDocument, layout: MrzFormat) -> None:
    number, rest = _number(document, layout)
    _put(zone, layout.number, number)
    zone[layout.number.stop] = FILLER if rest else check_digit(number)
    optional = (_field("optional", document.optional), _field("optional_2", document.optional_2))
    if optional[1] and len(layout.optional) == 1:
        raise CannotWrite("optional_2", "no_such_field")
    for field, where, text in zip(
        ("optional", "optional_2"), layout.optional, (rest + optional[0], optional[1]), strict=False
    ):
        if len(text) > where.stop - where.start:
            raise CannotWrite(field, "too_long")
        _put(zone, where, text)


def _number(document: TravelDocument, layout: MrzFormat) -> tuple[str, str]:
    """The number, and what of it goes on in the optional data (Doc 9303-5 and -6, note j)."""
    number = _field("number", document.number)
    if not number or number != number.strip(FILLER):
        raise CannotWrite("number", "number_missing")
    room = layout.number.stop - layout.number.start
    if len(number) <= room:
        return number, ""
    if not layout.long_numbers or FILLER in number:
        raise CannotWrite("number", "too_long")
    return number[:room], number[room:] + check_digit(number) + FILLER


def _field(field: str, text: str) -> str:
    if _FIELD.fullmatch(text) is None:
        raise CannotWrite(field, "character_not_allowed")
    return text


def _date(day: PartialDate | None) -> str:
    if day is None:
        return FILLER * 6
    month = FILLER * 2 if day.month is None else f"{day.month:02}"
    return f"{day.year % 100:02}{month}{FILLER * 2 if day.day is None else f'{day.day:02}'}"


def _check_centuries(
    zone: list[str], document: TravelDocument, layout: MrzFormat, today: date
) -> None:
    written = "".join(zone)
    expiry = read_expiry(written[layout.expiry], today=today)
    if expiry.value != document.expiry or expiry.problem not in (None, "expiry_absent"):
        raise CannotWrite("expiry", expiry.problem or "other_century")
    birth = read_birth(written[layout.birth], today=today, expiry=expiry.value)
    if birth.value != document.birth:
        raise CannotWrite("birth", "other_century")


def _put_last_digits(zone: list[str], layout: MrzFormat) -> None:
    if layout.optional_digit is not None:
        # Of empty optional data it may be a filler as well (Doc 9303-4, 4.2.2.2).
        zone[layout.optional_digit] = check_digit("".join(zone[layout.optional[0]]))
    if layout.composite_digit is not None:
        covered = "".join("".join(zone[part]) for part in layout.composite)
        zone[layout.composite_digit] = check_digit(covered)
