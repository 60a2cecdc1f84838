"""A question about the flows, answered: a table whose totals are sums of its own cells.

::

    answer(Question(start=…, end=…, rows=Dimension.POST, columns=Dimension.SEX))
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

import msgspec
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncMonth, TruncWeek

from openmidas.crossings.models import Crossing
from openmidas.flows.dimensions import FACETS, Dimension
from openmidas.flows.models import CountryTally, Span, Tally
from openmidas.flows.ordering import in_order
from openmidas.flows.pieces import Piece, Source, pieces_of
from openmidas.flows.questions import MOST_CELLS, TIME, Question, QuestionRefused, chosen

Cells = Counter[tuple[str, str]]

REST = "~all the others~"
"""The code of a row or column that holds all that are not shown one by one. No State has it."""
ALL = ""
"""The code of the only column where none were asked for."""


class Answer:
    """How many crossings, by the codes of the rows and of the columns.

    Codes: days, weeks (their Monday) and months (their first day) as ISO dates, posts as the text
    of their id, else as crossings have them; "" where it is not known, `REST` for what is gathered.
    There is nothing here but the cells: every total is a sum of them.
    """

    def __init__(
        self, question: Question, cells: Cells, rows: tuple[str, ...], columns: tuple[str, ...]
    ) -> None:
        self.question = question
        self.rows = rows
        self.columns = columns
        self._cells = cells

    def cell(self, row: str, column: str = ALL) -> int:
        """The number of one cell; 0 where nobody crossed."""
        return self._cells[row, column]

    @cached_property
    def row_totals(self) -> dict[str, int]:
        """The sum of each row."""
        return _in(self.rows, _sums(self._cells)[0])

    @cached_property
    def column_totals(self) -> dict[str, int]:
        """The sum of each column."""
        return _in(self.columns, _sums(self._cells)[1])

    @cached_property
    def total(self) -> int:
        """The sum of all cells."""
        return self._cells.total()

    def check_size(self) -> None:
        """Raises `QuestionRefused` ``question.too_many_cells``, before it is written out in full."""
        if len(self.rows) * len(self.columns) > MOST_CELLS:
            raise QuestionRefused("question.too_many_cells", most=str(MOST_CELLS))

    def turned(self) -> Answer:
        """The same with rows and columns exchanged. Raises `ValueError` where it has no columns."""
        asked = self.question
        if asked.columns is None:
            raise ValueError("a table without columns cannot be turned")
        turned = msgspec.structs.replace(asked, rows=asked.columns, columns=asked.rows)
        cells = Counter({(column, row): number for (row, column), number in self._cells.items()})
        return Answer(turned, cells, self.columns, self.rows)

    def gathered(self, *, rows: int, columns: int) -> Answer:
        """The same with the largest rows and columns alone, and the sum of the others as `REST`.

        Times are never gathered, and what is not known stays by itself.
        """
        asked = self.question
        kept_rows = _kept(asked.rows, self.rows, self.row_totals, rows)
        kept_columns = _kept(asked.columns, self.columns, self.column_totals, columns)
        cells: Cells = Counter()
        for (row, column), number in self._cells.items():
            place = (
                row if row in kept_rows else REST,
                column if column in kept_columns else REST,
            )
            cells[place] += number
        return Answer(
            asked,
            cells,
            _with_rest(self.rows, kept_rows),
            _with_rest(self.columns, kept_columns),
        )


def answer(question: Question) -> Answer:
    """Count in the database what is asked; one query for each piece of the period."""
    cells: Cells = Counter()
    codes = _Codes()
    for piece in pieces_of(question):
        for row, column, number in _numbers(question, piece):
            cells[codes[row], codes[column]] += piece.sign * number
    rows = {row for (row, _column), number in cells.items() if number}
    columns = {column for (_row, column), number in cells.items() if number}
    sums = _sums(cells)
    return Answer(
        question,
        cells,
        in_order(question.rows, rows, sums[0], question),
        (ALL,)
        if question.columns is None
        else in_order(question.columns, columns, sums[1], question),
    )


def _numbers(question: Question, piece: Piece) -> Iterator[tuple[Any, Any, int]]:
    column = (
        _crossing_column if piece.source is Source.CROSSINGS else _tally_columns(question.facet)
    )
    # The names must differ from those of the model's columns.
    grouped = {"by_row": column(question.rows)}
    if question.columns is not None:
        grouped["by_column"] = column(question.columns)
    counted = Count("*") if piece.source is Source.CROSSINGS else Sum("number")
    found = chosen(question, _of_period(question, piece))
    rows = found.order_by().values(**grouped).annotate(counted=counted)
    for line in rows.values_list(*grouped, "counted"):
        yield line if len(line) == 3 else (line[0], ALL, line[1])


def _of_period(question: Question, piece: Piece) -> QuerySet[Any]:
    if piece.source is Source.CROSSINGS:
        return Crossing.objects.filter(day__gte=piece.start, day__lte=piece.end)
    days = {"facet": question.facet, "start__gte": piece.start, "start__lte": piece.end}
    if piece.source is Source.COUNTRY:
        return CountryTally.objects.filter(**days)
    span = Span.MONTH if piece.source is Source.MONTHS else Span.DAY
    return Tally.objects.filter(**days, span=span)


def _tally_columns(facet: str) -> Callable[[Dimension], Combinable]:
    columns: dict[Dimension, Combinable] = {
        Dimension.DAY: F("start"),
        Dimension.WEEK: TruncWeek("start"),
        Dimension.MONTH: TruncMonth("start"),
        Dimension.POST: F("node"),
        Dimension.DIRECTION: F("direction"),
    }
    for dimension, letter in FACETS.items():
        if letter in facet:
            columns[dimension] = F(("value", "other")[facet.index(letter)])
    return columns.__getitem__


def _crossing_column(dimension: Dimension) -> Combinable:
    return F("age_group" if dimension is Dimension.AGE else dimension.value)


class _Codes(dict[Any, str]):
    """The codes of what the database gives: a table has few of them, and each many times."""

    def __missing__(self, value: Any) -> str:
        code = value.isoformat() if isinstance(value, date) else str(value)
        self[value] = code
        return code


def _sums(cells: Cells) -> tuple[Counter[str], Counter[str]]:
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for (row, column), number in cells.items():
        rows[row] += number
        columns[column] += number
    return rows, columns


def _in(codes: tuple[str, ...], sums: Counter[str]) -> dict[str, int]:
    return {code: sums[code] for code in codes}


def _kept(
    dimension: Dimension | None, codes: tuple[str, ...], totals: dict[str, int], most: int
) -> set[str]:
    """The codes that stay by themselves: the largest, times, and what is not known."""
    named = [code for code in codes if code]
    if dimension is None or dimension in TIME or len(named) <= most:
        return set(codes)
    largest = sorted(named, key=lambda code: -totals[code])[:most]
    return {*largest, *(code for code in codes if not code)}


def _with_rest(codes: tuple[str, ...], kept: set[str]) -> tuple[str, ...]:
    if len(kept) == len(codes):
        return codes
    named = [code for code in codes if code and code in kept]
    return (*named, REST, *(code for code in codes if not code))
