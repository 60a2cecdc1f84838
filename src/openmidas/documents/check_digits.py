"""The check digit of Doc 9303-3, 4.9."""

from __future__ import annotations

from itertools import cycle
from operator import mul

_VALUES = bytes(
    byte - 48 if 48 <= byte <= 57 else byte - 55 if 65 <= byte <= 90 else 0 for byte in range(256)
)
"""Of each character: 0-9 as they are, A-Z are 10 to 35, the filler (and all else) is 0."""


def check_digit(text: str) -> str:
    """The check digit of `text`: weights 7, 3, 1 repeated, modulo 10."""
    values = text.encode("ascii", "replace").translate(_VALUES)
    return str(sum(map(mul, values, cycle((7, 3, 1)))) % 10)
