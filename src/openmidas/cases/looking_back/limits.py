"""How far it is looked back, and how much of what is found is kept. One place for both."""

from __future__ import annotations

from datetime import timedelta

MONTHS = 12
"""So many months of crossings. Who works away from home comes back with the season: a year shows them
once at the least. What lies further back helps an authority little, and is the more about people of
whom nothing was ever found.
"""
SPAN = timedelta(days=365)

MOST_POSSIBLE = 200
"""Possible hits of one listing that are kept. One that has more says too little of whom it means: the
figures of the lists propose to repair it, and nobody's journeys are written down for it.
"""
BATCH = 20_000
"""Scans at a time: a second's work, which is all that a killed worker has to do again."""
SLICE = timedelta(seconds=20)
"""So long at a time, then the worker's other jobs take their turn."""
FOLLOWED = timedelta(days=30)
"""So long after it was looked back, crossings that posts send late are looked at as well. A post that is
away for longer has its register typed in, and each line of that is screened with the lists of the day.
"""
SETTLED = timedelta(minutes=5)
"""So old is an arrival before it is looked at: its transaction has ended, and the tables follow."""
TRY_AGAIN = timedelta(hours=1)
"""So long an edition is left that could not be read: others wait behind it, and a disk may come back."""
