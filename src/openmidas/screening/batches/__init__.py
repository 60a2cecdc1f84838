"""Many travellers in one file: JSON lines, a table, or a manifest of passengers (PAXLST)."""

from __future__ import annotations

from openmidas.screening.batches.reading import Batch, Traveller, read_batch

__all__ = ["Batch", "Traveller", "read_batch"]
