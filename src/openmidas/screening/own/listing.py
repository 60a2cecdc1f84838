"""One row of a State's own list, added to its listing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from openmidas.screening.formats.draft import Draft
from openmidas.screening.listings import Kind, Quality
from openmidas.screening.own.columns import Column

_ENTITY = re.compile(r"entit|organi[sz]ation|soci[eé]t|compan|groupe?$|morale", re.IGNORECASE)
# Several values of one kind in one cell. A comma stands inside names, dates and addresses.
_SEVERAL = re.compile(r"\s*[;|\n]\s*")
_NAMES: Mapping[str, Quality] = {"alias": "good", "weak_alias": "low", "original_name": "good"}
_NUMBERS = {"number": "", "passport": "passport", "national_id": "national id"}
_FOR_PEOPLE = {
    "address": "address",
    "title": "title",
    "designation": "designation",
    "birth_place": "birth_place",
}
_BESIDE = ("document_kind", "issuer", "kind")
"""Columns that say something of another column."""

Cells = Mapping[Column, str]


def kind_of(cells: Cells) -> Kind:
    """A person, unless the row says otherwise."""
    text = " ".join(text for column, text in cells.items() if column.code == "kind")
    return "entity" if _ENTITY.search(text) else "person"


def fill(draft: Draft, cells: Cells) -> None:
    """Add what a row says; a second row of the same reference adds names, documents and so on."""
    _add_name(draft, cells)
    for column, text in cells.items():
        if text.strip() and column.code not in ("id", "surname", "given_names", "name"):
            _add(draft, column, text, cells)


def _add_name(draft: Draft, cells: Cells) -> None:
    quality: Quality = "good" if draft.names else "primary"
    parts = [_first(cells, "given_names"), _first(cells, "surname")]
    split = " ".join(part for part in parts if part)
    whole = _first(cells, "name")
    draft.add_name("name", whole or split, quality)
    if whole and split:
        draft.add_name("name", split, "good")


def _add(draft: Draft, column: Column, text: str, cells: Cells) -> None:
    for value in _SEVERAL.split(text.strip()):
        if not value:
            continue
        if column.code in _NAMES:
            draft.add_name(column.heading, value, _NAMES[column.code])
        elif column.code in _NUMBERS:
            _add_document(draft, column, value, cells)
        elif column.code in _SIMPLE:
            _SIMPLE[column.code](draft, column.heading, value)
        elif column.code in _FOR_PEOPLE:
            draft.add_detail(_FOR_PEOPLE[column.code], value)
        elif column.code not in _BESIDE:
            # Authority, action, legal basis, day of review, and columns that nobody knows.
            draft.add_detail("note", value, column.heading)


def _add_document(draft: Draft, column: Column, number: str, cells: Cells) -> None:
    """A number with the type and the issuer that stand in the columns that go with it."""
    kind = _NUMBERS[column.code] or _beside(cells, "document_kind", column.which)
    issuer = _beside(cells, "issuer", column.which)
    text = " ".join(part for part in (column.heading, kind, number, issuer) if part)
    draft.add_document(column.heading, number, kind, issuer, text)


def _beside(cells: Cells, code: str, which: str) -> str:
    """The cell of the same number, or the only one of its kind."""
    found = {column.which: text.strip() for column, text in cells.items() if column.code == code}
    return found.get(which, next(iter(found.values()), "") if len(found) == 1 else "")


def _first(cells: Cells, code: str) -> str:
    return next((text.strip() for column, text in cells.items() if column.code == code), "")


def _programme(draft: Draft, field: str, value: str) -> None:
    draft.programmes.append(draft.report.clean(field, value))


def _remark(draft: Draft, field: str, value: str) -> None:
    draft.remarks.append(draft.report.clean(field, value))


_SIMPLE: dict[str, Callable[[Draft, str, str], None]] = {
    "birth": Draft.add_birth,
    "sex": Draft.set_sex,
    "nationality": Draft.add_nationality,
    "listed_on": Draft.set_listed_on,
    "category": _programme,
    "reason": _remark,
    "remarks": _remark,
}
