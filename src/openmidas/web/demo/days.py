"""When people cross at a post of the sample country: how many on which day, and at what times.

A day's number and times depend on the seed and the day alone, so that the length of a history is
known before anybody in it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random

import msgspec

from openmidas.web.demo.traffic import Traffic

DAYS = 30
"""Days of history, the last of which is the one on which the demonstration began."""
BUS_MINUTES = 12
COUNTED_SHARE = 0.12


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day at a post. ``before``: days until the last one; negative afterwards.

    ``times``: seconds after midnight, one for each traveller who is recorded; ``counted``: travellers
    who are only counted. ``on_paper``: what is recorded was on paper first.
    """

    date: date
    before: int
    times: tuple[int, ...] = ()
    counted: int = 0
    on_paper: bool = False


def days(traffic: Traffic, seed: str, last: date) -> Iterator[Day]:
    """The days of the history up to the last one, and without end those that follow."""
    before = DAYS - 1
    while True:
        yield _day(traffic, seed, last - timedelta(days=before), before)
        before -= 1


def seconds_of(moment: datetime) -> int:
    """Seconds after midnight where the post is."""
    return moment.hour * 3600 + moment.minute * 60 + moment.second


def _day(traffic: Traffic, seed: str, on: date, before: int) -> Day:
    if before in traffic.silent:
        return Day(date=on, before=before)
    chance = Random(f"{seed}/{on.isoformat()}/times")  # noqa: S311  repeatable, no secret
    number = _number(traffic, on, chance)
    if before in traffic.counted:
        counted = number if number < 300 else round(number * COUNTED_SHARE)
        return Day(
            date=on,
            before=before,
            times=_times(traffic, number - counted, chance),
            counted=counted,
        )
    return Day(
        date=on,
        before=before,
        times=_times(traffic, number, chance),
        on_paper=before in traffic.paper,
    )


def _number(traffic: Traffic, on: date, chance: Random) -> int:
    """Most on market day, fewest the day before; the mean of a week is the post's."""
    market = traffic.busiest * 0.97
    others = (traffic.per_day * 7 - market) / 6
    usual = market if on.weekday() == traffic.market_day else others
    return min(traffic.busiest, round(usual * chance.gauss(1, 0.05)))


def _times(traffic: Traffic, number: int, chance: Random) -> tuple[int, ...]:
    """Two peaks, in the morning and in the late afternoon, and a knot of people at each bus."""
    opens = traffic.opens.hour * 3600 + traffic.opens.minute * 60
    closes = traffic.closes.hour * 3600 + traffic.closes.minute * 60
    length = closes - opens
    buses = [chance.uniform(0.1, 0.9) for _ in range(traffic.buses)]
    times = []
    for _ in range(number):
        kind = chance.random()
        if kind < 0.2:
            part = chance.choice(buses) + chance.random() * BUS_MINUTES * 60 / length
        elif kind < 0.9:
            part = chance.gauss(0.28, 0.12) if kind < 0.58 else chance.gauss(0.68, 0.13)
        else:
            part = chance.random()
        times.append(opens + int(min(0.999, max(0.0, part)) * length))
    return tuple(sorted(times))
