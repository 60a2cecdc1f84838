"""Making the file of an edition: rows in any order, sorted on disk, written in one go."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import msgspec
import numpy as np

from openmidas.screening.lost import blocks, layout
from openmidas.screening.lost.keys import Records, key_check, row_records
from openmidas.screening.lost.problems import LostError
from openmidas.screening.lost.reasons import DETAIL_BITS, DETAILS, Detail, classes, numbered
from openmidas.screening.lost.rows import LostRow
from openmidas.screening.lost.runs import Runs


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """The file that was made. ``entries``: of how many numbers; ``twice``: how many more were given;
    ``exact``: whether every month is kept as it was told."""

    digest: str
    size: int
    entries: int
    twice: int
    exact: bool


Progress = Callable[[int, int], None]
"""Called with how many pieces are written, and of how many."""


def build(
    path: Path, key: bytes, rows: Iterable[LostRow], progress: Progress = lambda done, total: None
) -> Built:
    """Make the file of these documents; rows that are to be taken off are passed over.

    Takes about 350 MB of memory however many rows there are, and beside the file 8 bytes of disk for
    each of them. The file stands under its name only when it is whole. Raises `LostError`
    "too_large", and whatever ``rows`` raises.
    """
    with Runs(path.parent) as runs:
        for row in rows:
            if not row.removed:
                runs.add(row_records(key, row))
        return write(path, key, runs, progress=progress)


def write(
    path: Path,
    key: bytes,
    runs: Runs,
    *,
    known: Sequence[Detail] = (),
    progress: Progress = lambda done, total: None,
) -> Built:
    """Make the file of these records; ``known``: see `reasons.classes`."""
    runs.finish()
    entries = len(runs)
    if entries > layout.MOST_ENTRIES:
        raise LostError("too_large", {"limit": str(layout.MOST_ENTRIES * 8)})
    present = np.flatnonzero(runs.details)
    room = layout.class_bits(entries, len(present))
    told = classes(runs.details, 1 << room, known)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            writer = _Writer(file, key, entries, tuple(told), [int(number) for number in present])
            for done, piece in enumerate(runs.pieces(), start=1):
                writer.write(piece)
                progress(done, 256)
            size = writer.close()
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return Built(
        digest=writer.digest(),
        size=size,
        entries=writer.entries,
        twice=entries - writer.entries,
        exact=all(detail.first == detail.last for detail in told),
    )


class _Writer:
    """Blocks one after the other, then where they are."""

    def __init__(
        self,
        file: BinaryIO,
        key: bytes,
        expected: int,
        told: tuple[Detail, ...],
        present: list[int],
    ) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._size = 0
        bits = layout.block_bits(expected)
        self._header = layout.Header(
            check=key_check(key),
            entries=0,
            block_bits=bits,
            low=layout.low_bits(expected, bits),
            class_bits=max(len(told) - 1, 0).bit_length(),
            classes=told,
        )
        self._shape = self._header.shape
        self._place = numbered(told, present)
        self._counts = np.zeros(self._header.blocks, np.uint32)
        self._checks = np.zeros(self._header.blocks, np.uint32)
        self._next = 0
        self._rest = np.zeros(0, np.uint64)
        self.entries = 0
        self._put(layout.MAGIC + bytes([layout.VERSION, 0]))

    def write(self, records: Records) -> None:
        """The next records; the last block of them may go on with the ones after."""
        records = np.concatenate([self._rest, records])
        if not len(records):
            return
        last = int(records[-1]) >> self._shift
        firsts = np.arange(self._next, last + 1, dtype=np.uint64) << np.uint64(self._shift)
        bounds = np.searchsorted(records, firsts)
        for block, (start, end) in enumerate(pairwise(bounds), start=self._next):
            self._block(block, records[start:end])
        self._next, self._rest = last, records[bounds[-1] :]

    def close(self) -> int:
        """Write the end; the size of the file in bytes."""
        self._block(self._next, self._rest)
        for block in range(self._next + 1, self._header.blocks):
            self._block(block, self._rest[:0])
        self._put(self._counts.astype("<u4").tobytes())
        self._put(self._checks.astype("<u4").tobytes())
        header = msgspec.msgpack.encode(msgspec.structs.replace(self._header, entries=self.entries))
        self._put(header + len(header).to_bytes(4, "little") + layout.END)
        return self._size

    def digest(self) -> str:
        """SHA-256 of the file, in hexadecimal."""
        return self._hash.hexdigest()

    @property
    def _shift(self) -> int:
        """Bits of a record below the number of its block."""
        return self._shape.width + DETAIL_BITS

    def _block(self, block: int, records: Records) -> None:
        values = records >> np.uint64(DETAIL_BITS) & np.uint64((1 << self._shape.width) - 1)
        told = self._place[(records & np.uint64(DETAILS - 1)).astype(np.intp)]
        data = blocks.encode(values, told, self._shape)
        self._counts[block], self._checks[block] = len(records), zlib.crc32(data)
        self.entries += len(records)
        self._put(data)

    def _put(self, data: bytes) -> None:
        self._hash.update(data)
        self._file.write(data)
        self._size += len(data)
