"""Numbers are found in a sorted array wherever they stand, and nothing else is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.screening.places import Places

NUMBERS = st.integers(0, 2**32 - 1)


@given(
    st.lists(st.one_of(NUMBERS, st.sampled_from((0, 7, 2**31, 2**32 - 1))), max_size=60), NUMBERS
)
def test_every_place_of_a_number_is_found(numbers: list[int], other: int) -> None:
    laid = np.array(sorted(numbers), dtype=np.uint32)
    places = Places(laid, 32)
    for wanted in {*numbers, other, 0, 2**32 - 1}:
        assert places.all(wanted) == np.flatnonzero(laid == wanted).tolist()


@pytest.mark.parametrize("count", [1, 3, 5000])
def test_numbers_may_have_64_bits(count: int) -> None:
    laid = np.arange(count, dtype=np.uint64) * np.uint64(2**64 // count - 1)
    places = Places(laid, 64)
    assert [places.all(number) for number in laid.tolist()] == [[at] for at in range(count)]
    assert places.all(2**64 - 1) == []
