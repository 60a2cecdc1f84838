"""Charts of an answer: plain numbers and places, drawn by the template as SVG.

Lines where one side of the table is time, bars where none is. What is drawn is what the table has:
the smaller rows and columns are gathered, none is left out. All lengths are in units of the
drawing, which is `WIDTH` wide.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from openmidas.flows.answers import Answer
from openmidas.flows.dimensions import Dimension
from openmidas.flows.questions import TIME
from openmidas.flows.words import namer, number

WIDTH = 720
MOST_SERIES = 5
"""As many can be told apart; the others are gathered into one more."""
MOST_BARS = 14
_LEFT, _TOP, _RIGHT = 72, 12, 660
_PLOT_HEIGHT = 240
_BAR_STEP, _BARS_LEFT, _BARS_RIGHT = 28, 210, 620
_MOST_TICKS = 5
_LEGEND_STEP = 26
_MOST_LETTERS = 24


class Mark(msgspec.Struct, frozen=True):
    """A grid line or a label: where, and what stands there."""

    at: float
    text: str


class Line(msgspec.Struct, frozen=True):
    """One line. ``look``: the number of its colour and dashes; ``values``: its numbers in order."""

    name: str
    look: int
    path: str
    values: str
    total: str


class Part(msgspec.Struct, frozen=True):
    """A part of a bar."""

    name: str
    look: int
    start: float
    width: float
    value: int


class Bar(msgspec.Struct, frozen=True):
    """One bar: its label, its parts side by side, its number at the end."""

    name: str
    top: float
    end: float
    total: str
    parts: tuple[Part, ...]


class Legend(msgspec.Struct, frozen=True):
    """What one colour stands for."""

    name: str
    look: int
    top: float


class Chart(msgspec.Struct, frozen=True):
    """A drawing: either lines with their grid, or bars."""

    height: float
    lines: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    legend: tuple[Legend, ...] = ()
    grid: tuple[Mark, ...] = ()
    ticks: tuple[Mark, ...] = ()
    width: int = WIDTH
    left: int = _LEFT
    right: int = _RIGHT
    ticks_at: int = _TOP + _PLOT_HEIGHT + 24


def chart_of(answer: Answer) -> Chart | None:
    """The chart of an answer; None where there is nothing to draw."""
    if answer.total == 0:
        return None
    asked = answer.question
    if asked.rows in TIME and len(answer.rows) > 1:
        return _lines(answer.gathered(rows=len(answer.rows), columns=MOST_SERIES))
    if asked.columns in TIME and len(answer.columns) > 1:
        return _lines(answer.turned().gathered(rows=len(answer.columns), columns=MOST_SERIES))
    return _bars(answer.gathered(rows=MOST_BARS, columns=MOST_SERIES))


def _lines(answer: Answer) -> Chart:
    """Time to the right, one line for each column."""
    asked = answer.question
    names = namer(asked.columns, asked)
    # There is no room for both ends of a week.
    times = str if asked.rows is Dimension.WEEK else namer(asked.rows, asked)
    top = _round_up(max(answer.cell(row, c) for row in answer.rows for c in answer.columns))
    step = (_RIGHT - _LEFT) / (len(answer.rows) - 1)
    lines = []
    for look, column in enumerate(answer.columns):
        values = [answer.cell(row, column) for row in answer.rows]
        places = " ".join(
            f"{_LEFT + step * n:.1f},{_height(value, top):.1f}" for n, value in enumerate(values)
        )
        total = number(answer.column_totals[column])
        lines.append(Line(names(column), look, places, ",".join(map(str, values)), total))
    bottom = _TOP + _PLOT_HEIGHT
    every = -(-len(answer.rows) // _MOST_TICKS)
    return Chart(
        height=bottom + 48 + len(lines) * _LEGEND_STEP,
        lines=tuple(lines),
        legend=_legend([line.name for line in lines], bottom + 48),
        grid=tuple(Mark(_height(n, top), number(n)) for n in range(0, top + 1, top // 4 or 1)),
        ticks=tuple(
            Mark(_LEFT + step * n, times(answer.rows[n])) for n in range(0, len(answer.rows), every)
        ),
    )


def _bars(answer: Answer) -> Chart:
    """One bar below the other for each row, in parts for the columns."""
    asked = answer.question
    rows, columns = namer(asked.rows, asked), namer(asked.columns, asked)
    longest = max(answer.row_totals.values())
    scale = (_BARS_RIGHT - _BARS_LEFT) / longest
    bars = []
    for line, row in enumerate(answer.rows):
        start, parts = float(_BARS_LEFT), []
        for look, column in enumerate(answer.columns):
            value = answer.cell(row, column)
            if value:
                parts.append(Part(columns(column), look, start, value * scale, value))
                start += value * scale
        total = number(answer.row_totals[row])
        bars.append(Bar(_cut(rows(row)), _TOP + line * _BAR_STEP, start + 6, total, tuple(parts)))
    bottom = _TOP + len(bars) * _BAR_STEP
    names = [columns(column) for column in answer.columns] if asked.columns else []
    return Chart(
        height=bottom + 14 + len(names) * _LEGEND_STEP,
        bars=tuple(bars),
        legend=_legend(names, bottom + 14),
    )


def _legend(names: Sequence[str], top: float) -> tuple[Legend, ...]:
    return tuple(Legend(name, look, top + look * _LEGEND_STEP) for look, name in enumerate(names))


def _cut(name: str) -> str:
    return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…"


def _height(value: float, top: int) -> float:
    return _TOP + _PLOT_HEIGHT * (1 - value / top)


def _round_up(value: int) -> int:
    """The next number that four grid lines divide well."""
    unit = 1
    while True:
        for step in (4, 8, 12, 20, 40):
            if value <= step * unit:
                return step * unit
        unit *= 10
