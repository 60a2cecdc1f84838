"""Counted first, registered later: sums in which nobody stands twice and nobody is missing."""

from __future__ import annotations

import pytest

from openmidas.displacements.arithmetic import Balance, balance, left


@pytest.mark.parametrize(
    ("counted", "registered", "to_register", "beyond", "people"),
    [(900, 0, 900, 0, 900), (900, 300, 600, 0, 900), (5, 5, 0, 0, 5), (5, 8, 0, 3, 8)],
)
def test_the_larger_of_both_is_how_many_there_are(
    counted: int, registered: int, to_register: int, beyond: int, people: int
) -> None:
    found = balance(counted, registered)
    assert (found.to_register, found.beyond, found.people) == (to_register, beyond, people)


def test_too_many_of_one_displacement_do_not_hide_what_another_lacks() -> None:
    both = balance(5, 8) + balance(10, 2)
    assert both == Balance(counted=15, registered=10, to_register=8, beyond=3)
    assert both.people == 18


@pytest.mark.parametrize("registered", [0, 1, 30, 31, 50, 60, 1000])
def test_what_is_left_of_each_count_makes_what_is_left_of_all(registered: int) -> None:
    counts = [30, 20, 10]
    remaining = left(counts, registered)
    assert sum(remaining) == balance(sum(counts), registered).to_register
    assert all(0 <= still <= number for still, number in zip(remaining, counts, strict=True))


def test_the_oldest_counts_are_registered_first() -> None:
    assert left([30, 20, 10], 35) == [0, 15, 10]
