"""The file of an edition, opened: is this number in it? One read of the disk, and no more memory."""

from __future__ import annotations

import hashlib
import os
import weakref
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt

from openmidas.screening.lost import blocks, layout
from openmidas.screening.lost.keys import Hashes, Records, key_check
from openmidas.screening.lost.problems import LostError
from openmidas.screening.lost.reasons import DETAIL_BITS, Detail, as_number

_READ = 1 << 20
_MOST_IN_A_BLOCK = 4096
"""Hashes are spread evenly: only a file that somebody made up has fuller blocks."""


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal. Raises `LostError` "too_large"; `OSError`."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > layout.MOST_FILE_BYTES:
            raise LostError("too_large", {"limit": str(layout.MOST_FILE_BYTES)})
        while chunk := file.read(_READ):
            digest.update(chunk)
    return digest.hexdigest()


class LostFile:
    """An edition's file. May be asked from several threads; closed with `close`, or when nobody has it.

    In memory is where its blocks are: 3 MB for a hundred million numbers.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        """Open it. Raises `LostError`, whatever the file holds, within those 3 MB; `OSError`."""
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        # Whoever still asks while another file takes its place keeps it open until the answer.
        self._closing = weakref.finalize(self, os.close, self._descriptor)
        # Blocks are asked for anywhere: what the system would read ahead of each is of no use.
        os.posix_fadvise(self._descriptor, 0, 0, os.POSIX_FADV_RANDOM)
        try:
            self._open()
            if self.header.check != key_check(key):
                raise LostError("other_key")
        except LostError:
            self.close()
            raise

    def __len__(self) -> int:
        return self.header.entries

    def close(self) -> None:
        """Let go of the file."""
        self._closing()

    def find(self, hash: int) -> Detail | None:
        """What is kept of the number with this hash; None where it is not in the file.

        Raises `LostError` "damaged" where the disk no longer holds what was written, which is another
        thing than not being listed; `OSError` where it cannot be read.
        """
        block = hash >> self._shape.width
        count = int(self._counts[block])
        value = hash & ((1 << self._shape.width) - 1)
        try:
            told = blocks.find(self._read(block), count, self._shape, value)
        except ValueError as error:
            raise _damaged(str(error)) from error
        if told is None:
            return None
        return self._class(told)

    def holds(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        """Which of many sorted hashes are in the file: for much at once, block by block."""
        found = np.zeros(len(hashes), bool)
        numbers = hashes >> np.uint64(self._shape.width)
        asked, first = np.unique(numbers, return_index=True)
        for block, start, end in zip(asked, first, np.append(first[1:], len(hashes)), strict=True):
            here = self._decoded(int(block))[0]
            values = hashes[start:end] & np.uint64((1 << self._shape.width) - 1)
            found[start:end] = np.isin(values, here, assume_unique=False)
        return found

    def records(self) -> Iterator[Records]:
        """All that is in it, sorted; of each the last month of its class."""
        details = np.array([as_number(one) for one in self.header.classes] or [0], np.uint64)
        for block in range(self.header.blocks):
            values, told = self._decoded(block)
            if len(told) and int(told.max()) >= len(details):
                raise _damaged("class")
            hashes = np.uint64(block << self._shape.width) | values
            yield hashes << np.uint64(DETAIL_BITS) | details[told.astype(np.intp)]

    def _decoded(self, block: int) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
        try:
            return blocks.decode(self._read(block), int(self._counts[block]), self._shape)
        except ValueError as error:
            raise _damaged(str(error)) from error

    def _class(self, told: int) -> Detail:
        if told >= len(self.header.classes):
            raise _damaged("class")
        return self.header.classes[told]

    def _read(self, block: int) -> bytes:
        start, end = int(self._starts[block]), int(self._starts[block + 1])
        data = self._bytes(start, end - start)
        if zlib.crc32(data) != self._checks[block]:
            raise _damaged("checksum")
        return data

    def _bytes(self, start: int, count: int) -> bytes:
        data = os.pread(self._descriptor, count, start)
        if len(data) != count:
            raise LostError("truncated")
        return data

    def _open(self) -> None:
        size = os.fstat(self._descriptor).st_size
        start = self._bytes(0, min(size, layout.START_BYTES))
        if start[: len(layout.MAGIC)] != layout.MAGIC or len(start) < layout.START_BYTES:
            raise LostError("not_lost_numbers")
        if (version := start[len(layout.MAGIC)]) != layout.VERSION:
            known = str(layout.VERSION)
            raise LostError("unknown_version", {"version": str(version), "known": known})
        if size > layout.MOST_FILE_BYTES:
            raise LostError("too_large", {"limit": str(layout.MOST_FILE_BYTES)})
        self.header = self._read_header(size)
        self._shape = self.header.shape
        self._read_index(size)

    def _read_header(self, size: int) -> layout.Header:
        if size < layout.START_BYTES + layout.TAIL_BYTES:
            raise LostError("truncated")
        tail = self._bytes(size - layout.TAIL_BYTES, layout.TAIL_BYTES)
        if tail[4:] != layout.END:
            raise LostError("truncated")
        length = int.from_bytes(tail[:4], "little")
        if not 0 < length <= min(layout.MOST_HEADER_BYTES, size - layout.TAIL_BYTES):
            raise _damaged("header")
        self._header_at = size - layout.TAIL_BYTES - length
        try:
            return msgspec.msgpack.decode(self._bytes(self._header_at, length), type=layout.Header)
        except msgspec.MsgspecError as error:
            raise _damaged(str(error)) from error

    def _read_index(self, size: int) -> None:
        each = 4 * self.header.blocks
        at = self._header_at - 2 * each
        if at < layout.START_BYTES:
            raise _damaged("index")
        self._counts = np.frombuffer(self._bytes(at, each), "<u4")
        self._checks = np.frombuffer(self._bytes(at + each, each), "<u4")
        if self._counts.max() > _MOST_IN_A_BLOCK or self._counts.sum() != len(self):
            raise _damaged("counts")
        self._starts = layout.starts(self._counts, self._shape)
        if int(self._starts[-1]) != at:
            raise _damaged("size")


def _damaged(detail: str) -> LostError:
    return LostError("damaged", {"detail": detail})
