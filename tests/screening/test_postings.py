"""Postings: what stands under a key is found, and of the rest as little as the bits allow."""

from __future__ import annotations

import numpy as np
import pytest

from openmidas.documents import PartialDate
from openmidas.screening.compiled import keys
from openmidas.screening.compiled.asking import Half, Least, Scale, Sounds, ask
from openmidas.screening.compiled.postings import (
    Postings,
    bits_for,
    laid_down,
    posted,
    width_for,
)
from openmidas.screening.compiled.vocabulary import Near
from openmidas.screening.compiled.weighing import weigh
from openmidas.screening.weights import shipped_weights

SCALE = Scale(shipped_weights())


def laid(under: keys.Keys, numbers: list[int], width: int) -> Postings:
    bits = bits_for(len(under))
    buckets, values = laid_down(np.sort(posted(under, np.array(numbers))), bits, width)
    ends = np.cumsum(np.bincount(buckets, minlength=2**bits))
    return Postings(np.concatenate([[0], ends]).astype("<u4"), values, bits, width)


@pytest.mark.parametrize("width", [1, 12, 20, 24])
def test_all_that_stands_under_a_key_is_found(width: int) -> None:
    under = keys.mixed(np.arange(2000, dtype=np.uint64))
    numbers = [at % 2**width for at in range(2000)]
    postings = laid(under, numbers, width)
    for at in range(0, 2000, 97):
        assert numbers[at] in postings.find(under[at : at + 1], 100).numbers.tolist()


def test_the_fewer_bits_a_number_takes_the_less_is_met_by_chance() -> None:
    under = keys.mixed(np.arange(40_000, dtype=np.uint64))
    others = keys.mixed(np.arange(40_000, 80_000, dtype=np.uint64))
    numbers = [at % 1000 for at in range(40_000)]
    met = [len(laid(under, numbers, width).find(others, 10**9).numbers) for width in (24, 20)]
    assert met[1] < met[0] / 8


def test_numbers_take_as_many_bits_as_the_largest() -> None:
    assert [width_for(count) for count in (0, 1, 2, 3, 1_000_000, 2**24)] == [1, 1, 1, 2, 20, 24]


def sounds(*halves: Half) -> Sounds:
    """The word with bit 1 has two sounds, the other one; and the halves."""
    one = Near(np.array([11, 12], np.uint64), np.array([keys.SAME_SOUND, keys.SLIP]))
    other = Near(np.array([21], np.uint64), np.array([keys.SAME_NAME]))
    return Sounds.of([(one, 0b01), (other, 0b10)], list(halves))


def test_a_name_is_looked_up_by_two_of_its_words_or_one_and_the_birth() -> None:
    asked = ask(sounds(), [8.0, 8.0], PartialDate(1971, 3, 14), SCALE)
    pairs, singles = 2, 3
    assert asked.worth.shape == (2, len(asked.keys)) == (2, 2 * pairs + 4 * singles)
    assert (asked.worth[:, : 2 * pairs] > 0).all()
    assert np.count_nonzero(asked.worth[:, 2 * pairs :]) == 4 * singles


def test_names_that_are_too_common_to_matter_are_not_looked_up() -> None:
    asked = ask(sounds(), [8.0, 8.0], PartialDate(1971), SCALE, Least(born=20.0, unborn=0.0))
    assert len(asked.keys) == 2 + 3 * 3
    assert len(ask(sounds(), [8.0, 8.0], PartialDate(1971), SCALE, Least(20.0, 20.0)).keys) == 3 * 3


def test_half_a_word_is_worth_nothing_and_both_halves_the_word() -> None:
    halves = Half(31, 0b01, 1), Half(32, 0b01, 1)
    asked = ask(sounds(*halves), [8.0, 8.0], None, SCALE, Least(99.0, 99.0))
    pair, unborn, *singles = asked.worth.T.tolist()
    assert pair == unborn
    assert pair[0] > 0 == pair[1]
    assert singles[3:5] == [[0.0, 0.0], [0.0, 0.0]]


def test_each_word_counts_once_as_the_best_of_what_met_it() -> None:
    asked = ask(sounds(), [8.0, 8.0], None, SCALE)
    under = np.array([len(asked.keys) - 3, len(asked.keys) - 2, len(asked.keys) - 1])
    postings = laid(asked.keys[under], [7, 7, 9], 4)
    met = weigh(postings.find(asked.keys, 100), asked)
    best = asked.worth[:, under].max(axis=1)
    assert met.listings.tolist() == [7, 9]
    assert met.words.tolist() == [1, 1]
    assert met.weight.tolist() == pytest.approx([best[0], best[1]])
