"""Frames: what goes in comes out, and what no writer writes is refused within bounds."""

from __future__ import annotations

import tracemalloc
from random import Random
from uuid import UUID

import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.journal import JournalError, SealedEntry, columns, frames
from openmidas.journal.clock import COUNTER_BITS
from openmidas.journal.columns import REMEMBERED
from openmidas.journal.dictionary import FORMAT, dictionary
from openmidas.journal.frames import WINDOW_BITS, FrameReader, FrameWriter
from openmidas.journal.grid import Grid
from openmidas.journal.segments import MAX_SEGMENT_BYTES, Segment, check_segment
from openmidas.journal.shapes import take_apart
from openmidas.journal.signing import Place
from openmidas.journal.wire import varint
from tests.support.writers import Pen

BOUND = 1024 * 1024
IDS = st.integers(0, 2**128 - 1).map(lambda number: str(UUID(int=number)))
LEAVES = st.none() | st.integers(0, 2**64 - 1) | st.text(max_size=12) | IDS | st.floats()
BODIES = st.fixed_dictionaries(
    {"kind": st.sampled_from(["a.b", "c.d"]), "content": st.lists(LEAVES, max_size=4)},
    optional={"at": st.integers(0, 2**48), "clock": st.integers(0, 2**64 - 1), "who": IDS},
).map(msgspec.msgpack.encode)


def written(*bodies: bytes) -> Pen:
    pen = Pen()
    for body in bodies:
        pen.write_raw(body)
    return pen


def frames_of(pen: Pen, size: int) -> list[bytes]:
    """The frames of one stream, so many entries in each."""
    writer = FrameWriter()
    runs = [
        pen.segment(at, min(at + size, len(pen.entries))) for at in range(0, len(pen.entries), size)
    ]
    return [writer.write(run.entries, run.head) for run in runs]


def read_all(frames: list[bytes]) -> list[SealedEntry]:
    reader = FrameReader(BOUND)
    return [entry for frame in frames for entry in reader.read(frame)[0]]


def frame_of(plain: bytes, chance: bytes = b"", length: int | None = None) -> bytes:
    """A frame around bytes of anybody's making."""
    small = zstandard.ZstdCompressionParameters.from_level(3, window_log=WINDOW_BITS)
    packer = zstandard.ZstdCompressor(compression_params=small, dict_data=dictionary())
    packing = packer.compressobj()
    packed = packing.compress(plain) + packing.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    said = len(plain) if length is None else length
    return bytes((FORMAT,)) + varint(said) + varint(len(packed)) + packed + chance


@settings(max_examples=200)
@given(st.lists(BODIES | st.binary(max_size=40), min_size=1, max_size=12), st.integers(1, 5))
def test_every_entry_comes_out_as_it_went_in(bodies: list[bytes], size: int) -> None:
    pen = written(*bodies)
    assert read_all(frames_of(pen, size)) == pen.entries


def test_so_it_does_where_a_body_tells_several_moments() -> None:
    """As the page of the format says: it takes none of them, and who is behind it takes them in turn."""
    bodies = [
        msgspec.msgpack.encode(body)
        for body in ({"at": 1000, "on": 1}, [{"at": 5}, {"at": 70}], {"at": 2000, "on": 2001})
    ]
    shapes = [take_apart(body)[0] for body in bodies]
    assert Grid(shapes).spread([1000, 5, 70, 2000]) == [1000, 0, 5]
    pen = written(*bodies)
    assert read_all(frames_of(pen, 3)) == pen.entries


def test_so_it_does_when_more_was_told_than_a_column_remembers() -> None:
    chance = Random(7)  # noqa: S311  repeatable
    names = [f"NAME {chance.randrange(3 * REMEMBERED)}" for _ in range(5 * REMEMBERED)]
    pen = written(*(msgspec.msgpack.encode({"name": name, "long": "x" * 300}) for name in names))
    assert read_all(frames_of(pen, 60)) == pen.entries


def test_bodies_that_are_left_out_leave_their_commitments() -> None:
    pen = written(*(msgspec.msgpack.encode({"at": number}) for number in range(6)))
    sealed = [entry.bare() if number % 2 else entry for number, entry in enumerate(pen.entries)]
    frame = FrameWriter().write(sealed, pen.segment().head)
    entries, head = FrameReader(BOUND).read(frame)
    assert list(entries) == sealed
    check_segment(Segment(entries, head), Place(pen.node, 1, 0, bytes(32)), pen.public_key)


def test_the_second_frame_of_a_stream_tells_less_than_the_first() -> None:
    start = 1_795_000_000_000
    bodies = [
        msgspec.msgpack.encode(
            {"at": start + number, "clock": start + number << COUNTER_BITS, "text": "as ever"}
        )
        for number in range(120)
    ]
    first, second = map(len, frames_of(written(*bodies), 60))
    assert second < first - 48  # 48: which journal it is and where the frame begins


@given(st.binary(max_size=300))
def test_rubbish_is_no_frame(raw: bytes) -> None:
    with pytest.raises(
        JournalError, match=r"segment\.(malformed|too_large|too_long|format_newer|format_older)"
    ):
        FrameReader(BOUND).read(raw)


@settings(max_examples=200)
@given(st.binary(max_size=60), st.binary(max_size=120))
def test_nor_is_rubbish_that_is_well_packed(plain: bytes, chance: bytes) -> None:
    with pytest.raises(JournalError, match=r"segment\.(malformed|too_long)"):
        FrameReader(BOUND).read(frame_of(plain, chance))


@settings(max_examples=300)
@given(st.data())
def test_a_frame_that_was_spoilt_is_refused_unless_it_says_the_same(data: st.DataObject) -> None:
    pen = written(*(msgspec.msgpack.encode({"at": 5, "name": str(n)}) for n in range(4)))
    frame = bytearray(frames_of(pen, 4)[0])
    at = data.draw(st.integers(0, len(frame) - 1))
    frame[at] ^= 1 << data.draw(st.integers(0, 7))
    before = Place(pen.node, 1, 0, bytes(32))
    try:
        segment = Segment(*FrameReader(BOUND).read(bytes(frame)))
        check_segment(segment, before, pen.public_key)
    except JournalError:
        return
    assert segment == pen.segment(), "a bit of the packing, not of what is packed"


@pytest.mark.parametrize("length", [BOUND + 1, BOUND * 64])
def test_a_bomb_is_refused_before_it_unfolds(length: int) -> None:
    with pytest.raises(JournalError, match=r"segment\.too_large"):
        FrameReader(BOUND).read(frame_of(bytes(length)))


def test_a_bomb_that_lies_about_its_size_is_stopped_as_it_unfolds() -> None:
    with pytest.raises(JournalError, match=r"segment\.malformed"):
        FrameReader(BOUND).read(frame_of(bytes(MAX_SEGMENT_BYTES * 16), length=BOUND))


def test_few_bytes_do_not_become_many_bodies() -> None:
    bodies = [msgspec.msgpack.encode({"text": "x" * 20_000})] * 100
    frame = frames_of(written(*bodies), 100)[0]
    assert len(frame) < 5000
    with pytest.raises(JournalError, match=r"segment\.too_large"):
        FrameReader(BOUND).read(frame)


def plain_of(count: int, shapes: bytes, columns: bytes) -> bytes:
    """The plain part of a frame that goes on from none: entries, the column of shapes, all others."""
    return b"\0" + varint(count) + b"\1\1" + shapes + columns


def one(leaf: bytes) -> bytes:
    """A column in which all rows have the same leaf."""
    return b"\0\0\0" + leaf


def nils(count: int) -> bytes:
    """The shape of a list, as a leaf."""
    return msgspec.msgpack.encode(msgspec.msgpack.encode([None] * count))


def test_a_long_leaf_that_is_told_a_thousand_times_is_weighed_before_it_is_written_out() -> None:
    """In 130 bytes on the wire, a body of a gigabyte."""
    leaf = msgspec.msgpack.encode(bytes(BOUND - 100_000))
    frame = frame_of(plain_of(1, one(nils(1000)), one(leaf)), bytes(48))
    assert len(frame) < 200
    tracemalloc.start()
    with pytest.raises(JournalError, match=r"segment\.too_large"):
        FrameReader(BOUND).read(frame)
    assert tracemalloc.get_traced_memory()[1] < 8 * BOUND
    tracemalloc.stop()


def test_few_bytes_do_not_become_many_leaves() -> None:
    numbers = b"\3" + b"\0" * 4_000_000
    for told in (numbers, one(b"\xc1\0")):
        frame = frame_of(plain_of(1000, one(nils(4000)), told), bytes(48))
        with pytest.raises(JournalError, match=r"so many leaves"):
            FrameReader(MAX_SEGMENT_BYTES).read(frame)


def test_nor_many_entries() -> None:
    with pytest.raises(JournalError, match=r"segment\.too_long"):
        FrameReader(BOUND, 2).read(frames_of(written(*[b"\x80"] * 3), 3)[0])


@pytest.mark.parametrize(
    "shape",
    [
        [None] * 5000,
        dict.fromkeys(map(str, range(2000)), None),
        {"k" * 1990: dict.fromkeys(range(1000), None)},  # short, but not the paths that it has
    ],
)
def test_nor_long_shapes(shape: object) -> None:
    told = msgspec.msgpack.encode(msgspec.msgpack.encode(shape))
    with pytest.raises(JournalError, match=r"a shape that is too long"):
        FrameReader(BOUND).read(frame_of(plain_of(1, one(told), b""), bytes(48)))
    body = msgspec.msgpack.encode(shape)
    assert read_all(frames_of(written(body), 1))[0].body == body, "such a body is carried whole"


def test_what_readers_do_not_take_apart_is_carried_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = [msgspec.msgpack.encode({f"k{number}": [1, 2, 3]}) for number in range(20)]
    for name, few in (("MOST_APART", 12), ("MOST_COLUMNS", 8)):
        with monkeypatch.context() as patch:
            patch.setattr(frames, name, few)
            pen = written(*bodies)
            assert read_all(frames_of(pen, 5)) == pen.entries


def test_writer_and_reader_remember_alike_when_there_is_no_more_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(columns, "MOST_REMEMBERED", 3000)
    chance = Random(3)  # noqa: S311  repeatable
    names = ["N" * chance.randrange(1, 120) + str(chance.randrange(30)) for _ in range(600)]
    pen = written(*(msgspec.msgpack.encode({"a": name, "b": name[:9]}) for name in names))
    assert read_all(frames_of(pen, 20)) == pen.entries


def test_a_frame_that_goes_on_needs_the_one_before() -> None:
    pen = written(b"\x80", b"\x80")
    first, second = frames_of(pen, 1)
    with pytest.raises(JournalError, match=r"segment\.malformed"):
        FrameReader(BOUND).read(second)
    reader = FrameReader(BOUND)
    reader.read(first)
    assert reader.read(second)[0] == (pen.entries[1],)
