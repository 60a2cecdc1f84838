"""What the page of the flows shows, as plain values in the language of the reader."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
from django.utils.translation import gettext as _

from openmidas.flows.about import about_question, proof_in_words, title_of
from openmidas.flows.answers import Answer, answer
from openmidas.flows.charts import Chart, chart_of
from openmidas.flows.checking import last_check
from openmidas.flows.comparing import change
from openmidas.flows.coverage import Coverage, coverage
from openmidas.flows.dimensions import Dimension
from openmidas.flows.local import TallyCheck
from openmidas.flows.models import Tally
from openmidas.flows.questions import Question
from openmidas.flows.wording import word_change
from openmidas.flows.words import DIMENSIONS, namer, number
from openmidas.nodes.services import node_time

MOST_ROWS = 120
MOST_COLUMNS = 12
"""As many fit a page; files have all."""


class Row(msgspec.Struct, frozen=True):
    """A line of the table; its numbers are written out."""

    name: str
    numbers: tuple[str, ...]
    total: str


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A whole answer, in words.

    ``columns``: empty where none were asked for. ``gathered``: some rows or columns stand together.
    ``unfinished``: the last day asked for is not over.
    """

    question: Question
    title: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sums: Row
    chart: Chart | None
    change: str
    gathered: bool
    unfinished: bool
    about: tuple[tuple[str, str], ...]
    coverage: Coverage
    check: TallyCheck | None
    proof: str
    anything: bool
    at: datetime


def shown(question: Question, today: date) -> Shown:
    """Ask, and put the answer into words."""
    whole = answer(question)
    few = whole.gathered(rows=MOST_ROWS, columns=MOST_COLUMNS)
    sums = few.column_totals
    return Shown(
        question=question,
        title=title_of(question),
        head=str(DIMENSIONS[question.rows]),
        columns=_columns(few),
        rows=_rows(few),
        sums=Row(_("Total"), _numbers(question, sums, few), number(few.total)),
        chart=chart_of(whole),
        change=_changed(whole, today),
        gathered=(few.rows, few.columns) != (whole.rows, whole.columns),
        unfinished=question.start <= today <= question.end,
        about=about_question(question),
        coverage=coverage(question.posts, question.start, question.end),
        check=last_check(),
        proof=proof_in_words(),
        anything=whole.total > 0 or Tally.objects.filter(facet="", number__gt=0).exists(),
        at=node_time(),
    )


def _columns(few: Answer) -> tuple[str, ...]:
    asked = few.question
    return tuple(map(namer(asked.columns, asked), few.columns)) if asked.columns else ()


def _rows(few: Answer) -> tuple[Row, ...]:
    asked = few.question
    names = namer(asked.rows, asked)
    return tuple(
        Row(
            names(row),
            _numbers(asked, {column: few.cell(row, column) for column in few.columns}, few),
            number(few.row_totals[row]),
        )
        for row in few.rows
    )


def _numbers(question: Question, cells: dict[str, int], few: Answer) -> tuple[str, ...]:
    """The numbers of a line but its sum: none where there are no columns."""
    return tuple(number(cells[column]) for column in few.columns) if question.columns else ()


def _changed(whole: Answer, today: date) -> str:
    """How many more or fewer than in as many days before; only days that are over are compared."""
    asked = whole.question
    if asked.end < today:
        return _compared(asked, whole.total)
    yesterday = today - timedelta(days=1)
    if asked.start > yesterday:
        return _("not compared: no day of these is over")
    # By direction: the cheapest table that there is.
    over = _by_direction(msgspec.structs.replace(asked, end=yesterday))
    return _("without today, %(change)s") % {"change": _compared(over, answer(over).total)}


def _compared(question: Question, total: int) -> str:
    before = question.before()
    earlier = answer(_by_direction(before)).total if before else None
    return word_change(change(earlier, total), question.days)


def _by_direction(question: Question) -> Question:
    return msgspec.structs.replace(question, rows=Dimension.DIRECTION, columns=None)
