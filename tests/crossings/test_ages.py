"""Age groups, also of those who know a year only."""

from __future__ import annotations

from datetime import date

import pytest

from openmidas.crossings.ages import AgeGroup, age_group
from openmidas.documents import PartialDate

DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("birth", "group"),
    [
        (PartialDate(2021, 11, 26), AgeGroup.UNDER_5),
        (PartialDate(2021, 11, 25), AgeGroup.TO_11),
        (PartialDate(2014, 11, 26), AgeGroup.TO_11),
        (PartialDate(2014, 11, 25), AgeGroup.TO_17),
        (PartialDate(2008, 11, 26), AgeGroup.TO_17),
        (PartialDate(2008, 11, 25), AgeGroup.ADULT),
        (PartialDate(1966, 11, 25), AgeGroup.OVER_60),
        (PartialDate(2008), AgeGroup.ADULT),
        (PartialDate(1996, approximate=True), AgeGroup.ADULT),
        (PartialDate(2026, 12), None),
        (None, None),
    ],
)
def test_the_group_of_a_birth_date(birth: PartialDate | None, group: AgeGroup | None) -> None:
    assert age_group(birth, DAY) == group
