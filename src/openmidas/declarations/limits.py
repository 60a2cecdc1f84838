"""Bounds of what is declared. One place for the entries and for the forms."""

from __future__ import annotations

MOST_ANIMALS = 100_000
MOST_HERDERS = 1_000
MOST_QUANTITY = 10_000_000
MOST_VALUE = 1_000_000_000_000
PLACE = 80
ROUTE = 300
OWNER = 120
CERTIFICATE = 40
ISSUER = 80
SHORTEST_CERTIFICATE = 4
"""Characters of a number that can be one; a shorter one is told, never refused."""
