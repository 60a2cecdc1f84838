"""Flows as other systems are told them: the same answer as on the page of the flows."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

from openmidas.api.problems import NotAnswered
from openmidas.api.questions import FlowsAsked, check_year
from openmidas.flows.answers import Answer, answer
from openmidas.flows.coverage import coverage
from openmidas.flows.dimensions import Dimension
from openmidas.flows.questions import Question, QuestionRefused
from openmidas.flows.wording import word_refused


class ToldCoverage(Schema):
    """How much of what happened the numbers tell."""

    hours_open: float = Field(description=_("Hours in which the posts should have been open."))
    hours_known: float = Field(description=_("Of these, hours of which reports of posts tell."))
    hours_up: float = Field(description=_("Of these, hours in which the posts were up."))
    hours_attended: float = Field(
        description=_(
            "Of the known hours, those in which a shift was on duty, by the posts' own books."
        )
    )
    live: int = Field(
        description=_("Crossings recorded as they took place, whatever the decision.")
    )
    from_paper: int = Field(description=_("Crossings written down later, from paper."))
    from_register: int = Field(
        description=_("Crossings taken over from an earlier register."),
    )
    counted: int = Field(
        description=_("Travellers who were only counted; they are in no other number.")
    )
    to_come: int = Field(description=_("Journal entries that posts still have, of any time."))


class ToldFlows(Schema):
    """A table of numbers of crossings, and what it covers. An empty code: not known."""

    start: date = Field(description=_("The first day."))
    end: date = Field(description=_("The last day."))
    rows: list[str] = Field(
        description=_(
            "The codes of the rows: days, Mondays of weeks and first days of months as 2026-11-25, "
            "ids of posts, else as in crossings."
        )
    )
    columns: list[str] = Field(
        description=_("The codes of the columns; one empty code where none were asked for.")
    )
    cells: list[list[int]] = Field(
        description=_("For each row, the numbers of its columns in their order.")
    )
    row_totals: list[int] = Field(description=_("The sum of each row."))
    column_totals: list[int] = Field(description=_("The sum of each column."))
    total: int = Field(description=_("The sum of all cells."))
    coverage: ToldCoverage = Field(description=_("How much of what happened the numbers tell."))


def told_flows(asked: FlowsAsked) -> ToldFlows:
    """The table asked for. Raises `NotAnswered` (422)."""
    for day in (asked.start, asked.end):
        check_year(day.year)
    try:
        table = answer(_question(asked))
        table.check_size()
    except QuestionRefused as refused:
        raise NotAnswered(422, refused.code, said=word_refused(refused)) from refused
    return _told(table)


def _question(asked: FlowsAsked) -> Question:
    return Question(
        start=asked.start,
        end=asked.end,
        rows=Dimension(asked.rows),
        columns=Dimension(asked.columns) if asked.columns else None,
        posts=tuple(asked.posts),
        direction=asked.direction or "",
        decision="" if asked.decision == "all" else asked.decision,
    )


def _told(table: Answer) -> ToldFlows:
    asked = table.question
    return ToldFlows(
        start=asked.start,
        end=asked.end,
        rows=list(table.rows),
        columns=list(table.columns),
        cells=[[table.cell(row, column) for column in table.columns] for row in table.rows],
        row_totals=[table.row_totals[row] for row in table.rows],
        column_totals=[table.column_totals[column] for column in table.columns],
        total=table.total,
        coverage=_coverage(asked),
    )


def _coverage(asked: Question) -> ToldCoverage:
    found = coverage(asked.posts, asked.start, asked.end)
    return ToldCoverage(
        hours_open=found.hours.open,
        hours_known=found.hours.known,
        hours_up=found.hours.up,
        hours_attended=found.hours.attended,
        live=found.live,
        from_paper=found.paper,
        from_register=found.register,
        counted=found.counted,
        to_come=found.to_come,
    )
