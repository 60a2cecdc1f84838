"""Bounds of what is said about an incident. One place for the entries and for the forms."""

from __future__ import annotations

from datetime import timedelta

WORDS = 2000
SHORTEST_WORDS = 3
"""Characters of what must be said: a comment, or why something is closed or opened again."""
PLACE = 80
PLATE = 16
MOST_PEOPLE = 100_000
MOST_KILOMETRES = 500
MOST_LINKED = 20
"""How many crossings, plates or incidents one form may link."""
ALERT_WORDS = 500
"""How much of the words travels ahead."""
OLDEST = timedelta(days=3 * 365)
"""How long ago something may have happened that is reported now."""
REMEMBERED = timedelta(days=366)
"""How long it is remembered for what a rule raised an incident: no rule looks back further."""
