"""Charts draw what the table has, in the drawing's own bounds."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.flows.answers import ALL, Answer
from openmidas.flows.charts import MOST_BARS, MOST_SERIES, WIDTH, chart_of
from openmidas.flows.dimensions import Dimension
from openmidas.flows.questions import Question

DAY = date(2026, 3, 2)
CODES = tuple(f"X{letter}" for letter in "ABCDEFGHIJKLMNOPQRS")


def made(numbers: dict[tuple[str, str], int], rows: Dimension, columns: Dimension | None) -> Answer:
    codes = [tuple(dict.fromkeys(pair[side] for pair in numbers)) for side in (0, 1)]
    question = Question(start=DAY, end=DAY + timedelta(days=20), rows=rows, columns=columns)
    return Answer(question, Counter(numbers), *codes)


@given(st.dictionaries(st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)),
                       st.integers(0, 10**6), min_size=1))  # fmt: skip
def test_bars_have_all_numbers_and_stay_inside(numbers: dict[tuple[str, str], int]) -> None:
    table = made(numbers, Dimension.NATIONALITY, Dimension.PURPOSE)
    chart = chart_of(table)
    assert (chart is None) == (table.total == 0)
    if chart:
        assert len(chart.bars) <= MOST_BARS + 1
        assert len(chart.legend) <= MOST_SERIES + 1
        parts = [part for bar in chart.bars for part in bar.parts]
        assert sum(part.value for part in parts) == table.total
        assert all(part.start > 0 and part.start + part.width < WIDTH for part in parts)
        assert all(bar.top < chart.height for bar in chart.bars)


DAYS = [(DAY + timedelta(days=n)).isoformat() for n in range(21)]


@pytest.mark.parametrize("turned", [False, True])
@given(st.lists(st.integers(0, 10**6), min_size=42, max_size=42))
def test_lines_have_all_numbers_and_stay_inside(turned: bool, values: list[int]) -> None:
    pairs = [(day, sex) for day in DAYS for sex in "FM"]
    cells = dict(zip(pairs, values, strict=True))
    table = made(cells, Dimension.DAY, Dimension.SEX)
    chart = chart_of(table.turned() if turned else table)
    assert (chart is None) == (table.total == 0)
    if chart:
        drawn = [int(value) for line in chart.lines for value in line.values.split(",")]
        assert sum(drawn) == table.total
        assert len(drawn) == 42
        places = [place.split(",") for line in chart.lines for place in line.path.split()]
        assert all(0 < float(x) < WIDTH and 0 < float(y) < chart.height for x, y in places)
        assert 2 <= len(chart.ticks) <= 6


def test_one_day_is_a_bar_since_a_line_needs_two() -> None:
    chart = chart_of(made({("2026-03-02", ALL): 7}, Dimension.DAY, None))
    assert chart
    assert [bar.total for bar in chart.bars] == ["7"]
    assert not chart.lines
    assert not chart.legend
