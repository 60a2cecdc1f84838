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

    def glance(self, query: Query, listings: Places, by: Weights) -> Scores:
        """What birth, nationality and sex of these listings roughly weigh, in bits."""
        traits = self._traits[listings]
        scores = self._births(query, listings, by.birth["same_day"])
        if query.nationality:
            states, ours = self._states[listings], state_number(query.nationality)
            same, other = by.nationality
            differs = np.where(states > SEVERAL, other, 0.0)
            scores += np.where((states == ours) | (states == SEVERAL), same, differs)
        sex, ours = traits & 3, _SEXES.get(query.sex or "", 0)
        if ours:
            same, other = by.sex
            scores += np.where(sex == ours, same, np.where(sex == 0, 0.0, other))
        return scores

    def fewest(self, listings: Places) -> Places:
        """How many words that name the shortest name of each has."""
        return (self._traits[listings] >> 2).astype(np.int64)

    def _births(self, query: Query, listings: Places, same_day: float) -> Scores:
        scores: Scores = np.zeros(len(listings), dtype=np.float32)
        birth = query.birth
        if birth is None or birth.approximate:
            return scores
        years_, days = self._years[listings], self._days[listings]
        new_year = (birth.month, birth.day) == (1, 1)
        day = (birth.month or 0) * 32 + birth.day if birth.day and not new_year else 0
        apart = np.abs(years_.astype(np.int32) - birth.year)
        scores[:] = _OTHER_BIRTH
        scores[apart == 1] = _NEXT_YEAR
        scores[apart == 0] = _SAME_YEAR
        if day:
            same = days == day
            scores[same] = _OTHER_YEAR_SAME_DAY
            scores[same & (apart == 0)] = same_day
        scores[years_ == 0] = 0.0
        scores[years_ == SEVERAL] = same_day  # any of them may be it
        return scores
