"""What crossings can be counted by."""

from __future__ import annotations

from enum import StrEnum
from itertools import combinations

from openmidas.crossings.models import Crossing


class Dimension(StrEnum):
    """One way of dividing crossings. The value is its name in addresses and files."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    POST = "post"
    DIRECTION = "direction"
    NATIONALITY = "nationality"
    SEX = "sex"
    AGE = "age"
    PURPOSE = "purpose"
    CONVEYANCE = "conveyance"


FACETS = {
    Dimension.NATIONALITY: "n",
    Dimension.SEX: "s",
    Dimension.AGE: "a",
    Dimension.PURPOSE: "p",
    Dimension.CONVEYANCE: "c",
}
"""Dimensions of a traveller, by the letter that tallies know them by; in the order of the letters
of a pair. The other dimensions stand in every tally."""

RECORDED = "r"
"""How a crossing came into the journal (`crossings.models.Recorded`): counted, for the coverage, and
no dimension that anybody asks for."""

SINGLES = tuple(FACETS.values())
PAIRS = tuple(first + second for first, second in combinations(SINGLES, 2))


def facets_of(crossing: Crossing) -> dict[str, str]:
    """The value of a crossing in each of these dimensions, by letter; "" where it is not known."""
    return {
        "n": crossing.nationality,
        "s": crossing.sex,
        "a": crossing.age_group,
        "p": crossing.purpose,
        "c": crossing.conveyance,
        RECORDED: crossing.recorded,
    }
