"""Why a document is on the list and since when, in the few bits that are kept of each.

A *detail* is a number of 13 bits: 3 of the reason, 9 of the month, 1 that says whether the listed
number is *altered* (see `written`). Where a hundred million of them would make a file too large,
months are put together into *classes*, and a match tells the first and the last month of its class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec
import numpy as np
import numpy.typing as npt

DETAIL_BITS = 13
DETAILS = 1 << DETAIL_BITS
FIRST_YEAR = 2000
"""What was reported before is told as of its first month."""
MONTHS = 511

Month = Annotated[int, msgspec.Meta(ge=0, le=MONTHS)]
Counts = npt.NDArray[np.int64]


class Reason(StrEnum):
    """Why, from the least to the gravest: of one that is listed twice, the gravest is kept."""

    NOT_TOLD = "not_told"
    OTHER = "other"
    REVOKED = "revoked"
    LOST = "lost"
    STOLEN = "stolen"
    STOLEN_BLANK = "stolen_blank"


REASONS = tuple(Reason)
_RANK = {reason: rank for rank, reason in enumerate(REASONS)}


class Detail(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of one or several documents: all months from ``first`` to ``last``.

    A month is counted from January 2000, which is 1; 0 is one that nobody told.
    """

    reason: Reason
    altered: bool
    first: Month
    last: Month


def month_number(day: date | None) -> int:
    """The month of a day as it is kept; days before 2000 and after July 2042 go to the nearest."""
    if day is None:
        return 0
    return min(max((day.year - FIRST_YEAR) * 12 + day.month, 1), MONTHS)


def month_text(number: int) -> str:
    """ "2019-03"; "" for a month that nobody told."""
    if not number:
        return ""
    return f"{FIRST_YEAR + (number - 1) // 12}-{(number - 1) % 12 + 1:02}"


def detail_number(reason: Reason, month: int, *, altered: bool) -> int:
    """A detail in its 13 bits. Of two, the larger one is graver, then later."""
    return _RANK[reason] << 10 | month << 1 | altered


def as_number(detail: Detail) -> int:
    """The detail's last month in 13 bits."""
    return detail_number(detail.reason, detail.last, altered=detail.altered)


def exact(number: int) -> Detail:
    """What 13 bits say."""
    month = number >> 1 & MONTHS
    return Detail(REASONS[min(number >> 10, len(REASONS) - 1)], bool(number & 1), month, month)


def classes(counts: Counts, most: int, known: Sequence[Detail] = ()) -> list[Detail]:
    """At most so many classes for these details (how many of each of the 13 bits' values).

    Reasons are never put together, nor is an untold month with a told one. Months are, those of
    fewest documents first, so that most matches are told as exactly as can be. ``known``: classes
    that must go on meaning what they mean; they only grow.
    """
    present = [exact(int(number)) for number in np.flatnonzero(counts)]
    if known:
        return _grown(list(known), present)
    if len(present) <= most:
        return present
    groups: dict[tuple[Reason, bool, bool], list[Detail]] = defaultdict(list)
    for detail in present:
        groups[detail.reason, detail.altered, detail.first > 0].append(detail)
    spans = list(groups.values())
    weigh = {detail: int(counts[as_number(detail)]) for detail in present}
    while len(spans) < most:
        heaviest = max(
            (span for span in spans if len(span) > 1),
            key=lambda span: sum(weigh[detail] for detail in span),
        )
        spans.remove(heaviest)
        at = _middle([weigh[detail] for detail in heaviest])
        spans += [heaviest[:at], heaviest[at:]]
    found = (Detail(s[0].reason, s[0].altered, s[0].first, s[-1].last) for s in spans)
    return sorted(found, key=as_number)


def numbered(classes: Sequence[Detail], details: Iterable[int]) -> npt.NDArray[np.uint64]:
    """For each of the 13 bits' values the place of its class; 0 where no class has it."""
    table = np.zeros(DETAILS, np.uint64)
    places = {(one.reason, one.altered, one.first, one.last): at for at, one in enumerate(classes)}
    for number in details:
        detail = exact(number)
        for key, at in places.items():
            if key[:2] == (detail.reason, detail.altered) and key[2] <= detail.first <= key[3]:
                table[number] = at
                break
    return table


def _middle(weights: list[int]) -> int:
    """Where to part so that both sides weigh about the same; neither is empty."""
    sums = np.cumsum(weights)
    return min(max(int(np.searchsorted(sums, sums[-1] / 2)), 1), len(weights) - 1)


def _grown(known: list[Detail], present: list[Detail]) -> list[Detail]:
    """The known classes, each in its place, grown so that they hold all that is present."""
    for detail in present:
        alike = [
            at
            for at, one in enumerate(known)
            if (one.reason, one.altered, one.first > 0)
            == (detail.reason, detail.altered, detail.first > 0)
        ]
        if any(known[at].first <= detail.first <= known[at].last for at in alike):
            continue
        if not alike:
            known.append(detail)
            continue
        at = min(alike, key=lambda at: _apart(known[at], detail.first))
        one = known[at]
        first, last = min(one.first, detail.first), max(one.last, detail.last)
        known[at] = msgspec.structs.replace(one, first=first, last=last)
    return known


def _apart(detail: Detail, month: int) -> int:
    return max(detail.first - month, month - detail.last)
