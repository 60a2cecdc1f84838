"""Times as bits: each slot once, whatever the spans are cut into."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from openmidas.nodes import slots

MAY = date(2026, 5, 1)
JUNE = date(2026, 6, 1)


def at(day: int, hour: int, minute: int = 0, month: int = 5) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)  # Bamako's time is universal time


def minutes(month: date, start: datetime, end: datetime) -> int:
    return slots.span_in(month, start, end).bit_count() * 5


def test_a_span_has_the_slots_whose_middle_it_covers() -> None:
    assert minutes(MAY, at(1, 0), at(1, 1)) == 60
    assert minutes(MAY, at(3, 7, 2), at(3, 7, 3)) == 5
    assert minutes(MAY, at(3, 7, 3), at(3, 7, 7)) == 0
    assert minutes(MAY, at(3, 7), at(3, 7)) == 0


def test_spans_that_follow_one_another_have_each_slot_once() -> None:
    whole = slots.span_in(MAY, at(4, 6), at(4, 18))
    cuts = [at(4, 6) + timedelta(minutes=41 * step) for step in range(18)]
    parts = [
        slots.span_in(MAY, start, end)
        for start, end in zip(cuts, [*cuts[1:], at(4, 18)], strict=True)
    ]
    together = 0
    for part in parts:
        assert together & part == 0
        together |= part
    assert together == whole


def test_a_span_over_the_end_of_a_month_is_told_in_both() -> None:
    start, end = at(31, 22), at(1, 3, month=6)
    assert list(slots.months_of(start, end)) == [MAY, JUNE]
    assert minutes(MAY, start, end) == 2 * 60
    assert minutes(JUNE, start, end) == 3 * 60


def test_bits_are_stored_and_read_again() -> None:
    bits = slots.span_in(MAY, at(1, 0), at(31, 23, 59))
    assert slots.from_bytes(slots.to_bytes(bits, MAY)) == bits
    assert len(slots.to_bytes(0, MAY)) == 31 * 36
