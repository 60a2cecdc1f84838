"""One column of leaves: what stands at the same place of many bodies, told as shortly as it goes.

A column remembers the last `REMEMBERED` different leaves and names one that comes again by its
number. Numbers travel as differences: from the row before, or from the moment of the entry.
Identifiers travel as bytes, the part of them that is chance beside all that can be compressed.
Writer and reader keep the same memory, frame by frame. See ``docs/format.md``, "Frames".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from itertools import accumulate, repeat

import msgspec

from openmidas.journal.clock import COUNTER_BITS
from openmidas.journal.wire import Bytes, signed

REMEMBERED = 512
"""How many different leaves a column knows by number; the oldest makes room."""
LONGEST_REMEMBERED = 256
"""Bytes. A longer leaf is told each time."""
MOST_REMEMBERED = 4 * 1024 * 1024
EACH = 48
"""Bytes that all leaves together may weigh, each with this much more for keeping it: no writer can
fill a reader's memory. An ordinary stream needs some hundred thousand."""
_UUID_MARK = 0xC1  # a byte that begins nothing in MessagePack
_UUID_HEAD = b"\xd9\x24"
_UUID = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TAIL = 10
_encode = msgspec.msgpack.Encoder().encode


class Mode(IntEnum):
    """How the leaves of a column are told in one frame."""

    ONE = 0  # all rows have the same, which is told once
    NAMED = 1  # a number a row in one byte, 0 for one that is told
    NAMED_WIDE = 2  # the same in two bytes
    AFTER_LAST = 3  # numbers, as differences from the row before
    AFTER_MOMENT = 4  # numbers, as differences from the moment of the entry
    AFTER_CLOCK = 5  # numbers, as differences from that moment as a logical clock


Moments = Callable[[], Sequence[int]]
"""The moment of each leaf's entry, in milliseconds: worked out only where a column needs it."""
_NUMBERS = (Mode.AFTER_LAST, Mode.AFTER_MOMENT, Mode.AFTER_CLOCK)


def number_of(leaf: bytes) -> int | None:
    """The number that a leaf is, if it is one of 0 and above, told in as few bytes as can be."""
    first = leaf[0]
    if first < 0x80:
        return first
    if not 0xCC <= first <= 0xCF:
        return None
    number = int.from_bytes(leaf[1:], "big")
    return number if msgspec.msgpack.encode(number) == leaf else None


class Memory:
    """What all columns of a stream may remember together. Writer and reader count alike."""

    def __init__(self) -> None:
        self._left = MOST_REMEMBERED

    def takes(self, leaf: bytes, instead: bytes | None = None) -> bool:
        """Whether there is room for a leaf, instead of another; it is then taken."""
        needed = len(leaf) + EACH - (0 if instead is None else len(instead) + EACH)
        if needed > self._left:
            return False
        self._left -= needed
        return True


class ColumnWriter:
    """Tells a column. ``plain`` is what can be compressed, ``chance`` what cannot."""

    def __init__(self, memory: Memory, longest: int = LONGEST_REMEMBERED) -> None:
        self._memory = memory
        self._longest = longest
        self._numbers: dict[bytes, int] = {}
        self._ring: list[bytes] = []
        self._next = 0
        self._last = 0

    def write(
        self, leaves: Sequence[bytes], moments: Moments, plain: bytearray, chance: bytearray
    ) -> None:
        """One frame's leaves."""
        numbers = self._all_numbers(leaves)
        if numbers is not None:
            self._write_numbers(numbers, moments, plain)
        elif len(set(leaves)) == 1:
            plain.append(Mode.ONE)
            self._write_named(leaves[:1], moments, plain, chance, wide=True)
        else:
            wide = len(self._ring) + len(leaves) > 0xFF
            plain.append(Mode.NAMED_WIDE if wide else Mode.NAMED)
            self._write_named(leaves, moments, plain, chance, wide=wide)

    def _all_numbers(self, leaves: Sequence[bytes]) -> list[int] | None:
        """The numbers, where all are and one of them is too long to be named as cheaply."""
        if max(map(len, leaves)) == 1:
            return None
        numbers = []
        for leaf in leaves:
            number = number_of(leaf)
            if number is None:
                return None
            numbers.append(number)
        return numbers

    def _write_numbers(self, numbers: list[int], moments: Moments, plain: bytearray) -> None:
        pairs = list(zip(numbers, moments(), strict=True))
        told = {
            Mode.AFTER_LAST: [b - a for a, b in zip([self._last, *numbers], numbers, strict=False)],
            Mode.AFTER_MOMENT: [number - moment for number, moment in pairs],
            Mode.AFTER_CLOCK: [number - (moment << COUNTER_BITS) for number, moment in pairs],
        }
        written = {mode: b"".join(map(signed, differences)) for mode, differences in told.items()}
        shortest = min(written, key=lambda mode: len(written[mode]))
        plain.append(shortest)
        plain += written[shortest]
        self._last = numbers[-1]

    def _write_named(
        self,
        leaves: Sequence[bytes],
        moments: Moments,
        plain: bytearray,
        chance: bytearray,
        *,
        wide: bool,
    ) -> None:
        names = bytearray()
        new = bytearray()
        for row, leaf in enumerate(leaves):
            number = self._numbers.get(leaf, 0)
            if not number:
                _write_new(leaf, row, moments, new, chance)
                self._remember(leaf)
            names += number.to_bytes(2, "big") if wide else bytes((number,))
        plain += names
        plain += new

    def _remember(self, leaf: bytes) -> None:
        before = self._ring[self._next] if self._next < len(self._ring) else None
        if len(leaf) > self._longest or not self._memory.takes(leaf, before):
            return
        if before is None:
            self._ring.append(leaf)
        else:
            del self._numbers[before]
            self._ring[self._next] = leaf
        self._numbers[leaf] = self._next + 1
        self._next = (self._next + 1) % REMEMBERED


class ColumnReader:
    """Reads what a `ColumnWriter` told, and remembers as it does."""

    def __init__(self, memory: Memory, longest: int = LONGEST_REMEMBERED) -> None:
        self._memory = memory
        self._longest = longest
        self._ring: list[bytes] = []
        self._next = 0
        self._last = 0

    def read(self, rows: int, moments: Moments, plain: Bytes, chance: Bytes) -> Iterator[bytes]:
        """The leaves of so many rows. Raises `ValueError` for what no writer tells."""
        mode = plain.take(1)[0]
        if mode in _NUMBERS:
            return iter(self._read_numbers(Mode(mode), rows, moments, plain))
        if mode == Mode.ONE:
            names = [int.from_bytes(plain.take(2), "big")]
            return repeat(self._leaves(names, moments, plain, chance)[0], rows)
        if mode == Mode.NAMED:
            return iter(self._leaves(plain.take(rows), moments, plain, chance))
        if mode == Mode.NAMED_WIDE:
            raw = plain.take(2 * rows)
            wide = [raw[at] << 8 | raw[at + 1] for at in range(0, 2 * rows, 2)]
            return iter(self._leaves(wide, moments, plain, chance))
        raise ValueError("an unknown way of telling a column")

    def _read_numbers(self, mode: Mode, rows: int, moments: Moments, plain: Bytes) -> list[bytes]:
        differences = plain.signeds(rows)
        if mode is Mode.AFTER_LAST:
            numbers = list(accumulate(differences, initial=self._last))[1:]
        else:
            bits = COUNTER_BITS if mode is Mode.AFTER_CLOCK else 0
            pairs = zip(differences, moments(), strict=True)
            numbers = [(moment << bits) + difference for difference, moment in pairs]
        if not 0 <= min(numbers) <= max(numbers) < 1 << 64:
            raise ValueError("a number out of bounds")
        self._last = numbers[-1]
        return [_encode(number) for number in numbers]

    def _leaves(
        self, names: Sequence[int], moments: Moments, plain: Bytes, chance: Bytes
    ) -> list[bytes]:
        ring = self._ring
        try:
            if 0 not in names:
                return [ring[name - 1] for name in names]
            leaves = []
            for row, name in enumerate(names):
                if name:
                    leaves.append(ring[name - 1])
                else:
                    leaf = _read_new(row, moments, plain, chance)
                    leaves.append(leaf)
                    self._remember(leaf)
        except IndexError as error:
            raise ValueError("a leaf that was never told") from error
        return leaves

    def _remember(self, leaf: bytes) -> None:
        before = self._ring[self._next] if self._next < len(self._ring) else None
        if len(leaf) > self._longest or not self._memory.takes(leaf, before):
            return
        if before is None:
            self._ring.append(leaf)
        else:
            self._ring[self._next] = leaf
        self._next = (self._next + 1) % REMEMBERED


def _write_new(
    leaf: bytes, row: int, moments: Moments, plain: bytearray, chance: bytearray
) -> None:
    """A leaf for the first time. Of an identifier, the moment it was made and the chance in it."""
    if len(leaf) != 38 or not leaf.startswith(_UUID_HEAD) or not _UUID.fullmatch(leaf[2:]):
        plain += leaf
        return
    raw = bytes.fromhex(leaf[2:].replace(b"-", b"").decode())
    plain.append(_UUID_MARK)
    plain += signed(int.from_bytes(raw[:-_TAIL], "big") - moments()[row])
    chance += raw[-_TAIL:]


def _read_new(row: int, moments: Moments, plain: Bytes, chance: Bytes) -> bytes:
    if plain.at >= len(plain.raw) or plain.raw[plain.at] != _UUID_MARK:
        return plain.scalar()
    plain.at += 1
    made = moments()[row] + plain.signed()
    if not 0 <= made < 1 << 48:
        raise ValueError("an identifier out of bounds")
    text = (made.to_bytes(6, "big") + chance.take(_TAIL)).hex()
    written = f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
    return _UUID_HEAD + written.encode()
