"""Days as lists of lost documents write them. Only the month is kept, so that is what must be sure."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_FORMS = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?:[T ].*)?"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4})(?: .*)?"),
    re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})"),
)


@lru_cache(65_536)
def read_day(text: str) -> date | None:
    """The day, or the first of the month where no day is told; None where there is none to be read.

    Year first or day first; where the second of two numbers can be no month, month first. A year
    alone says no month, and is not taken for January.
    """
    for form in _FORMS:
        if found := form.fullmatch(text.strip()):
            parts = found.groupdict()
            month, day = int(parts["month"]), int(parts.get("day") or 1)
            if month > 12 and form is _FORMS[2]:
                month, day = day, month
            try:
                return date(int(parts["year"]), month, day)
            except ValueError:
                return None
    return None
