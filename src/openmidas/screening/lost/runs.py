"""Sorting more records than memory holds: sorted runs on disk, read back side by side.

Hashes are spread evenly, so a piece of the whole is that piece of each run: nothing is merged record
by record.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from openmidas.screening.lost.keys import HASH_BITS, Records, one_each
from openmidas.screening.lost.reasons import DETAIL_BITS, DETAILS

RUN_RECORDS = 4_000_000
"""32 MB, and as much again while it is sorted."""
_PIECE_BITS = 8
_RECORD_BYTES = 8


class Runs:
    """Records as they come, then all of them sorted, one of each hash.

    In memory are never more than about 2 × `RUN_RECORDS` records and a 256th of all. ``folder`` must
    have room for 8 bytes a record. Use it as a context: what it wrote is gone afterwards.
    """

    def __init__(self, folder: Path) -> None:
        self._kept = tempfile.TemporaryDirectory(prefix="lost-", dir=folder)
        self._runs: list[tuple[Path, npt.NDArray[np.int64]]] = []
        self._waiting: list[Records] = []
        self._few: list[int] = []
        self._count = 0
        self.details = np.zeros(DETAILS, np.int64)
        """How many records there are of each detail, those that stand twice included."""

    def __enter__(self) -> Runs:
        return self

    def __exit__(self, *error: object) -> None:
        self._kept.cleanup()

    def __len__(self) -> int:
        """How many records came, those that stand twice included."""
        return int(self.details.sum()) + self._count + len(self._few)

    def add(self, records: list[int]) -> None:
        """Take a few records."""
        self._few += records
        if len(self._few) >= 1 << 16:
            self._gather()

    def add_many(self, records: Records) -> None:
        """Take many records at once."""
        self._gather()
        for start in range(0, len(records), RUN_RECORDS):
            self._take(records[start : start + RUN_RECORDS])

    def finish(self) -> None:
        """All have come."""
        self._gather()
        self._write()

    def pieces(self) -> Iterator[Records]:
        """All records, sorted, one of each hash, in 256 pieces by the first bits of the hash."""
        for piece in range(1 << _PIECE_BITS):
            parts = [self._read(path, bounds, piece) for path, bounds in self._runs]
            yield one_each(np.concatenate(parts)) if parts else np.zeros(0, np.uint64)

    def _gather(self) -> None:
        if self._few:
            few, self._few = np.array(self._few, np.uint64), []
            self._take(few)

    def _take(self, records: Records) -> None:
        self._waiting.append(records)
        self._count += len(records)
        if self._count >= RUN_RECORDS:
            self._write()

    def _write(self) -> None:
        if not self._waiting:
            return
        records = np.concatenate(self._waiting)
        self._waiting, self._count = [], 0
        self.details += np.bincount(records & np.uint64(DETAILS - 1), minlength=DETAILS)
        records.sort()
        shift = np.uint64(HASH_BITS + DETAIL_BITS - _PIECE_BITS)
        first = np.arange(1 << _PIECE_BITS, dtype=np.uint64) << shift
        bounds = np.append(np.searchsorted(records, first), len(records))
        path = Path(self._kept.name) / f"{len(self._runs)}.run"
        records.tofile(path)
        self._runs.append((path, bounds))

    @staticmethod
    def _read(path: Path, bounds: npt.NDArray[np.int64], piece: int) -> Records:
        start, end = int(bounds[piece]), int(bounds[piece + 1])
        return np.fromfile(path, np.uint64, count=end - start, offset=start * _RECORD_BYTES)
