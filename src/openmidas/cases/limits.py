"""How long "not the same person" is remembered, and what ends that sooner. One place for both."""

from __future__ import annotations

REMEMBERED_DAYS = 365
"""From the answer on. A person changes documents sooner or later; a listing may come to say more."""
FOUND_MORE_BITS = 1.0
"""A score that is higher than it was by more than this found more: the odds have doubled."""
