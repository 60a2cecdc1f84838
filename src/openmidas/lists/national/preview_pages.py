"""What the page of an uploaded file shows, as plain values, and its rows that were left out."""

from __future__ import annotations

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openmidas.lists.national.entries import Said
from openmidas.lists.national.forms import ListingForm
from openmidas.lists.national.pages import Fact, facts
from openmidas.lists.national.previewing import (
    ENTITY,
    NOBODY,
    Preview,
    Remark,
    TableFile,
    below_headings,
)
from openmidas.lists.national.wording import word
from openmidas.lists.wording import word_column, word_problem
from openmidas.posts.refusals import Refused
from openmidas.screening import ColumnRead

SHOWN = 200
SAMPLE = 5
_WHY = {
    NOBODY: gettext_lazy("It has neither a name nor the number of a document."),
    ENTITY: gettext_lazy("An organisation: travellers are compared with persons only."),
}


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A remark in words."""

    row: int
    column: str
    why: str
    text: str


class PreviewPage(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown of a file. ``more_left``, ``more_doubts``: how many are not shown."""

    listings: int
    rows: int
    rows_taken: int
    left: int
    left_out: tuple[Told, ...]
    more_left: int
    doubts: tuple[Told, ...]
    more_doubts: int
    columns: tuple[tuple[str, str], ...]
    sample: tuple[tuple[str, list[Fact]], ...]


def preview_page(found: Preview) -> PreviewPage:
    """A preview for its page, in the reader's language."""
    return PreviewPage(
        listings=len(found.said),
        rows=found.rows,
        rows_taken=found.rows_taken,
        left=len(found.left_out),
        left_out=tuple(_told(one) for one in found.left_out[:SHOWN]),
        more_left=max(0, len(found.left_out) - SHOWN),
        doubts=tuple(_told(one) for one in found.doubts[:SHOWN]),
        more_doubts=max(0, len(found.doubts) - SHOWN),
        columns=tuple(map(_column, found.columns)),
        sample=tuple((_name(said), facts(None, said)) for said in found.said[:SAMPLE]),
    )


def rejected_rows(table: TableFile, found: Preview) -> list[list[str]]:
    """The rows that were left out as they stood, below their headings, each with why behind it."""
    why = {one.row: _told(one) for one in found.left_out}
    headings, rows = below_headings(table)
    width = len(headings)
    kept = [[*headings, _("Why it was left out")]]
    for number, row in rows:
        if number in why:
            told = why[number]
            said = f"{told.column}: {told.why}" if told.column else told.why
            cells = [*row, *[""] * (width - len(row))]
            kept.append([*cells[:width], said, *cells[width:]])
    return kept


def _told(remark: Remark) -> Told:
    return Told(row=remark.row, column=_field(remark), why=_why(remark), text=remark.text[:200])


def _field(remark: Remark) -> str:
    """The column as the table calls it, or the field of a listing as its form does."""
    if remark.code == "missing":
        return word_column(remark.column)
    field = ListingForm.base_fields.get(_FIELDS.get(remark.column, remark.column))
    return (
        str(field.label) if field is not None and remark.code.startswith("said.") else remark.column
    )


_FIELDS = {"expires_past": "expires_on", "expires_late": "expires_on", "state": "nationalities"}


def _why(remark: Remark) -> str:
    if remark.code in _WHY:
        return str(_WHY[remark.code])
    if remark.code.startswith("said."):
        return word(Refused(remark.code, **remark.params))
    return word_problem(remark.code)


def _column(column: ColumnRead) -> tuple[str, str]:
    return column.heading, word_column(column.meaning)


def _name(said: Said) -> str:
    return said.names[0].text if said.names else said.documents[0].text
