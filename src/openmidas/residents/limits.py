"""Bounds of what is said about a border resident. One place for the entries and for the forms."""

from __future__ import annotations

VILLAGE = 80
PLATE = 16
FACT = 80
"""Characters of a question, and of its answer."""
FACTS = 2
WORDS = 300
SHORTEST_WORDS = 3
MOST_MONTHS = 60
"""How long a card may hold, whatever the rules say."""
