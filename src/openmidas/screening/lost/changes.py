"""What changed since an edition: numbers that were put on and taken off, under the key of that edition.

    magic "OMLOSTD", format version (1 byte), how long the header is (4 bytes, little-endian)
    header, MessagePack (`ChangesHeader`)
    8 bytes for each number put on: its record; then 8 for each taken off: its hash. Both sorted.

25,000 numbers are 200 kB. What a post has got of them lies over the file as an `Overlay`, in memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec
import numpy as np

from openmidas.screening.lost.keys import (
    Hashes,
    Records,
    hashes_of,
    key_check,
    one_each,
    row_records,
)
from openmidas.screening.lost.problems import LostError
from openmidas.screening.lost.reasons import DETAIL_BITS, DETAILS, Detail, exact
from openmidas.screening.lost.rows import LostRow

MAGIC = b"OMLOSTD"
VERSION = 1
MOST_CHANGES = 4_000_000
"""More at once belong into a new edition."""
_MOST_HEADER = 1024

Count = Annotated[int, msgspec.Meta(ge=0, le=MOST_CHANGES)]


class ChangesHeader(msgspec.Struct, frozen=True, kw_only=True):
    """``base``: SHA-256 of the file that is changed; ``number``: the first changes of it are 1."""

    check: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    base: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    number: Annotated[int, msgspec.Meta(ge=1)]
    added: Count
    removed: Count


class Changes(msgspec.Struct, frozen=True):
    """One day's changes, or a few days'."""

    header: ChangesHeader
    added: Records
    removed: Hashes

    def encode(self) -> bytes:
        """The bytes that they travel in."""
        header = msgspec.msgpack.encode(self.header)
        return b"".join(
            (
                MAGIC,
                bytes([VERSION]),
                len(header).to_bytes(4, "little"),
                header,
                self.added.astype("<u8").tobytes(),
                self.removed.astype("<u8").tobytes(),
            )
        )

    @staticmethod
    def decode(data: bytes) -> Changes:
        """What these bytes hold. Raises `LostError`."""
        start = len(MAGIC) + 5
        if data[: len(MAGIC)] != MAGIC or len(data) < start:
            raise LostError("not_lost_numbers")
        if (version := data[len(MAGIC)]) != VERSION:
            raise LostError("unknown_version", {"version": str(version), "known": str(VERSION)})
        length = int.from_bytes(data[start - 4 : start], "little")
        if length > _MOST_HEADER:
            raise LostError("damaged", {"detail": "header"})
        try:
            header = msgspec.msgpack.decode(data[start : start + length], type=ChangesHeader)
        except msgspec.MsgspecError as error:
            raise LostError("damaged", {"detail": str(error)}) from error
        body = data[start + length :]
        if len(body) != 8 * (header.added + header.removed):
            raise LostError("truncated" if len(body) % 8 else "damaged", {"detail": "size"})
        numbers = np.frombuffer(body, "<u8").astype(np.uint64)
        return Changes(header, numbers[: header.added], numbers[header.added :])


def make_changes(key: bytes, base: str, number: int, rows: Iterable[LostRow]) -> Changes:
    """Changes of the file ``base`` (its SHA-256): the last row of a number says whether it is on.

    Raises `LostError` "too_large".
    """
    added: dict[int, int] = {}
    removed: set[int] = set()
    for row in rows:
        for record in row_records(key, row):
            hash = record >> DETAIL_BITS
            if row.removed:
                added.pop(hash, None)
                removed.add(hash)
            else:
                added[hash] = record
                removed.discard(hash)
        if len(added) + len(removed) > MOST_CHANGES:
            raise LostError("too_large", {"limit": str(8 * MOST_CHANGES)})
    return Changes(
        ChangesHeader(
            check=key_check(key), base=base, number=number, added=len(added), removed=len(removed)
        ),
        np.array(sorted(added.values()), np.uint64),
        np.array(sorted(removed), np.uint64),
    )


class Overlay:
    """All changes of one file, one after the other. ``number``: of the last ones that it has."""

    def __init__(self, number: int, added: Records, removed: Hashes) -> None:
        self.number = number
        self.added = added
        self.removed = removed
        self._hashes = hashes_of(added)

    @classmethod
    def none(cls) -> Overlay:
        """Nothing has changed."""
        return cls(0, np.zeros(0, np.uint64), np.zeros(0, np.uint64))

    def after(self, changes: Changes, key: bytes, base: str) -> Overlay:
        """With these changes as well. Raises `LostError` where they are not the next ones of this file."""
        header = changes.header
        if header.check != key_check(key):
            raise LostError("other_key")
        if header.base != base or header.number != self.number + 1:
            raise LostError("other_base")
        gone = np.isin(self._hashes, changes.removed)
        added = one_each_last(self.added[~gone], changes.added)
        back = np.isin(self.removed, hashes_of(changes.added))
        removed = np.union1d(self.removed[~back], changes.removed)
        return Overlay(header.number, added, removed)

    def find(self, hash: int) -> Detail | bool | None:
        """What was put on; False for what was taken off; None where nothing changed."""
        at = int(np.searchsorted(self._hashes, np.uint64(hash)))
        if at < len(self._hashes) and int(self._hashes[at]) == hash:
            return exact(int(self.added[at]) & (DETAILS - 1))
        at = int(np.searchsorted(self.removed, np.uint64(hash)))
        if at < len(self.removed) and int(self.removed[at]) == hash:
            return False
        return None


def one_each_last(before: Records, after: Records) -> Records:
    """Both, sorted; where both have a hash, what the later one says of it."""
    stay = before[~np.isin(hashes_of(before), hashes_of(after))]
    return one_each(np.concatenate([stay, after]))
