"""Dates that are known only in part, as travel documents and people give them."""

from __future__ import annotations

import calendar
import re
from datetime import date

import msgspec

APPROXIMATE_YEARS = 5
"""How many years to either side "about 1974" may reach; people who never had papers round."""

_TEXT = re.compile(r"(~?)([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class PartialDate(msgspec.Struct, frozen=True, order=False):
    """A date of which the day, or the month and the day, may be unknown.

    `approximate` says that even the known part is an estimate ("about 30 years old").
    Raises `ValueError` for a date that no calendar has, or a day without its month.
    """

    year: int
    month: int | None = None
    day: int | None = None
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        # 0 is no way to say "unknown": it must fail here, not pass for None.
        date(
            self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day
        )

    def earliest(self) -> date:
        """The first day that this date may stand for."""
        if self.approximate:
            return date(max(self.year - APPROXIMATE_YEARS, date.min.year), 1, 1)
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """The last day that this date may stand for."""
        if self.approximate:
            return date(min(self.year + APPROXIMATE_YEARS, date.max.year), 12, 31)
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def text(self) -> str:
        """Written as `1974-08-12`, `1974-08` or `1974`, with `~` before an approximate one."""
        known = [f"{self.year:04d}"]
        known += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return ("~" if self.approximate else "") + "-".join(known)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The inverse of `text()`. Raises `ValueError` for anything else."""
        found = _TEXT.fullmatch(text)
        if found is None:
            raise ValueError(f"not a date: {text[:40]!r}")
        about, year, month, day = found.groups()
        return cls(
            year=int(year),
            month=int(month) if month else None,
            day=int(day) if day else None,
            approximate=bool(about),
        )
