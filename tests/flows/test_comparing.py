"""The words for a difference agree with its sign, in every language, for every number."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from openmidas.flows.comparing import Trend, change
from openmidas.flows.wording import word_change

NUMBERS = st.integers(0, 10**7)
MORE = {"en": "more than", "fr": "de plus que"}
FEWER = {"en": "fewer than", "fr": "de moins que"}
SAME = {"en": "as many as", "fr": "autant que"}
NOTHING = {"en": "nothing to compare with", "fr": "rien à comparer"}


@pytest.mark.parametrize("language", ["en", "fr"])
@given(before=NUMBERS, now=NUMBERS, days=st.integers(1, 400))
@example(before=1000, now=999, days=1)
@example(before=1000, now=1, days=7)
@example(before=999, now=1000, days=30)
@example(before=1, now=10**7, days=30)
def test_the_words_agree_with_the_sign(language: str, before: int, now: int, days: int) -> None:
    with override(language):
        said = word_change(change(before, now), days)
    right = NOTHING if not before else MORE if now > before else FEWER if now < before else SAME
    told = [words for words in (MORE, FEWER, SAME, NOTHING) if words[language] in said]
    assert told == [right]
    assert "-" not in said
    assert not said.startswith("0")


@given(before=st.integers(1, 10**7), now=NUMBERS)
def test_the_percentage_is_the_difference_to_half_a_per_cent(before: int, now: int) -> None:
    found = change(before, now)
    exact = abs(now - before) / before * 100
    if found.trend is Trend.FEWER and now and exact > 99:
        assert found.percent == 99
    else:
        assert abs(found.percent - exact) <= 0.5 + 1e-9
    assert (found.percent == 100) >= (now == 0)
    assert not (found.trend is Trend.FEWER and now and found.percent == 100)


@pytest.mark.parametrize(
    ("before", "now", "days", "english", "french"),
    [
        (552, 618, 7, "12 % more than in the 7 days before (552 → 618)",
         "12 % de plus que pendant les 7 jours précédents (552 → 618)"),
        (4, 3, 1, "25 % fewer than on the day before (4 → 3)",
         "25 % de moins que la veille (4 → 3)"),
        (5, 5, 2, "as many as in the 2 days before (5)",
         "autant que pendant les 2 jours précédents (5)"),
        (1000, 1001, 1, "less than 1 % more than on the day before (1,000 → 1,001)",
         "moins de 1 % de plus que la veille (1 000 → 1 001)"),
        (None, 3, 1, "nothing to compare with: no crossing is known of the day before",
         "rien à comparer : aucun franchissement n’est connu de la veille"),
        (0, 3, 30, "nothing to compare with: no crossing is known of the 30 days before",
         "rien à comparer : aucun franchissement n’est connu des 30 jours précédents"),
    ],
)  # fmt: skip
def test_the_sentences(before: int | None, now: int, days: int, english: str, french: str) -> None:
    for language, expected in (("en", english), ("fr", french)):
        with override(language):
            said = word_change(change(before, now), days)
        assert said.replace("\u202f", " ").replace("\xa0", " ") == expected
