"""Plates, as they are compared: one bus is written with spaces here and with hyphens there."""

from __future__ import annotations

import unicodedata
from itertools import product

from openmidas.crossings.conveyances.limits import PLATE

_MOST_DOUBTFUL = 7
"""Letters O and zeros: each of them doubles the spellings."""


def plate_key(plate: str) -> str:
    """The letters and figures of a plate alone, in capitals; "" where there are none."""
    written = unicodedata.normalize("NFKC", plate).upper()
    return "".join(sign for sign in written if sign.isalnum())[:PLATE]


def plate_spellings(plate: str) -> list[str]:
    """The keys that a plate may be found by: O and 0 are told apart by nobody who writes one down.

    Of a plate with very many of them, and of no plate, its own key alone.
    """
    key = plate_key(plate)
    doubtful = sum(sign in "O0" for sign in key)
    if not key or doubtful > _MOST_DOUBTFUL:
        return [key] if key else []
    choices = ("O0" if sign in "O0" else sign for sign in key)
    return ["".join(signs) for signs in product(*choices)]
