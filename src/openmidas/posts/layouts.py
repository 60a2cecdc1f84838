"""How a post is laid out, what of it cannot be, and how it came to be so."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

import msgspec

from openmidas.posts.hours import DAYS, NotHoursError, plain_hours
from openmidas.posts.models import LONGEST_LANE, LONGEST_NAME, Post, PostLayoutChange
from openmidas.posts.refusals import Refused

MOST_LANES = 40
MOST_SAME_DOCUMENT = 24 * 60
LEAST_SILENT = 5
MOST_SILENT = 31 * 24 * 60
"""Minutes."""


class PostLayout(msgspec.Struct, frozen=True, kw_only=True):
    """How a post is laid out: lanes, place, opening hours, limits. As in `entries.PostConfigured`."""

    name: str
    lanes: tuple[str, ...]
    minutes_same_document: int = 10
    latitude: float | None = None
    longitude: float | None = None
    hours: tuple[str, ...] = ()
    silent_minutes: int = 240


FIELDS = PostLayout.__struct_fields__
Fields = dict[str, Any]


class LayoutStep(msgspec.Struct, frozen=True):
    """One configuring of a post: when, by whom, and each field that changed, before and after.

    ``officer`` None: the HQ's own command line. Of the first, what was before is None throughout.
    """

    at: datetime
    officer: UUID | None
    changes: tuple[tuple[str, Any, Any], ...]


def check_layout(layout: PostLayout) -> None:
    """Whether it can be, and every node's tables can hold it: a lane stands on each crossing.

    Raises `Refused`: ``post.malformed``, ``post.place``, ``post.hours``, ``post.minutes``.
    """
    if not _named(layout):
        raise Refused("post.malformed", name=str(LONGEST_NAME), lane=str(LONGEST_LANE))
    if not _is_place(layout.latitude, layout.longitude):
        raise Refused("post.place")
    if not _are_hours(layout.hours):
        raise Refused("post.hours")
    if not (
        0 <= layout.minutes_same_document <= MOST_SAME_DOCUMENT
        and LEAST_SILENT <= layout.silent_minutes <= MOST_SILENT
    ):
        raise Refused(
            "post.minutes",
            same=str(MOST_SAME_DOCUMENT),
            least=str(LEAST_SILENT),
            most=str(MOST_SILENT),
        )


def layout_of(post: Post) -> PostLayout:
    """The layout that a post has now."""
    return msgspec.convert(_fields_of(post), PostLayout)


def steps_of(post: UUID) -> list[LayoutStep]:
    """How the layout of a post came to be, newest first."""
    rows = list(PostLayoutChange.objects.filter(post=post).order_by("clock", "id"))
    told = [LayoutStep(rows[0].at, rows[0].officer, _differences(None, rows[0]))] if rows else []
    told += [
        LayoutStep(after.at, after.officer, _differences(before, after))
        for before, after in pairwise(rows)
    ]
    return told[::-1]


def _differences(
    before: PostLayoutChange | None, after: PostLayoutChange
) -> tuple[tuple[str, Any, Any], ...]:
    was = _fields_of(before) if before else dict.fromkeys(FIELDS)
    now = _fields_of(after)
    return tuple((name, was[name], now[name]) for name in FIELDS if was[name] != now[name])


def _fields_of(row: Post | PostLayoutChange) -> Fields:
    return {name: getattr(row, name) for name in FIELDS}


def _named(layout: PostLayout) -> bool:
    return (
        bool(layout.name.strip())
        and len(layout.name) <= LONGEST_NAME
        and layout.name.isprintable()
        and len(layout.lanes) <= MOST_LANES
        and all(0 < len(lane) <= LONGEST_LANE and lane.isprintable() for lane in layout.lanes)
        and len(set(layout.lanes)) == len(layout.lanes)
    )


def _is_place(latitude: float | None, longitude: float | None) -> bool:
    if latitude is None or longitude is None:
        return latitude is longitude
    return all(map(math.isfinite, (latitude, longitude))) and (
        abs(latitude) <= 90 and abs(longitude) <= 180
    )


def _are_hours(hours: Sequence[str]) -> bool:
    if len(hours) not in (0, DAYS):
        return False
    try:
        return all(plain_hours(day) == day for day in hours)
    except NotHoursError:
        return False
