"""How a hit's fields compare is told in words for every way that screening knows."""

from __future__ import annotations

from typing import get_args

from openmidas.crossings.words import COMPARED
from openmidas.screening import How


def test_every_way_has_its_word() -> None:
    assert set(COMPARED) == set(get_args(How))
