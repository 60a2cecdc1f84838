"""The emulated line as a pure value: when packets arrive, and which of them do not."""

from __future__ import annotations

from itertools import groupby

import pytest

from bench.exchange.shaping import Direction, Loss, Shape

RATE = 64_000
KILOBYTE = bytes(1000)
SECONDS_EACH = 8_000 / RATE
"""What a thousand bytes take on such a line."""


def numbered(number: int) -> bytes:
    return number.to_bytes(4, "big") + bytes(96)


def fates(direction: Direction, count: int, gap: float) -> list[bool]:
    """Which of so many packets, one every ``gap`` seconds, arrive."""
    for number in range(count):
        direction.offer(numbered(number), number * gap)
    arrived = {int.from_bytes(packet[:4], "big") for packet in direction.due(count * gap + 60)}
    return [number in arrived for number in range(count)]


def test_packets_take_their_time_on_the_line_and_then_the_delay() -> None:
    direction = Direction(Shape(rate=RATE, delay=0.3), "seed")
    assert direction.next_due() is None
    for _ in range(3):
        assert direction.offer(KILOBYTE, 10.0)
    for place in (1, 2, 3):
        due = direction.next_due() or 0.0
        assert due == pytest.approx(10.0 + place * SECONDS_EACH + 0.3)
        assert direction.due(due - 0.001) == []
        assert direction.due(due) == [KILOBYTE]


def test_a_line_that_was_idle_does_not_save_up() -> None:
    direction = Direction(Shape(rate=RATE), "seed")
    direction.offer(KILOBYTE, 0.0)
    direction.offer(KILOBYTE, 100.0)
    direction.due(50.0)
    assert direction.next_due() == pytest.approx(100.0 + SECONDS_EACH)


def test_what_does_not_fit_into_the_queue_is_dropped_until_there_is_room() -> None:
    direction = Direction(Shape(rate=RATE, queue=3 * SECONDS_EACH), "seed")
    assert [direction.offer(KILOBYTE, 0.0) for _ in range(4)] == [True, True, True, False]
    assert direction.offer(KILOBYTE, SECONDS_EACH)
    counts = direction.counts
    assert (counts.offered.packets, counts.sent.packets, counts.dropped.packets) == (5, 4, 1)
    assert (counts.offered.bytes, counts.sent.bytes, counts.dropped.bytes) == (5000, 4000, 1000)


def test_a_packet_larger_than_the_queue_passes_when_nothing_else_waits() -> None:
    direction = Direction(Shape(rate=RATE, queue=0.001), "seed")
    assert direction.offer(KILOBYTE, 0.0)
    assert not direction.offer(KILOBYTE, 0.0)


def test_jitter_delays_and_never_reorders() -> None:
    shape = Shape(rate=10**7, delay=0.1, jitter=0.2)
    direction = Direction(shape, "seed")
    arrivals = []
    for number in range(500):
        direction.offer(numbered(number), number * 0.01)
    while (due := direction.next_due()) is not None:
        arrivals += [(due, packet) for packet in direction.due(due)]
    assert [packet for _, packet in arrivals] == [numbered(number) for number in range(500)]
    late = [due - number * 0.01 for number, (due, _) in enumerate(arrivals)]
    assert min(late) >= 0.1
    assert 0.25 < max(late) < 0.31


def test_random_loss_comes_from_the_seed() -> None:
    shape = Shape(loss=Loss(share=0.2))
    one, again, other = (fates(Direction(shape, seed), 5000, 0.01) for seed in ("a", "a", "b"))
    assert one == again
    assert one != other
    assert one.count(False) / 5000 == pytest.approx(0.2, abs=0.02)


def test_what_is_lost_was_sent_all_the_same() -> None:
    direction = Direction(Shape(rate=RATE, loss=Loss(share=1.0)), "seed")
    for _ in range(2):
        direction.offer(KILOBYTE, 0.0)
    assert direction.due(100.0) == []
    assert direction.counts.sent.bytes == 2000
    assert direction.counts.passed.packets == 0


def test_bursts_lose_as_much_but_together() -> None:
    random, bursty = (Loss(share=0.1, burst=burst) for burst in (0.0, 1.0))
    apart = fates(Direction(Shape(loss=random), "seed"), 50_000, 0.1)
    together = fates(Direction(Shape(loss=bursty), "seed"), 50_000, 0.1)
    assert together.count(False) / 50_000 == pytest.approx(0.1, abs=0.02)
    assert mean_run(together) > 5 * mean_run(apart)


def test_a_burst_ends_by_itself_also_while_nobody_sends() -> None:
    shape = Shape(loss=Loss(share=0.3, burst=1.0))
    often = fates(Direction(shape, "seed"), 6000, 0.01)
    seldom = fates(Direction(shape, "seed"), 60, 1.0)
    assert seldom == often[::100], "the same moments are bad, however much is sent"
    assert set(seldom) == {True, False}


def test_a_cut_loses_what_is_under_way_and_takes_nothing_until_mended() -> None:
    direction = Direction(Shape(rate=RATE, delay=1.0), "seed")
    direction.offer(KILOBYTE, 0.0)
    direction.cut()
    assert not direction.offer(KILOBYTE, 0.5)
    direction.mend()
    assert direction.offer(KILOBYTE, 2.0)
    assert direction.due(1.9) == []
    assert direction.next_due() == pytest.approx(3.0 + SECONDS_EACH)
    before = direction.counts
    assert direction.due(10.0) == [KILOBYTE]
    assert direction.counts.since(before).passed.bytes == 1000


def mean_run(arrived: list[bool]) -> float:
    """How many packets in a row are lost, on the average."""
    runs = [len(list(group)) for passed, group in groupby(arrived) if not passed]
    return sum(runs) / len(runs)
