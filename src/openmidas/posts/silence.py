"""Whether a post has gone silent: unheard of for longer than it may be, in hours when it is open.

Only time of opening counts: a post that was heard of at six in the evening, when it closed, is not
silent at six in the morning. Once silent, it stays so over night, until it is heard of again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from django.utils import timezone

from openmidas.posts.models import Post
from openmidas.posts.opening_hours import Opening, OpeningHours, read_hours

DAY = timedelta(days=1)


class Hearing(StrEnum):
    """How it stands with hearing of a post."""

    FINE = "fine"
    CLOSED = "closed"
    SILENT = "silent"
    NEVER = "never"


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """What was found.

    ``since``: when the post was last heard of; ``opening``: the opening that it is in now; None, and
    ``opens`` says when it opens next, if ever. All in the time on the wall where the post is.
    """

    hearing: Hearing
    since: datetime | None
    opening: Opening | None
    opens: datetime | None


def silence(
    now: datetime, last_contact: datetime | None, hours: OpeningHours, limit: timedelta
) -> Silence:
    """How it stands with a post. Times are those of the wall where it is, without a time zone."""
    opening = hours.current(now)
    return Silence(
        hearing=_hearing(now, last_contact, hours, limit, opening),
        since=last_contact,
        opening=opening,
        opens=None if opening else hours.following(now),
    )


def silence_of(layout: Post | None, contact: datetime | None, now: datetime) -> Silence:
    """Whether a post has gone silent, as it is laid out (or as a new one is) and was last heard of."""
    post = layout or Post()
    return silence(
        timezone.make_naive(now),
        timezone.make_naive(contact) if contact else None,
        read_hours(post.hours),
        timedelta(minutes=post.silent_minutes),
    )


def _hearing(
    now: datetime,
    last_contact: datetime | None,
    hours: OpeningHours,
    limit: timedelta,
    opening: Opening | None,
) -> Hearing:
    if last_contact is None:
        return Hearing.NEVER
    if _unheard(now, last_contact, hours, limit):
        return Hearing.SILENT
    return Hearing.FINE if opening else Hearing.CLOSED


def _unheard(now: datetime, last_contact: datetime, hours: OpeningHours, limit: timedelta) -> bool:
    """Whether more time of opening than the limit has passed since the last contact."""
    passed, counted = timedelta(), last_contact
    day = last_contact.date() - DAY  # an opening of the evening before may go on
    while day <= now.date() and passed <= limit:
        for opening in hours.on(day):
            start, end = max(opening.start, counted), min(opening.end, now)
            if start < end:
                passed += end - start
                counted = end
        day += DAY
    return passed > limit
