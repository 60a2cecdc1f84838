"""Comparing a traveller's date of birth with the ones on a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from openmidas.documents import PartialDate
from openmidas.screening.listings import ListedBirth

BirthHow = Literal["same_day", "same_period", "near", "not_known", "different"]

NEAR_DAYS = 366
# A longer period ("1958 to 1973", "about 1970") is kept apart: many people were born in it.
SHORT_PERIOD_DAYS = 366

_ORDER: dict[BirthHow, int] = {
    "same_day": 0,
    "same_period": 1,
    "near": 2,
    "not_known": 3,
    "different": 4,
}


@dataclass(frozen=True, slots=True)
class BirthFinding:
    """What the births say. `short` tells that an agreeing period is at most a year long."""

    how: BirthHow
    theirs: str
    short: bool = True


@dataclass(frozen=True, slots=True)
class _Period:
    earliest: date
    latest: date

    @property
    def days(self) -> int:
        return (self.latest - self.earliest).days


def compare_births(ours: PartialDate | None, theirs: Iterable[ListedBirth]) -> BirthFinding:
    """The best finding over all births on the list.

    1 January on either side stands for "some day of that year". A birth on the list that could
    not be read keeps the others from ruling the person out.
    """
    births = list(theirs)
    if ours is None or not births:
        return BirthFinding("not_known", "; ".join(birth.text for birth in births))
    period = _period(ours.earliest(), ours.latest())
    findings = [_compare(period, birth) for birth in births]
    best = min(findings, key=lambda finding: (_ORDER[finding.how], not finding.short))
    if best.how == "different":
        return BirthFinding("different", "; ".join(birth.text for birth in births))
    return best


def _period(earliest: date, latest: date) -> _Period:
    if earliest == latest and (earliest.month, earliest.day) == (1, 1):
        return _Period(earliest, date(earliest.year, 12, 31))
    return _Period(earliest, latest)


def _compare(ours: _Period, birth: ListedBirth) -> BirthFinding:
    if birth.earliest is None or birth.latest is None:
        return BirthFinding("not_known", birth.text)
    theirs = _period(birth.earliest, birth.latest)
    apart = max((ours.earliest - theirs.latest).days, (theirs.earliest - ours.latest).days)
    longest = max(ours.days, theirs.days)
    if apart <= 0:
        how: BirthHow = "same_day" if longest == 0 else "same_period"
        return BirthFinding(how, birth.text, longest <= SHORT_PERIOD_DAYS)
    how = "near" if apart <= NEAR_DAYS else "different"
    return BirthFinding(how, birth.text, longest <= SHORT_PERIOD_DAYS)
