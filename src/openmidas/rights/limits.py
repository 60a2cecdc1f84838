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
LONGEST_CODE = 2000
LEAST_PUBLISHED = 5
"""A count below this is published as "fewer than": it might tell who complained."""

WINDOW = timedelta(minutes=10)
"""How long the public's sendings are counted together; how many: `rights.throttle`."""
KEPT_FOR = timedelta(minutes=10)
KEPT = 4000
"""Answers that wait until somebody is done with them: more than the allowances of one window make."""
SOUND_BYTES = 8 * 1024**2
"""Of one recording of the notice: some ten minutes as telephones record."""
