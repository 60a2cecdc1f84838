"""Runs of entries as they travel: what all of them have in common is told once.

What can be worked out is not in a frame: the headers' hashes and commitments follow from the bodies,
the salts and the place before. Frames of one stream share their memory, so that the second tells
still less than the first. The layout is in ``docs/format.md``, "Frames". Untrusted: a reader bounds
all that it unpacks, and what comes out is checked as every segment is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

import msgspec
import zstandard

from openmidas.journal import dictionary as formats
from openmidas.journal.chain import Chain
from openmidas.journal.columns import ColumnReader, ColumnWriter, Memory, Moments, number_of
from openmidas.journal.entry import Header, SealedEntry, commit
from openmidas.journal.errors import JournalError
from openmidas.journal.grid import MOMENT, MOST_LEAVES, Grid
from openmidas.journal.shapes import LONGEST_SHAPE, OPAQUE, put_together, read_shape, take_apart
from openmidas.journal.signing import Head, Place
from openmidas.journal.wire import Bytes, varint

LEVEL = 9
WINDOW_BITS = 17
"""128 KiB: what a reader must keep of each stream, beside its columns."""
MOST_ENTRIES = 100_000
MOST_APART = MOST_LEAVES - MOST_ENTRIES
"""Leaves of a frame, and those that a writer tells before it carries the other bodies whole."""
MOST_COLUMNS = 1024
BYTES_ANYWAY, TIMES = 512 * 1024, 64
"""What any frame of a stream may unpack to, and how many times what it weighs on top. No writer that
keeps to the bounds of a frame (`openmidas.exchange.core`) comes near: crossings unpack to 15 times."""
_SHAPES, _SALTS = b"shape", b"salt"
_OPAQUE_PATH = b""
_NOTHING = b"\xc0"
_SIGNATURE, _HASH = 64, 32
_STEP = 256
"""Compressed bytes that are unpacked at once: they cannot become more than 8 MiB."""


class FrameWriter:
    """Writes the frames of one stream, or a single one, in a format that its reader knows."""

    def __init__(self, number: int = formats.FORMAT) -> None:
        self._format = number
        parameters = zstandard.ZstdCompressionParameters.from_level(LEVEL, window_log=WINDOW_BITS)
        packer = zstandard.ZstdCompressor(
            compression_params=parameters, dict_data=formats.dictionary(number)
        )
        self._packing = packer.compressobj()
        self._memory = Memory()
        self._columns: dict[bytes, ColumnWriter] = {}
        self._place: Place | None = None

    def write(self, entries: Sequence[SealedEntry], head: Head) -> bytes:
        """The frame of a run, one entry at the least, and the head signed at its last."""
        plain, chance = bytearray(), bytearray()
        self._write_beginning(Header.decode(entries[0].header), len(entries), plain, chance)
        self._write_bodies([entry.body for entry in entries], plain, chance)
        for entry in entries:
            chance += entry.salt or b""
            if entry.body is None:
                chance += Header.decode(entry.header).commitment
        self._write_column(_SALTS, [_number(len(entry.salt or b"")) for entry in entries], plain)
        chance += head.signature
        self._place = head.place
        packed = self._pack(bytes(plain))
        lengths = varint(len(plain)) + varint(len(packed))
        return bytes((self._format,)) + lengths + packed + bytes(chance)

    def _pack(self, plain: bytes) -> bytes:
        packed = self._packing.compress(plain)
        return packed + self._packing.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

    def _write_beginning(
        self, first: Header, count: int, plain: bytearray, chance: bytearray
    ) -> None:
        goes_on = self._place == Place(first.node, first.epoch, first.sequence - 1, first.previous)
        plain.append(goes_on)
        plain += varint(count)
        if not goes_on:
            plain += varint(first.epoch) + varint(first.sequence)
            chance += first.node.bytes + first.previous

    def _write_bodies(
        self, bodies: list[bytes | None], plain: bytearray, chance: bytearray
    ) -> None:
        apart = list(self._all_apart(bodies))
        shapes = [None if each is None else each[0] for each in apart]
        told = [_NOTHING if shape is None else msgspec.msgpack.encode(shape) for shape in shapes]
        self._write_column(_SHAPES, told, plain)
        grid = Grid(shapes)
        leaves: dict[bytes, list[bytes]] = {path: [] for path in grid.paths}
        for each in apart:
            if each is not None:
                for path, leaf in zip(read_shape(each[0]).paths, each[1], strict=True):
                    leaves[path].append(leaf)
        moments: list[int] = [0] * len(shapes)
        for path in grid.paths:
            of_rows = grid.lazily(path, moments)
            self._column(path).write(leaves[path], of_rows, plain, chance)
            if path == MOMENT:
                moments = grid.spread([number_of(leaf) or 0 for leaf in leaves[path]])

    def _all_apart(self, bodies: list[bytes | None]) -> Iterator[tuple[bytes, list[bytes]] | None]:
        """The bodies taken apart, as far as readers take so many leaves and columns."""
        leaves = 0
        columns = {*self._columns, _SHAPES, _SALTS, _OPAQUE_PATH}
        for body in bodies:
            if body is None:
                yield None
                continue
            apart = take_apart(body)
            paths = read_shape(apart[0]).paths
            new = columns.union(paths)
            if leaves + len(paths) > MOST_APART or len(new) > MOST_COLUMNS:
                yield OPAQUE, [msgspec.msgpack.encode(body)]
                continue
            leaves, columns = leaves + len(paths), new
            yield apart

    def _write_column(self, name: bytes, leaves: list[bytes], plain: bytearray) -> None:
        """A column that holds nothing of chance and stands at no moment."""
        self._column(name).write(leaves, _still(len(leaves)), plain, bytearray())

    def _column(self, path: bytes) -> ColumnWriter:
        if path not in self._columns:
            self._columns[path] = ColumnWriter(self._memory, *_longest(path))
        return self._columns[path]


class FrameReader:
    """Reads the frames of one stream, or a single one.

    ``most_bytes``: what one may unpack to; ``most_entries``: how many entries it may hold.
    ``proportionate``: no more, either, than `BYTES_ANYWAY` and `TIMES` what it weighs, so that nobody
    fills a disk with what costs nothing to send.
    """

    def __init__(
        self, most_bytes: int, most_entries: int = MOST_ENTRIES, *, proportionate: bool = False
    ) -> None:
        self._limit = most_bytes
        self._most_bytes = most_bytes
        self._most_entries = most_entries
        self._proportionate = proportionate
        self._format: int | None = None
        self._unpacking: zstandard.ZstdDecompressionObj | None = None
        self._memory = Memory()
        self._columns: dict[bytes, ColumnReader] = {}
        self._place: Place | None = None

    def read(self, raw: bytes) -> tuple[tuple[SealedEntry, ...], Head]:
        """The entries of a frame and the head at its end, both unchecked.

        Raises `JournalError` ``segment.malformed`` or ``segment.too_large``, ``segment.format_newer`` or
        ``segment.format_older`` where this program does not know the format; the stream is then over.
        """
        if self._proportionate:
            self._most_bytes = min(self._limit, BYTES_ANYWAY + TIMES * len(raw))
        try:
            return self._read(Bytes(raw))
        except (zstandard.ZstdError, ValueError, msgspec.MsgspecError) as error:
            raise JournalError("segment.malformed", reason=str(error)) from error

    def _read(self, chance: Bytes) -> tuple[tuple[SealedEntry, ...], Head]:
        unpacking = self._unpacker(chance.take(1)[0])
        length = chance.varint()
        plain = Bytes(self._unpack(unpacking, chance.take(chance.varint()), length))
        goes_on, count = plain.take(1)[0], plain.varint()
        if count > self._most_entries:
            raise JournalError("segment.too_long", limit=str(self._most_entries))
        if not count:
            raise ValueError("a frame without entries")
        place = self._place if goes_on else _read_place(plain, chance)
        if place is None:
            raise ValueError("a frame that goes on from none")
        bodies = list(self._bodies(count, plain, chance))
        salts = self._read_column(_SALTS, count, plain)
        chain = Chain(place)
        entries = tuple(
            _read_entry(body, told, chain, chance) for body, told in zip(bodies, salts, strict=True)
        )
        place = chain.place
        head = Head(place, chance.take(_SIGNATURE))
        if not plain.done or not chance.done:
            raise ValueError("more than the frame says")
        self._place = place
        return entries, head

    def _unpacker(self, number: int) -> zstandard.ZstdDecompressionObj:
        """What unpacks the frames of this stream: all of them are of the format of the first."""
        if self._unpacking is not None and number == self._format:
            return self._unpacking
        if self._unpacking is not None:
            raise ValueError("a stream of frames that changes its format")
        check_format(number)
        unpacker = zstandard.ZstdDecompressor(
            dict_data=formats.dictionary(number), max_window_size=1 << WINDOW_BITS
        )
        self._format, self._unpacking = number, unpacker.decompressobj()
        return self._unpacking

    def _unpack(
        self, unpacking: zstandard.ZstdDecompressionObj, packed: bytes, length: int
    ) -> bytes:
        if length > self._most_bytes:
            raise JournalError("segment.too_large", limit=str(self._most_bytes))
        plain = bytearray()
        for at in range(0, len(packed), _STEP):
            plain += unpacking.decompress(packed[at : at + _STEP])
            if len(plain) > length:
                raise ValueError("more than the frame says")
        if len(plain) != length:
            raise ValueError("cut off")
        return bytes(plain)

    def _bodies(self, count: int, plain: Bytes, chance: Bytes) -> Iterator[bytes | None]:
        told = self._read_column(_SHAPES, count, plain)
        # Each once: a frame has few of them, and they are long.
        read = {each: _read_told(each) for each in set(told)}
        shapes = [read[each] for each in told]
        grid = Grid(shapes)
        moments = [0] * count
        leaves: dict[bytes, Iterator[bytes]] = {}
        for path in grid.paths:
            of_rows = grid.lazily(path, moments)
            leaves[path] = self._column(path).read(grid.counts[path], of_rows, plain, chance)
            if path == MOMENT:
                ats = list(leaves[path])
                moments = grid.spread([number_of(leaf) or 0 for leaf in ats])
                leaves[path] = iter(ats)
        next_of = {path: column.__next__ for path, column in leaves.items()}
        steps = {
            shape: [next_of[path] for path in read_shape(shape).paths]
            for shape in read.values()
            if shape is not None
        }
        weight = 0
        for shape in shapes:
            if shape is None:
                yield None
                continue
            own = [step() for step in steps[shape]]
            # Before it is made: a few bytes may tell one long leaf a thousand times over.
            weight += len(shape) + sum(map(len, own))
            if weight > self._most_bytes:
                raise JournalError("segment.too_large", limit=str(self._most_bytes))
            yield put_together(shape, own)

    def _read_column(self, name: bytes, rows: int, plain: Bytes) -> list[bytes]:
        return list(self._column(name).read(rows, _still(rows), plain, Bytes(b"")))

    def _column(self, path: bytes) -> ColumnReader:
        if path not in self._columns:
            if len(self._columns) == MOST_COLUMNS:
                raise ValueError("no stream has so many columns")
            self._columns[path] = ColumnReader(self._memory, *_longest(path))
        return self._columns[path]


def check_format(number: int) -> None:
    """Raises `JournalError` that says which side is the older, where this format is not read here."""
    known = formats.FORMATS
    if number not in known:
        code = "segment.format_newer" if number > max(known) else "segment.format_older"
        raise JournalError(code, format=str(number))


def _read_entry(body: bytes | None, salted: bytes, chain: Chain, chance: Bytes) -> SealedEntry:
    salt = chance.take(number_of(salted) or 0) or None
    commitment = chance.take(_HASH) if body is None else commit(salt or b"", body)
    return SealedEntry(chain.add(commitment), body, salt)


def _read_told(shape: bytes) -> bytes | None:
    return None if shape == _NOTHING else msgspec.msgpack.decode(shape, type=bytes)


def _longest(path: bytes) -> tuple[int, ...]:
    """A shape may be longer than a leaf, and is always to be remembered."""
    return (LONGEST_SHAPE + 8,) if path == _SHAPES else ()


def _still(rows: int) -> Moments:
    return lambda: [0] * rows


def _number(number: int) -> bytes:
    return msgspec.msgpack.encode(number)


def _read_place(plain: Bytes, chance: Bytes) -> Place:
    epoch, sequence = plain.varint(), plain.varint()
    if not (0 <= epoch < 1 << 31 and 1 <= sequence < 1 << 63):
        raise ValueError("no such place")
    return Place(UUID(bytes=chance.take(16)), epoch, sequence - 1, chance.take(_HASH))
