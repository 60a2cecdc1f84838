"""What the flows room says in whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openmidas.crossings.inspection import Direction
from openmidas.flows.comparing import Change, Trend
from openmidas.flows.questions import QuestionRefused
from openmidas.flows.words import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

_SURGES: dict[str, _StrPromise] = {
    Direction.ENTRY: gettext_lazy(
        "%(travellers)s travellers entered here within %(hours)s hours. Usual for these hours are"
        " %(low)s to %(high)s, on the same weekday (%(days)s of the last eight weeks). A feast or a"
        " market may explain it, or people who flee: ask the post what they say, and what they need."
    ),
    Direction.EXIT: gettext_lazy(
        "%(travellers)s travellers left here within %(hours)s hours. Usual for these hours are"
        " %(low)s to %(high)s, on the same weekday (%(days)s of the last eight weeks). A feast or a"
        " market may explain it, or people who flee: ask the post what they say, and what they need."
    ),
}
_REFUSALS: dict[str, _StrPromise] = {
    "question.ends_before_it_begins": gettext_lazy("The period ends before it begins."),
    "question.too_long": gettext_lazy("The period is longer than %(most)s days. Ask for less."),
    "question.same_twice": gettext_lazy("Rows and columns are the same. Choose another for one."),
    "question.time_twice": gettext_lazy(
        "Days, weeks and months cannot divide each other. Choose a time for the rows or for the "
        "columns, not for both."
    ),
    "question.too_many_days": gettext_lazy(
        "More than %(most)s days do not fit below each other. Choose weeks or months."
    ),
    "question.too_many_day_columns": gettext_lazy(
        "More than %(most)s days do not fit beside each other. Take the days as rows, or choose "
        "weeks or months."
    ),
    "question.too_many_week_columns": gettext_lazy(
        "More than %(most)s weeks do not fit beside each other. Take the weeks as rows, or choose "
        "months."
    ),
    "question.too_long_for_a_sheet": gettext_lazy(
        "A sheet holds %(most)s lines; this table has more. Take it as CSV, or ask for fewer days."
    ),
    "question.too_many_cells": gettext_lazy(
        "The table has more than %(most)s cells. Ask for fewer days or posts, or for the long table."
    ),
    "question.too_many_posts": gettext_lazy("More than %(most)s posts. Choose none for all."),
    "question.busy": gettext_lazy(
        "Two long tables are being made already. Try again in a minute; nothing is lost."
    ),
    "question.unknown_dimension": gettext_lazy("There is nothing of this name to divide by."),
    "question.unknown_direction": gettext_lazy("There is no such direction."),
    "question.unknown_decision": gettext_lazy("There is no such decision."),
}


def word_refused(refused: QuestionRefused) -> str:
    """Why a question is not answered, and what to ask instead."""
    return str(_REFUSALS[refused.code]) % refused.params


def word_change(change: Change, days: int) -> str:
    """How many more or fewer than in the days before: “12 % more than in the 7 days before”."""
    said = _DAY_BEFORE[change.trend] if days == 1 else _DAYS_BEFORE[change.trend](days)
    return str(said) % {
        "days": days,
        "percent": _percent(change.percent),
        "before": number(change.before),
        "now": number(change.now),
    }


def _percent(percent: int) -> str:
    # The space before the sign is narrow and does not break, in French as in the SI.
    return f"{number(percent) if percent else _('less than 1')}\u202f%"


_DAY_BEFORE: dict[Trend, _StrPromise] = {
    Trend.MORE: gettext_lazy("%(percent)s more than on the day before (%(before)s → %(now)s)"),
    Trend.FEWER: gettext_lazy("%(percent)s fewer than on the day before (%(before)s → %(now)s)"),
    Trend.SAME: gettext_lazy("as many as on the day before (%(before)s)"),
    Trend.NOTHING: gettext_lazy("nothing to compare with: no crossing is known of the day before"),
}


def _more(days: int) -> str:
    return ngettext(
        "%(percent)s more than in the %(days)s day before (%(before)s → %(now)s)",
        "%(percent)s more than in the %(days)s days before (%(before)s → %(now)s)",
        days,
    )


def _fewer(days: int) -> str:
    return ngettext(
        "%(percent)s fewer than in the %(days)s day before (%(before)s → %(now)s)",
        "%(percent)s fewer than in the %(days)s days before (%(before)s → %(now)s)",
        days,
    )


def _same(days: int) -> str:
    return ngettext(
        "as many as in the %(days)s day before (%(before)s)",
        "as many as in the %(days)s days before (%(before)s)",
        days,
    )


def _nothing(days: int) -> str:
    return ngettext(
        "nothing to compare with: no crossing is known of the %(days)s day before",
        "nothing to compare with: no crossing is known of the %(days)s days before",
        days,
    )


_DAYS_BEFORE = {
    Trend.MORE: _more,
    Trend.FEWER: _fewer,
    Trend.SAME: _same,
    Trend.NOTHING: _nothing,
}


def word_surge(cause: Mapping[str, str]) -> str:
    """What the rule of surges saw. Raises `KeyError` for a cause that another version wrote."""
    return str(_SURGES[cause["direction"]]) % cause
