"""What may be asked of the API: every parameter typed and bounded, and no other taken."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

from openmidas.api.problems import NotAnswered
from openmidas.crossings.overview import bounds
from openmidas.nodes.services import node_time

LONGEST_RANGE = timedelta(days=31)
MOST_ROWS = 500
FIRST_YEAR, LAST_YEAR = 2000, 2199

SEVERAL = frozenset({"posts"})
"""The parameters that may come more than once."""

Left = SkipJsonSchema[None]
"""A parameter that is left out: no value that could be sent."""


class CrossingsAsked(Schema):
    """Which crossings; what is left out does not matter."""

    model_config = ConfigDict(frozen=True)

    day: date | Left = Field(
        None, description=_("The crossings of one day, where the headquarters is: 2026-11-25.")
    )
    start: AwareDatetime | Left = Field(
        None,
        alias="from",
        description=_(
            "From this moment on, with its offset from UTC: 2026-11-25T06:00:00Z. "
            "Left out: 31 days before “until”."
        ),
    )
    until: AwareDatetime | Left = Field(
        None,
        description=_(
            "Before this moment, at most 31 days after “from”. Left out: 31 days after “from”, or now."
        ),
    )
    post: UUID | Left = Field(None, description=_("Only this post: its id."))
    direction: Literal["entry", "exit"] | Left = Field(
        None, description=_("Only entries into the territory, or exits from it.")
    )
    decision: Literal["admitted", "referred", "refused", "handed_over"] | Left = Field(
        None,
        description=_("Only those with this decision; “referred” waits for the second line."),
    )
    nationality: Annotated[str, Field(pattern="^[A-Z]{1,3}$")] | Left = Field(
        None, description=_("Only this nationality: the code of Doc 9303, as MLI.")
    )
    order: Literal["newest", "oldest"] = Field(
        "newest", description=_("Which crossings come first.")
    )
    limit: int = Field(100, ge=1, le=MOST_ROWS, description=_("At most so many crossings."))
    cursor: Annotated[str, Field(pattern="^[A-Za-z0-9_-]+$", max_length=100)] | Left = Field(
        None,
        description=_(
            "“next” of the answer before, with the other parameters as they were: goes on behind it."
        ),
    )
    persons: bool = Field(
        False,
        description=_(
            "Whether to tell who crossed. Needs the scope “persons”; every such answer is recorded."
        ),
    )


class CrossingAsked(Schema):
    """How much to tell of one crossing."""

    model_config = ConfigDict(frozen=True)

    persons: bool = Field(
        False,
        description=_(
            "Whether to tell who crossed. Needs the scope “persons”; every such answer is recorded."
        ),
    )


By = Literal[
    "day",
    "week",
    "month",
    "post",
    "direction",
    "nationality",
    "sex",
    "age",
    "purpose",
    "conveyance",
]
"""The dimensions of the flows (`flows.dimensions`)."""


class FlowsAsked(Schema):
    """Which crossings to count, and by what to divide them."""

    model_config = ConfigDict(frozen=True)

    start: date = Field(description=_("The first day, where the headquarters is: 2026-11-01."))
    end: date = Field(description=_("The last day; it counts as well."))
    rows: By = Field(description=_("What the rows are."))
    columns: By | Left = Field(
        None, description=_("What the columns are. Left out: one column with all.")
    )
    posts: list[UUID] = Field(
        default_factory=list,
        max_length=500,
        description=_("Only these posts: the parameter once for each id. Left out: all."),
    )
    direction: Literal["entry", "exit"] | Left = Field(
        None, description=_("Only entries into the territory, or exits from it.")
    )
    decision: Literal["admitted", "referred", "refused", "handed_over", "all"] = Field(
        "admitted", description=_("Only crossings with this decision, or all.")
    )


class Range(msgspec.Struct, frozen=True):
    """From a moment to before another."""

    start: datetime
    end: datetime


def only_known(request: HttpRequest, asked: type[Schema] | None = None) -> None:
    """Raises `NotAnswered` (422) for a parameter that there is not, or that comes twice.

    A misspelt filter that is passed over would answer with everything.
    """
    fields = asked.model_fields if asked else {}
    known = {field.alias or name for name, field in fields.items()}
    for name in request.GET:
        if name not in known:
            raise NotAnswered(422, "parameter.unknown", name=name[:40])
        if len(request.GET.getlist(name)) > 1 and name not in SEVERAL:
            raise NotAnswered(422, "parameter.repeated", name=name)


def range_of(asked: CrossingsAsked) -> Range:
    """The time that a question is about. Raises `NotAnswered` (422)."""
    if asked.day is not None:
        if asked.start is not None or asked.until is not None:
            raise NotAnswered(422, "range.day_and_range")
        return _day(asked.day)
    start, end = asked.start, asked.until
    for moment in (start, end):
        check_year(moment.year if moment else FIRST_YEAR)
    if start is None:
        end = end or node_time() + timedelta(seconds=1)
        start = end - LONGEST_RANGE
    end = end or start + LONGEST_RANGE
    if end <= start:
        raise NotAnswered(422, "range.empty")
    if end - start > LONGEST_RANGE:
        raise NotAnswered(422, "range.too_long")
    return Range(start, end)


def _day(day: date) -> Range:
    check_year(day.year)
    return Range(*bounds(day))


def check_year(year: int) -> None:
    """Keeps far from the ends of the calendar, where time zones lead beyond them.

    Raises `NotAnswered` (422).
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotAnswered(422, "range.year")
