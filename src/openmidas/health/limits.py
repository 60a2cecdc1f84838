"""How much can be said of one check."""

from __future__ import annotations

COLDEST = 30.0
HOTTEST = 45.0
"""Degrees Celsius: what lies outside was typed wrongly, or the thermometer is broken."""
MOST_PLACES = 8
"""Places of one itinerary."""
FURTHEST_BACK = 60
"""Days: no incubation time of the usual definitions is longer."""
MOST_SYMPTOMS = 20
WORDS = 500
"""Characters of a note."""
MOST_DEFINITIONS = 100
MOST_MINUTES = 240
"""How far apart two travellers at one lane may be to count as having met."""
