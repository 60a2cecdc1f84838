"""Repairs that the type of a field allows: digits in dates, letters in names and codes of States.

A document number is never touched: making its check digit fit picks a wrong number as often as
the right one. Optional data may hold anything and are not touched either. A field that a repair
would not make whole is left as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from openmidas.documents.formats import FORMATS, MrzFormat
from openmidas.documents.reading import ReadingFinding
from openmidas.documents.states import is_state

_TO_DIGITS = str.maketrans("OQDILZSGB", "000112568")
# 1 is left out: in a name it is as often an L as an I.
_TO_LETTERS = str.maketrans("02568", "OZSGB")
_ALL_DIGITS = re.compile(r"[0-9<]+")
_ALL_LETTERS = re.compile(r"[A-Z<]+")


def repair(zone: str, layout: MrzFormat, findings: list[ReadingFinding]) -> str:
    """The zone with such characters put right; each field so repaired is added to `findings`."""
    if _TYPED[layout.name].fullmatch(zone):
        return zone
    zone = _put(zone, "name", layout.name_field, _letters, "Doc 9303-3, 4.6", findings)
    for field, state in (("issuer", layout.issuer), ("nationality", layout.nationality)):
        zone = _put(zone, field, state, _state_letters, "Doc 9303-3, 4.7", findings)
    for field, dated in (("birth", layout.birth), ("expiry", layout.expiry)):
        with_digit = slice(dated.start, dated.stop + 1)
        zone = _put(zone, field, with_digit, _digits, "Doc 9303-3, 4.8", findings, dated=True)
    if layout.composite_digit is not None:
        last = slice(layout.composite_digit, layout.composite_digit + 1)
        zone = _put(zone, "composite", last, _digits, "Doc 9303-3, 4.9", findings)
    return zone


def _typed(layout: MrzFormat) -> re.Pattern[str]:
    """A zone of this format in which every field that could be repaired is of its type."""
    places = ["."] * layout.size
    for field in (layout.name_field, layout.issuer, layout.nationality):
        places[field] = ["[A-Z<]"] * (field.stop - field.start)
    for dated in (layout.birth, layout.expiry):
        places[dated.start : dated.stop + 1] = ["[0-9<]"] * (dated.stop + 1 - dated.start)
    if layout.composite_digit is not None:
        places[layout.composite_digit] = "[0-9<]"
    return re.compile("".join(places))


_TYPED = {layout.name: _typed(layout) for layout in FORMATS}


def _put(
    zone: str,
    field: str,
    where: slice,
    mend: Callable[[str], str],
    paragraph: str,
    findings: list[ReadingFinding],
    *,
    dated: bool = False,
) -> str:
    """``dated``: the last character is the check digit of a date, and told only if it was repaired."""
    read = zone[where]
    used = mend(read)
    if used == read:
        return zone
    told = slice(-1) if dated and read[-1] == used[-1] else slice(None)
    params = {"read": read[told], "used": used[told]}
    findings.append(ReadingFinding("repaired", field, paragraph, params))
    return zone[: where.start] + used + zone[where.stop :]


def _digits(text: str) -> str:
    mended = text.translate(_TO_DIGITS)
    return mended if _ALL_DIGITS.fullmatch(mended) else text


def _letters(text: str) -> str:
    mended = text.translate(_TO_LETTERS)
    return mended if _ALL_LETTERS.fullmatch(mended) else text


def _state_letters(text: str) -> str:
    mended = _letters(text)
    return mended if is_state(mended.rstrip("<")) else text
