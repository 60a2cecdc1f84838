"""Bounds of what stands in the post's book. One place for the entries and for the forms."""

from __future__ import annotations

from datetime import timedelta

WORDS = 2000
SHORTEST_WORDS = 3
"""Characters of what must be said: an occurrence, or why checks are relaxed for another reason."""
MOST_MEMBERS = 60
MOST_KINDS = 60
"""How many different figures of one sort a closed shift may tell."""
MOST = 10_000_000
"""No figure of one shift is higher."""
LATE = timedelta(hours=24)
"""How long ago may be what is written down now: that a shift began, or a line of the book."""
LONG = timedelta(hours=24)
"""A shift that is open for longer has probably been forgotten."""
LINK_OUTAGE = timedelta(minutes=15)
"""Longer without hearing of headquarters than this is an outage. An idle post is heard of every two
minutes; satellite links that drop for a moment are no news."""
