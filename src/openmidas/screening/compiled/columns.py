"""What is known of each listing in a few bytes, for a first glance at thousands of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from openmidas.screening.compiled.gathering import months_and_days, years
from openmidas.screening.compiled.layout import Layout
from openmidas.screening.evidence import Query
from openmidas.screening.listings import Listing
from openmidas.screening.weights import Weights

SEVERAL = 1
"""In the place of a State or of a year: more than one."""
_SEXES = {"F": 1, "M": 2}

Scores = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

# Where bits are not those of comparing, because a year and a day are not all that it looks at.
_SAME_YEAR, _OTHER_YEAR_SAME_DAY, _NEXT_YEAR, _OTHER_BIRTH = 5.0, 4.0, 0.0, -8.0


def write_columns(
    listings: Sequence[Listing], fewest: Sequence[int], out: dict[str, BinaryIO]
) -> None:
    """Append the columns of these listings to their sections."""
    rows = [_row(listing, least) for listing, least in zip(listings, fewest, strict=True)]
    for name, type_, column in zip(
        ("YEARS", "DAYS", "STATES", "TRAITS"), ("<u2", "<u2", "<u2", "u1"), zip(*rows, strict=True),
        strict=False,
    ):  # fmt: skip
        out[name].write(np.array(column, dtype=type_).tobytes())


def state_number(code: str) -> int:
    """A code of letters as a number above `SEVERAL`."""
    number = 0
    for char in code[:3]:
        number = number * 32 + (ord(char) & 31)
    return number + 2


def _row(listing: Listing, fewest: int) -> tuple[int, int, int, int]:
    born = years(listing)
    days = set(months_and_days(listing))
    year = born.pop() if len(born) == 1 else SEVERAL if born else 0
    day = days.pop()[1] if len(days) == 1 and year > SEVERAL else 0
    states = listing.nationalities
    state = 0 if not states else SEVERAL if len(states) > 1 else state_number(states[0])
    sex = _SEXES.get(listing.sex or "", 0)
    return year, day, state, sex | min(fewest, 15) << 2


class Columns:
    """The columns of a file."""

    def __init__(self, layout: Layout) -> None:
        self._years, self._days = layout["YEARS"], layout["DAYS"]
        self._states, self._traits = layout["STATES"], layout["TRAITS"]

    def births(self, query: Query, listings: Places, by: Weights) -> Scores:
        """What the birth of these listings roughly weighs, in bits."""
        birth = query.birth
        if birth is None or birth.approximate:
            return np.zeros(len(listings), dtype=np.float32)
        years, same_day = self._years.take(listings), by.birth["same_day"]
        scores: Scores = _by_year(birth.year, same_day).take(years, mode="clip")
        if birth.month and birth.day and (birth.month, birth.day) != (1, 1):
            days = self._days.take(listings)
            same = ((days == birth.month * 32 + birth.day) & (years > SEVERAL)).nonzero()[0]
            agrees = years.take(same) == birth.year
            scores[same] = np.where(agrees, same_day, _OTHER_YEAR_SAME_DAY)
        return scores

    def glance(self, query: Query, listings: Places, by: Weights) -> Scores:
        """What nationality and sex of these listings roughly weigh, in bits."""
        scores: Scores = np.zeros(len(listings), dtype=np.float32)
        if query.nationality:
            states, state = self._states.take(listings), state_number(query.nationality)
            same, other = by.nationality
            scores[states > SEVERAL] = other
            scores[(states == state) | (states == SEVERAL)] = same
        sex = _SEXES.get(query.sex or "", 0)
        if sex:
            weights = np.full(4, by.sex[1], dtype=np.float32)
            weights[[0, sex]] = 0.0, by.sex[0]
            scores += weights.take(self._traits.take(listings) & 3)
        return scores

    def fewest(self, listings: Places) -> Places:
        """How many words that name the shortest name of each has."""
        return (self._traits.take(listings) >> 2).astype(np.int64)


def _by_year(year: int, same_day: float) -> Scores:
    """What each year weighs beside that of a traveller, the day apart; the last one stands for later."""
    scores = np.full(year + 3, _OTHER_BIRTH, dtype=np.float32)
    scores[[year - 1, year + 1]] = _NEXT_YEAR
    scores[year] = _SAME_YEAR
    scores[0] = 0.0
    scores[SEVERAL] = same_day  # any of them may be it
    return scores
