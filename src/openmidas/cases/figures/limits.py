"""From when on a number means something. One place for all figures of hits."""

from __future__ import annotations

PERIODS = (30, 90, 365)
"""Days that may be asked for; the first that is not chosen otherwise is the second."""
USUAL_PERIOD = 90
FEWEST_INNOCENT = 3
"""So many hits of different crossings, all of them somebody else, and a listing is looked at."""
FEW_BITS = 12.0
"""A name that tells less than this is borne by one in four thousand people or more."""
MANY_NAMES = 10
"""A listing with more names than this meets by chance what one with a single name would not."""
LONG_PERIOD_DAYS = 31
"""A time of birth that is longer names a year, or years."""
