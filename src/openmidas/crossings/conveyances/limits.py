"""What a conveyance and its manifest may hold."""

from __future__ import annotations

from datetime import timedelta

MOST = 120
"""Lines of a manifest, and seats."""
SPARE = 30
"""Who may be scanned beyond seats or lines, for buses are overfull, before the bus is held to be gone."""
PLATE = 20
COMPANY = 80
MOST_FILE_BYTES = 1024 * 1024
MOST_UNPACKED_BYTES = 8 * 1024 * 1024
MOST_TEXT = 40_000
"""Characters of a manifest that is typed or pasted."""
SHOWN = timedelta(hours=24)
"""No bus stands at a post for longer: afterwards its pages name nobody any more."""
