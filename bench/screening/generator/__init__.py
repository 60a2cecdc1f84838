"""Regional travellers and lists that are nobody's: see docs/screening-data.md."""

from __future__ import annotations

from bench.screening.generator.making import KINDS, make_world

__all__ = ["KINDS", "make_world"]
