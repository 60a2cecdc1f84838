"""What can be wrong with a list: with the whole file (`ListError`) or with a part (`Problem`)."""

from __future__ import annotations

from typing import Literal

import msgspec

from openmidas.screening.edition import Edition

ListCode = Literal[
    "too_large",
    "too_deep",
    "forbidden_markup",
    "wrong_encoding",
    "truncated",
    "malformed",
    "not_this_list",
    "undated",
    "empty",
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
]


class ListError(Exception):
    """A file that cannot be read as the list it was given for. Nothing of it is used.

    "too_large" {limit, in bytes}, "too_deep" {limit}, "forbidden_markup" {detail},
    "wrong_encoding" {encoding}, "truncated" {line}, "malformed" {line, column, detail},
    "not_this_list" {found}, "undated" {found}, "empty" {}.
    """

    def __init__(self, code: ListCode, params: dict[str, str] | None = None) -> None:
        self.code = code
        self.params = params or {}
        super().__init__(f"{code} {self.params}" if self.params else code)


class Problem(msgspec.Struct, frozen=True):
    """A part of one listing that was not understood; the text stands in the listing's `unread`.

    `listing` is its reference, `field` the source's own name of the field. Only "missing" without
    a name and "duplicate" leave the listing itself out.
    """

    listing: str
    field: str
    code: ProblemCode
    text: str


class ReadList(msgspec.Struct, frozen=True):
    """An edition as it was read, and what of it was not understood."""

    edition: Edition
    problems: tuple[Problem, ...]
