"""What changes since an edition: laid over its file, in order, and folded into the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.screening.lost import (
    Changes,
    LostError,
    LostFile,
    LostNumbers,
    LostRow,
    Overlay,
    Reason,
    build,
    layout,
    make_changes,
)
from tests.screening.lost.test_file import KEY, many, row

BASE = "ab" * 32


def listed(numbers: LostNumbers, *asked: str) -> list[str]:
    return [number for number in asked if numbers.look("MLI", "P", number) is not None]


def over(path: Path, *days: list[LostRow]) -> LostNumbers:
    overlay = Overlay.none()
    for number, rows in enumerate(days, start=1):
        sent = make_changes(KEY, BASE, number, rows).encode()
        overlay = overlay.after(Changes.decode(sent), KEY, BASE)
    return LostNumbers(LostFile(path, KEY), KEY, overlay)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "edition.lost"
    build(path, KEY, many(1000))
    return path


def test_the_last_word_on_a_number_counts(path: Path) -> None:
    old, new = "A0000001", "Z7654321"
    off = row(old, removed=True)
    assert listed(over(path), old, new) == [old]
    assert listed(over(path, [off, row(new)]), old, new) == [new]
    assert listed(over(path, [off, row(new)], [row(old)]), old, new) == [old, new]
    assert listed(over(path, [row(new)], [row(new, removed=True)]), old, new) == [old]
    assert listed(over(path, [off, row(old)]), old) == [old], "within one day as well"


def test_what_is_put_on_is_told_exactly(path: Path) -> None:
    numbers = over(
        path, [row("A0000001", Reason.REVOKED, 300)], [row("A0000001", Reason.LOST, 301)]
    )
    match = numbers.look("MLI", "P", "A0000001")
    assert match is not None
    assert (match.reason, match.first) == (Reason.LOST, "2025-01")


def test_a_day_is_small() -> None:
    rows = [row(f"B{n:07}") for n in range(20_000)] + [
        row(f"A{n:07}", removed=True) for n in range(5_000)
    ]
    assert len(make_changes(KEY, BASE, 1, rows).encode()) < 201_000


@pytest.mark.parametrize(
    ("key", "base", "number", "code"),
    [
        (bytes(32), BASE, 1, "other_key"),
        (KEY, "cd" * 32, 1, "other_base"),
        (KEY, BASE, 2, "other_base"),
    ],
)
def test_changes_of_something_else_are_refused(
    key: bytes, base: str, number: int, code: str
) -> None:
    with pytest.raises(LostError) as refused:
        Overlay.none().after(make_changes(key, base, number, [row("A1234567")]), KEY, BASE)
    assert refused.value.code == code


@given(st.data())
def test_bytes_that_were_cut_or_changed_are_refused_or_read_as_they_are(
    data: st.DataObject,
) -> None:
    whole = make_changes(KEY, BASE, 1, many(5)).encode()
    end = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(LostError):
        Changes.decode(whole[:end])
    with pytest.raises(LostError):
        Changes.decode(whole + b"\0" * 8)


def test_a_header_that_promises_more_takes_no_memory() -> None:
    whole = make_changes(KEY, BASE, 1, many(5)).encode()
    with pytest.raises(LostError):
        Changes.decode(whole[:8] + (2**32 - 1).to_bytes(4, "little") + whole[12:])


def test_too_much_for_one_day_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from openmidas.screening.lost import changes

    monkeypatch.setattr(changes, "MOST_CHANGES", 10)
    with pytest.raises(LostError) as refused:
        make_changes(KEY, BASE, 1, many(11))
    assert refused.value.code == "too_large"


def test_folding_makes_a_file_that_answers_as_file_and_changes_did(
    path: Path, tmp_path: Path
) -> None:
    numbers = over(path, [row("Z7654321", Reason.LOST, 310), row("A0000001", removed=True)])
    folded = tmp_path / "next.lost"
    assert numbers.fold(folded).entries == 1000
    after = LostNumbers(LostFile(folded, KEY), KEY)
    for number in ("Z7654321", "A0000001", *(f"A{n:07}" for n in range(2, 1100, 13))):
        assert after.look("MLI", "P", number) == numbers.look("MLI", "P", number)


def test_classes_go_on_meaning_what_they_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "AT_BEST_BYTES", 1)
    path, folded = tmp_path / "a.lost", tmp_path / "b.lost"
    build(path, KEY, many(2000))
    numbers = over(path, [row("Z7654321", month=400), row("Z7654322", Reason.OTHER, 5)])
    before = {n: numbers.look("MLI", "P", f"A{n:07}") for n in range(0, 2000, 31)}
    numbers.fold(folded)
    after = LostNumbers(LostFile(folded, KEY), KEY)
    for n, match in before.items():
        again = after.look("MLI", "P", f"A{n:07}")
        assert match is not None
        assert again is not None
        assert again.first <= match.first <= match.last <= again.last
        assert again.reason == match.reason
    late = after.look("MLI", "P", "Z7654321")
    assert late is not None
    assert late.first <= "2033-04" <= late.last
    assert listed(after, "Z7654322") == ["Z7654322"]
