"""Age groups that crossings are counted by (those of DTM flow monitoring, children split once more)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from openmidas.documents import PartialDate


class AgeGroup(StrEnum):
    """Years of age at the crossing."""

    UNDER_5 = "0-4"
    TO_11 = "5-11"
    TO_17 = "12-17"
    ADULT = "18-59"
    OVER_60 = "60+"


_FIRST_YEAR_ABOVE = {
    5: AgeGroup.UNDER_5,
    12: AgeGroup.TO_11,
    18: AgeGroup.TO_17,
    60: AgeGroup.ADULT,
}


def age_group(birth: PartialDate | None, day: date) -> AgeGroup | None:
    """The group of somebody with this birth date on a day; None where it cannot be told.

    Of a date that is known in part, the middle of the days that it may stand for is taken: enough
    for counting many, and never used to judge one.
    """
    if birth is None:
        return None
    first, last = birth.earliest(), birth.latest()
    middle = first + (last - first) / 2
    years = day.year - middle.year - ((day.month, day.day) < (middle.month, middle.day))
    if years < 0:
        return None
    return next((g for limit, g in _FIRST_YEAR_ABOVE.items() if years < limit), AgeGroup.OVER_60)
