"""Why a listing meets people whom it does not mean."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from openmidas.cases.figures.weaknesses import Weakness, weaknesses
from openmidas.cases.figures.wording import PROPOSALS
from openmidas.screening import ListedBirth, ListedDocument, ListedName, Listing, shipped_lexicon

DAY = ListedBirth(date(1974, 3, 12), date(1974, 3, 12), "1974-03-12")
YEAR = ListedBirth(date(1974, 1, 1), date(1974, 12, 31), "1974")
WHOLE: dict[str, Any] = {
    "id": "X.1",
    "kind": "person",
    "names": (ListedName("Onivogui ZOUMANIGUI KPOGHOMOU"),),
    "births": (DAY,),
    "nationalities": ("GIN",),
    "documents": (ListedDocument("passport", "AA1234567", "GIN", ""),),
}


def test_a_listing_that_says_all_has_none() -> None:
    assert list(weaknesses(Listing(**WHOLE), shipped_lexicon())) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"births": ()}, Weakness.NO_BIRTH),
        ({"births": (YEAR,)}, Weakness.YEAR_ONLY),
        ({"names": (ListedName("ZOUMANIGUI"),)}, Weakness.SINGLE_NAME),
        ({"names": (ListedName("Mamadou DIALLO"),)}, Weakness.COMMON_NAME),
        ({"names": WHOLE["names"] * 11}, Weakness.MANY_NAMES),
        ({"documents": ()}, Weakness.NO_DOCUMENT),
        ({"nationalities": ()}, Weakness.NO_NATIONALITY),
    ],
)
def test_what_it_leaves_unsaid_is_told(changes: dict[str, Any], expected: Weakness) -> None:
    assert list(weaknesses(Listing(**{**WHOLE, **changes}), shipped_lexicon())) == [expected]


def test_a_year_beside_a_day_is_no_weakness() -> None:
    both = Listing(**{**WHOLE, "births": (YEAR, DAY)})
    assert list(weaknesses(both, shipped_lexicon())) == []


def test_each_has_a_proposal() -> None:
    assert set(PROPOSALS) == set(Weakness)
