"""The words for the rows and columns of a table, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from openmidas.crossings.ages import AgeGroup
from openmidas.crossings.overview import post_names
from openmidas.crossings.words import (
    CONVEYANCES,
    DIRECTIONS,
    OUTCOMES,
    PURPOSES,
    SEXES,
    Words,
    state_in_words,
)
from openmidas.flows.answers import ALL, REST
from openmidas.flows.dimensions import Dimension
from openmidas.flows.questions import Question

DIMENSIONS: dict[str, Words] = {
    Dimension.DAY: gettext_lazy("Day"),
    Dimension.WEEK: gettext_lazy("Week"),
    Dimension.MONTH: gettext_lazy("Month"),
    Dimension.POST: gettext_lazy("Post"),
    Dimension.DIRECTION: gettext_lazy("Direction"),
    Dimension.NATIONALITY: gettext_lazy("Nationality"),
    Dimension.SEX: gettext_lazy("Sex"),
    Dimension.AGE: gettext_lazy("Age group"),
    Dimension.PURPOSE: gettext_lazy("Purpose"),
    Dimension.CONVEYANCE: gettext_lazy("Means of transport"),
}
AGES: dict[str, Words] = {
    AgeGroup.UNDER_5: gettext_lazy("0 to 4 years"),
    AgeGroup.TO_11: gettext_lazy("5 to 11 years"),
    AgeGroup.TO_17: gettext_lazy("12 to 17 years"),
    AgeGroup.ADULT: gettext_lazy("18 to 59 years"),
    AgeGroup.OVER_60: gettext_lazy("60 years and over"),
}
DECISIONS: dict[str, Words] = {
    "": pgettext_lazy("decisions, nationalities", "all"),
    **OUTCOMES,
}
_TABLES: Mapping[Dimension, Mapping[str, Words]] = {
    Dimension.DIRECTION: DIRECTIONS,
    Dimension.SEX: SEXES,
    Dimension.AGE: AGES,
    Dimension.PURPOSE: PURPOSES,
    Dimension.CONVEYANCE: CONVEYANCES,
}


def namer(dimension: Dimension | None, question: Question) -> Callable[[str], str]:
    """What gives the word for each code of a dimension; the code where a newer node wrote it."""
    if dimension is None:
        return lambda code: _("Crossings")
    special = {ALL: pgettext("value", "not known"), REST: pgettext("values", "others")}
    named = _names(dimension, question)
    return lambda code: special.get(code) or named(code)


def number(value: int) -> str:
    """A number as the reader writes it: 12,345 or 12 345."""
    return number_format(value, force_grouping=True)


def period(question: Question) -> str:
    """The days of a question: “2026-11-16 – 2026-11-22”."""
    return _days(question.start, question.end)


def _names(dimension: Dimension, question: Question) -> Callable[[str], str]:
    if dimension is Dimension.POST:
        posts = {str(id): name for id, name in post_names().items()}
        return lambda code: posts.get(code, code)
    if dimension is Dimension.NATIONALITY:
        return state_in_words
    if dimension is Dimension.MONTH:
        return _month
    if dimension is Dimension.WEEK:
        return lambda code: _week(code, question)
    table = _TABLES.get(dimension, {})
    return lambda code: str(table.get(code, code))


def _month(code: str) -> str:
    return date_format(date.fromisoformat(code), "F Y")


def _week(code: str, question: Question) -> str:
    """The days of a week, as far as they belong to the period."""
    monday = date.fromisoformat(code)
    sunday = monday + timedelta(days=6)
    return _days(max(monday, question.start), min(sunday, question.end))


def _days(start: date, end: date) -> str:
    return start.isoformat() if start == end else f"{start.isoformat()} – {end.isoformat()}"
