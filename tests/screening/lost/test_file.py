"""The file of an edition: what is put in is found, what is not is not, what is broken says so."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.screening.lost import (
    LostError,
    LostFile,
    LostNumbers,
    LostRow,
    Reason,
    blocks,
    build,
    can_look,
    file_digest,
    layout,
    runs,
    written,
)
from openmidas.screening.lost.building import Built
from openmidas.screening.lost.keys import HASH_BITS, number_hash
from openmidas.screening.lost.reasons import month_number
from openmidas.screening.lost.rows import SORTS

KEY = bytes(range(32))
MARCH = month_number(date(2019, 3, 1))


def row(number: str, reason: Reason = Reason.STOLEN, month: int = MARCH, **more: object) -> LostRow:
    return LostRow("MLI", ("passport",), number, False, reason, month)._replace(**more)


def many(count: int) -> list[LostRow]:
    return [row(f"A{number:07}", month=1 + number % 300) for number in range(count)]


def opened(path: Path) -> LostNumbers:
    return LostNumbers(LostFile(path, KEY), KEY)


def ask_all(numbers: LostNumbers) -> None:
    for number in range(2000):
        numbers.look("MLI", "P", f"A{number:07}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "edition.lost"


def made(path: Path, count: int = 2000) -> Built:
    return build(path, KEY, many(count))


def test_all_that_is_put_in_is_found_and_nothing_else(path: Path) -> None:
    built = made(path, 5000)
    numbers = opened(path)
    for number in range(0, 5000, 7):
        match = numbers.look("MLI", "P", f"A{number:07}")
        assert match is not None
        assert match.reason is Reason.STOLEN
        assert match.first == match.last != ""
    assert all(numbers.look("MLI", "P", f"A{number:07}") is None for number in range(5000, 6000))
    assert (built.entries, built.twice, built.exact) == (5000, 0, True)
    assert file_digest(path) == built.digest
    assert path.stat().st_size == built.size


def test_issuer_and_kind_are_part_of_what_is_looked_up(path: Path) -> None:
    build(path, KEY, [row("A1234567"), row("B1234567", sorts=SORTS)])
    numbers = opened(path)
    assert numbers.look("GIN", "P", "A1234567") is None
    assert numbers.look("MLI", "ID", "A1234567") is None
    for code in ("PD", "ID", "V", "AC", "IR", "", "O"):
        assert numbers.look("MLI", code, "B1234567") is not None
    assert numbers.look("MLI", "", "A1234567") is not None, "a kind that is not known is every kind"


@pytest.mark.parametrize(
    ("listed", "shown", "writing"),
    [
        ("A2345678", "a 234-5678", "same"),
        ("A2045678", "A2O45678", "alike"),
        ("A2O45678", "A2045678", "alike"),
        ("A2O45678", "A2O45678", "perhaps_alike"),
        ("0023456", "23456", "alike"),
        ("23456", "23456", "same"),
    ],
)
def test_a_match_says_how_alike_the_writing_is(
    path: Path, listed: str, shown: str, writing: str
) -> None:
    plain = written(listed)
    assert plain is not None
    build(path, KEY, [row(plain.number, altered=plain.altered)])
    match = opened(path).look("MLI", "P", shown)
    assert match is not None
    assert match.writing == writing


def test_of_what_is_listed_twice_the_gravest_counts_then_the_latest(path: Path) -> None:
    rows = [row("A1234567", Reason.LOST, 200), row("A1234567", month=90), row("A1234567", month=95)]
    assert build(path, KEY, rows).twice == 2
    match = opened(path).look("MLI", "P", "A1234567")
    assert match is not None
    assert (match.reason, match.first) == (Reason.STOLEN, "2007-11")


def test_rows_that_take_off_are_not_in_an_edition(path: Path) -> None:
    assert build(path, KEY, [row("A1234567", removed=True)]).entries == 0
    assert opened(path).look("MLI", "P", "A1234567") is None


def test_what_cannot_be_looked_up_is_known_beforehand(path: Path) -> None:
    assert not can_look("", "A1234567")
    assert not can_look("MLI", "A12")
    assert can_look("MLI", "A1234567")
    made(path, 10)
    assert opened(path).look("", "P", "A0000001") is None


def test_the_same_rows_in_any_order_and_runs_make_the_same_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = made(path).digest
    monkeypatch.setattr(runs, "RUN_RECORDS", 300)
    assert build(path, KEY, reversed(many(2000))).digest == digest


def test_another_key_makes_a_file_that_has_nothing_in_common(path: Path) -> None:
    build(path, KEY, many(300))
    ours = next(LostFile(path, KEY).records())
    build(path, bytes(32), many(300))
    theirs = next(LostFile(path, bytes(32)).records())
    assert not set((ours >> np.uint64(13)).tolist()) & set((theirs >> np.uint64(13)).tolist())
    with pytest.raises(LostError) as refused:
        LostFile(path, KEY)
    assert refused.value.code == "other_key"


def test_no_number_and_no_state_stands_in_the_file(path: Path) -> None:
    made(path)
    data = path.read_bytes()
    assert b"A0000" not in data
    assert b"MLI" not in data
    assert KEY not in data


def test_months_are_put_together_where_the_file_would_be_too_large(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "AT_BEST_BYTES", 1)
    rows = [
        *many(3000),
        row("B1234567", Reason.LOST, 0),
        row("B1234568", Reason.REVOKED),
    ]
    built = build(path, KEY, rows)
    assert not built.exact
    file = LostFile(path, KEY)
    assert file.header.class_bits == 5
    assert len(file.header.classes) <= 32
    numbers = LostNumbers(file, KEY)
    match = numbers.look("MLI", "P", "A0000230")
    assert match is not None
    assert match.first < "2019-03" < match.last, "of month 231, which is March 2019"
    untold = numbers.look("MLI", "P", "B1234567")
    assert untold is not None
    assert (untold.reason, untold.first, untold.last) == (Reason.LOST, "", "")
    revoked = numbers.look("MLI", "P", "B1234568")
    assert revoked is not None
    assert (revoked.reason, revoked.first, revoked.last) == (Reason.REVOKED, "2019-03", "2019-03")


def test_much_at_once_is_answered_as_one_by_one(path: Path) -> None:
    made(path)
    file = LostFile(path, KEY)
    asked = [number_hash(KEY, "MLI", "passport", f"A{n:07}") for n in range(1500, 2500)]
    hashes = np.sort(np.array(asked, np.uint64))
    assert file.holds(hashes).tolist() == [file.find(int(hash)) is not None for hash in hashes]
    assert int(file.holds(hashes).sum()) == 500


def test_a_hundred_million_fit_with_room_for_the_reason() -> None:
    """By the arithmetic that the file is laid out with; the benchmark makes it."""
    more = layout.class_bits(100_000_000, 2600)
    bits = layout.block_bits(100_000_000)
    shape = blocks.Shape(HASH_BITS - bits, layout.low_bits(100_000_000, bits), more)
    assert more == 5
    assert sum(layout.file_parts(100_000_000, bits, shape)) <= 350_000_000


@given(st.sets(st.integers(0, 2**29 - 1), max_size=60), st.integers(14, 29), st.integers(0, 13))
def test_a_block_gives_back_what_was_put_in(values: set[int], low: int, more: int) -> None:
    shape = blocks.Shape(29, low, more)
    ordered = np.array(sorted(values), np.uint64)
    told = ordered % np.uint64(1 << more)
    block = blocks.encode(ordered, told, shape)
    assert len(block) == shape.bytes(len(ordered))
    back, also = blocks.decode(block, len(ordered), shape)
    assert back.tolist() == ordered.tolist()
    assert also.tolist() == told.tolist()
    for value in [*values, 0, 5, 2**29 - 1]:
        expected = value % (1 << more) if value in values else None
        assert blocks.find(block, len(ordered), shape, value) == expected


class TestBroken:
    """Whatever lies there under the name of an edition gives a clear error, and never "not listed"."""

    @pytest.mark.parametrize("kept", [0, 3, 8, 9, 500, -1, -12, -20])
    def test_a_file_that_ends_early(self, path: Path, kept: int) -> None:
        made(path)
        path.write_bytes(path.read_bytes()[:kept])
        with pytest.raises(LostError) as refused:
            LostFile(path, KEY)
        assert refused.value.code in ("truncated", "not_lost_numbers")

    def test_another_file(self, path: Path) -> None:
        path.write_bytes(b"number;type;issuer\n" * 100)
        with pytest.raises(LostError) as refused:
            LostFile(path, KEY)
        assert refused.value.code == "not_lost_numbers"

    def test_a_newer_version(self, path: Path) -> None:
        made(path)
        data = bytearray(path.read_bytes())
        data[6] = 9
        path.write_bytes(data)
        with pytest.raises(LostError) as refused:
            LostFile(path, KEY)
        assert refused.value.params == {"version": "9", "known": "1"}

    def test_a_block_that_the_disk_has_lost(self, path: Path) -> None:
        made(path)
        with path.open("r+b") as file:
            file.seek(layout.START_BYTES)
            file.write(b"\0" * 2000)
        numbers = opened(path)
        with pytest.raises(LostError) as refused:
            ask_all(numbers)
        assert refused.value.params == {"detail": "checksum"}

    @pytest.mark.parametrize(
        "change",
        [
            {"entries": 500_000_000},
            {"entries": 1999},
            {"block_bits": 20},
            {"block_bits": 0},
            {"low": 0},
            {"low": 47},
            {"class_bits": 0},
            {"class_bits": 13},
            {"classes": ()},
        ],
    )
    def test_a_header_that_says_something_else(self, path: Path, change: dict[str, object]) -> None:
        made(path)
        header = LostFile(path, KEY).header
        data = path.read_bytes()
        old = msgspec.msgpack.encode(header)
        new = msgspec.msgpack.encode(msgspec.structs.replace(header, **change))
        body = data[: -layout.TAIL_BYTES - len(old)]
        path.write_bytes(body + new + len(new).to_bytes(4, "little") + layout.END)
        with pytest.raises(LostError):
            ask_all(opened(path))

    @given(st.binary(max_size=300))
    def test_anything_between_beginning_and_end(self, middle: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x"
            path.write_bytes(layout.MAGIC + b"\1\0" + middle + layout.END)
            with pytest.raises(LostError):
                LostFile(path, KEY)

    def test_a_source_that_fails_leaves_the_file_before(self, path: Path) -> None:
        digest = made(path).digest

        def failing() -> object:
            yield row("A1234567")
            raise OSError("the stick was pulled out")

        with pytest.raises(OSError, match="stick"):
            build(path, KEY, failing())  # type: ignore[arg-type]
        assert file_digest(path) == digest
        assert list(path.parent.iterdir()) == [path]
