"""One plate, however it is written."""

from __future__ import annotations

import pytest

from openmidas.crossings.conveyances.plates import plate_key


@pytest.mark.parametrize(
    ("plate", "key"),
    [
        ("AB-1234-RM", "AB1234RM"),
        (" ab 1234 rm ", "AB1234RM"),
        ("\uff21\uff22 1234", "AB1234"),
        ("\u0623 1234", "\u06231234"),
        (" - ", ""),
        ("\u00df" * 20, "S" * 20),
    ],
)
def test_a_plate_is_its_letters_and_figures(plate: str, key: str) -> None:
    assert plate_key(plate) == key
