"""What can be wrong with a list: with the whole file (`ListError`) or with a part (`Problem`)."""

from __future__ import annotations

from typing import Literal

import msgspec

from openmidas.screening.edition import Edition

ListCode = Literal[
    "too_large",
    "too_many_rows",
    "too_deep",
    "forbidden_markup",
    "wrong_encoding",
    "truncated",
    "malformed",
    "not_this_list",
    "undated",
    "empty",
    "no_columns",
    "line_too_long",
    "record_too_large",
    "wrong_files",
]
ProblemCode = Literal[
    "missing",
    "duplicate",
    "too_long",
    "unknown_field",
    "unknown_state",
    "unknown_value",
    "unreadable_date",
    "unreadable_number",
    "unreadable_note",
    "unreadable_line",
    "unknown_column",
    "wrong_count",
    "not_given",
    "not_listed",
]


class ListError(Exception):
    """A file that cannot be read as the list it was given for. Nothing of it is used.

    "too_large" {limit, in bytes}, "too_many_rows" {limit}, "too_deep" {limit}, "forbidden_markup" {detail},
    "wrong_encoding" {encoding}, "truncated" {line}, "malformed" {line, column, detail},
    "not_this_list" {found, expected}, "undated" {found}, "empty" {}, "no_columns" {found}: no heading
    that is known; "line_too_long" {line, limit}, "record_too_large" {line, limit}: one listing of more
    elements than that; "wrong_files" {found}: files that do not go together.
    """

    def __init__(self, code: ListCode, params: dict[str, str] | None = None) -> None:
        self.code = code
        self.params = params or {}
        super().__init__(f"{code} {self.params}" if self.params else code)


class Problem(msgspec.Struct, frozen=True):
    """A part of one listing that was not understood; the text stands in the listing's `unread`.

    `listing` is its reference, `field` the source's own name of the field. Only "missing" without
    a name, "duplicate", "unreadable_line" and "not_listed" leave the listing itself out.
    """

    listing: str
    field: str
    code: ProblemCode
    text: str


class ColumnRead(msgspec.Struct, frozen=True):
    """A column of a table, and what it was taken for: "" where it is kept and not understood."""

    heading: str
    meaning: str


class ReadList(msgspec.Struct, frozen=True):
    """An edition as it was read, and what of it was not understood. `columns`: of a table."""

    edition: Edition
    problems: tuple[Problem, ...]
    columns: tuple[ColumnRead, ...] = ()
