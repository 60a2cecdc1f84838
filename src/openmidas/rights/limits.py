"""Bounds of what the public may send, and of what is published."""

from __future__ import annotations

from datetime import timedelta

WORDS = 4000
REPORT = 2000
CONTACT = 200
ANSWER = 4000
SHORTEST_WORDS = 10
SEALED_COMPLAINT = 32 * 1024
SEALED_ANSWER = 32 * 1024
PADDED_TO = 2048
"""What is sealed is filled up to a multiple of this: its length tells nothing of what it says."""
LEAST_PUBLISHED = 5
"""A count below this is published as "fewer than": it might tell who complained."""

WINDOW = timedelta(minutes=10)
FROM_ONE = 6
FROM_ALL = 60
"""Complaints, reports, and tries to fetch an answer, that are taken within a window."""
SOUND_BYTES = 8 * 1024**2
"""Of one recording of the notice: some ten minutes as telephones record."""
