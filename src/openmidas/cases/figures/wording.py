"""Weaknesses of listings in words, and times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openmidas.cases.figures.weaknesses import Weakness

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PROPOSALS: Mapping[Weakness, _StrPromise] = {
    Weakness.NO_BIRTH: gettext_lazy("It has no date of birth: add one, or the year at least."),
    Weakness.YEAR_ONLY: gettext_lazy("It has only a year of birth: add the full date of birth."),
    Weakness.SINGLE_NAME: gettext_lazy(
        "One of its names has a single part: add the other parts, or mark that name as poor."
    ),
    Weakness.COMMON_NAME: gettext_lazy(
        "One of its names is very common: add names of the family, or mark that name as poor."
    ),
    Weakness.MANY_NAMES: gettext_lazy(
        "It has many other names: remove or mark as poor those that nobody uses."
    ),
    Weakness.NO_DOCUMENT: gettext_lazy("It has no number of a document: add one, if it is known."),
    Weakness.NO_NATIONALITY: gettext_lazy("It has no nationality: add it, if it is known."),
}
NOTHING_MISSING = gettext_lazy(
    "It says all that a list can say. Ask its owner whether it is still needed, and for a photograph."
)


def word_time(took: timedelta | None) -> str:
    """How long it took to resolve a hit, in whole minutes, hours or days; "–" where nobody did."""
    if took is None:
        return "–"
    minutes = round(took.total_seconds() / 60)
    if minutes < 1:
        return _("less than a minute")
    if minutes < 120:
        return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours}
    days = round(hours / 24)
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}
