"""Reading a list of lost and stolen documents, as INTERPOL and States give it out: a CSV file.

One document a line: number, type, issuer, date, reason, under titles in any order and in several
languages (`words`), or in this order without titles; and an *action*, where lines may say that a
document is to be taken off. Read line by line, whatever the size. What cannot be understood is told
with its line and kept as it stands; one bad line costs no other.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import BinaryIO

import msgspec

from openmidas.documents import alpha3
from openmidas.screening.lost.dates import read_day
from openmidas.screening.lost.lines import read_lines
from openmidas.screening.lost.reasons import Reason, month_number
from openmidas.screening.lost.rows import SORTS, LostRow, Sort
from openmidas.screening.lost.words import COLUMNS, column_of, is_removal, reason_of, sorts_of
from openmidas.screening.lost.written import written
from openmidas.screening.problems import ListError

_SEPARATORS = ";,\t|"
MOST_WRONG = 100_000
"""Rows at the beginning of a list of which none is a document: what follows is none either."""
_SEEN = 4096
"""States, kinds, reasons and days are few: so many of their texts are understood only once."""


class WrongRow(msgspec.Struct, frozen=True):
    """What of a line was not understood. ``text``: the field, or the line; ``left_out``: the document
    is not on the list then. Codes: "too_long", "unbalanced_quote", "missing", "unknown_state",
    "unreadable_number" (left out); "unknown_type", "unknown_value", "unreadable_date" (taken)."""

    line: int
    field: str
    code: str
    text: str
    left_out: bool


class LostReport:
    """What a reading came to, complete when it has ended. ``wrong`` is told of every wrong row."""

    def __init__(self, wrong: Callable[[WrongRow], None] = lambda row: None) -> None:
        self.rows = 0
        self.taken = 0
        self.removed = 0
        self.left_out = 0
        self.codes: dict[str, int] = {}
        self._wrong = wrong

    def note(self, row: WrongRow) -> None:
        """A wrong row."""
        self.codes[row.code] = self.codes.get(row.code, 0) + 1
        self.left_out += row.left_out
        self._wrong(row)


def read_lost(
    stream: BinaryIO,
    report: LostReport,
    *,
    issuer: str = "",
    removed: bool = False,
    encoding: str = "",
) -> Iterator[LostRow]:
    """The documents of a list, one after the other; ``report`` counts them and what is wrong.

    ``issuer``: alpha-3, for a list that names none; ``removed``: all rows are to be taken off;
    ``encoding``: of a file that is not in UTF-8.
    Raises `ListError`: "not_this_list" {found} where nothing in the first line is known and it is no
    document either, or where none of very many rows is one, "empty", "wrong_encoding", "truncated",
    "malformed".
    """

    def wrong(at: int, code: str, text: str) -> None:
        report.rows += 1
        report.note(WrongRow(at, "", code, text, left_out=True))
        _check_any(report, text)

    numbered = read_lines(stream, wrong, encoding)
    first = next(numbered, None)
    if first is None:
        raise ListError("empty")
    table = _Table.of(first[1], issuer, removed)
    for line in numbered if table.titled else chain([first], numbered):
        row = table.row(line, report)
        if row is not None:
            yield row
        else:
            _check_any(report, line[1])


def _check_any(report: LostReport, line: str) -> None:
    if report.left_out == report.rows >= MOST_WRONG:
        raise ListError("not_this_list", {"found": line[:80].strip()})


class _Table:
    """Which column holds what, and how lines become rows."""

    def __init__(
        self, places: dict[str, int], separator: str, issuer: str, removed: bool, titled: bool
    ) -> None:
        self.titled = titled
        # A column that is not there is read from the empty field that is put behind each line.
        self._pick = itemgetter(*(places.get(column, -1) for column in COLUMNS))
        self._width = max(places.values()) + 1
        self._separator = separator
        self._issuer = issuer
        self._removed = removed

    @classmethod
    def of(cls, line: str, issuer: str, removed: bool) -> _Table:
        """As the first line has it. Raises `ListError` "not_this_list"."""
        for separator in sorted(_SEPARATORS, key=line.count, reverse=True):
            titles = [column_of(cell) for cell in _cells(line, separator)]
            places: dict[str, int] = {}
            for at, title in enumerate(titles):
                if title:
                    places.setdefault(title, at)
            if "number" in places and ("issuer" in places or issuer):
                return cls(places, separator, issuer, removed, titled=True)
        separator = max(_SEPARATORS, key=line.count)
        cells = _cells(line, separator)
        places = {column: at for at, column in enumerate(COLUMNS) if at < len(cells)}
        if len(cells) < 3 or not _state(cells[2]) or written(cells[0]) is None:
            raise ListError("not_this_list", {"found": line[:80].strip()})
        return cls(places, separator, issuer, removed, titled=False)

    def row(self, numbered: tuple[int, str], report: LostReport) -> LostRow | None:
        """The document of a line, if it is one."""
        at, line = numbered
        report.rows += 1
        cells = _cells(line, self._separator)
        cells += [""] * max(self._width - len(cells), 0) + [""]
        number, sort, issuer, day, reason, action = self._pick(cells)
        state = _state(issuer) if issuer.strip() else self._issuer or None
        plain = written(number)
        if plain is None or state is None:
            report.note(_left_out(at, number, issuer, state, line))
            return None
        understood = _Understood.of(sort, reason, day, action)
        for field, code, text in understood.wrong:
            report.note(WrongRow(at, field, code, text, False))
        removed = self._removed or understood.removed
        report.removed += removed
        report.taken += not removed
        return LostRow(
            state,
            understood.sorts,
            plain.number,
            plain.altered,
            understood.reason,
            understood.month,
            removed,
        )


class _Understood(msgspec.Struct, frozen=True):
    """What a row says beside number and issuer, and which fields of it were not understood."""

    sorts: tuple[Sort, ...]
    reason: Reason
    month: int
    removed: bool
    wrong: tuple[tuple[str, str, str], ...]

    @staticmethod
    @lru_cache(_SEEN)
    def of(sort: str, reason: str, day: str, action: str) -> _Understood:
        """What these texts say."""
        sorts, why, reported = sorts_of(sort), reason_of(reason), read_day(day)
        removed = is_removal(action) or is_removal(reason)
        found = (
            ("type", "unknown_type", sort, sorts is not None),
            ("reason", "unknown_value", reason, why is not None or removed),
            ("date", "unreadable_date", day, reported is not None or not day.strip()),
        )
        wrong = tuple((field, code, text) for field, code, text, known in found if not known)
        return _Understood(
            sorts or SORTS, why or Reason.OTHER, month_number(reported), removed, wrong
        )


@lru_cache(_SEEN)
def _state(text: str) -> str | None:
    return alpha3(text) if text.strip() else None


def _cells(line: str, separator: str) -> list[str]:
    """The fields of one line."""
    if '"' not in line:
        return line.split(separator)
    return next(csv.reader([line], delimiter=separator), [])


def _left_out(at: int, number: str, issuer: str, state: str | None, line: str) -> WrongRow:
    if not number.strip() or not (issuer.strip() or state):
        return WrongRow(at, "issuer" if number.strip() else "number", "missing", line, True)
    if state is None:
        return WrongRow(at, "issuer", "unknown_state", line, True)
    return WrongRow(at, "number", "unreadable_number", line, True)
