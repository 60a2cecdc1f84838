"""Bounds of what is said about a displacement. One place for the entries and for the forms."""

from __future__ import annotations

from datetime import timedelta

PLACE = 80
WORDS = 500
MOST_PEOPLE = 100_000
"""In one group of one count."""
MOST_MARKED = 200
"""How many crossings one form may mark."""
OLDEST = timedelta(days=3 * 365)
"""How long ago people may have been counted whose count is written down now."""
