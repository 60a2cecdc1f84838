"""Numbers of border residents' cards: R, eleven figures, and two that check them.

The two figures are those of ISO/IEC 7064, MOD 97-10: a wrong figure, two that change places, and nearly
everything else is seen at the counter. Eleven: posts draw by chance without asking each other, and a number
is to be one in the State. The same form in JavaScript: `static/crossings/wedge.js`.
"""

from __future__ import annotations

import re

FIGURES = 11
LONGEST_TYPED = 24
_FORM = re.compile(r"R[0-9]{13}")
_BETWEEN = re.compile(r"[\s\u2010-\u2015-]+")


def make_card_number(value: int) -> str:
    """The card number of a value from 0 to 99,999,999,999. Raises `ValueError` for any other."""
    if not 0 <= value < 10**FIGURES:
        raise ValueError(value)
    check = 98 - value * 100 % 97
    return f"R{value:0{FIGURES}}{check:02}"


def in_card_form(text: str) -> str:
    """What looks like a card number, without spaces and hyphens; "" for anything else."""
    if len(text) > LONGEST_TYPED:
        return ""
    plain = _BETWEEN.sub("", text).upper()
    return plain if _FORM.fullmatch(plain) else ""


def fits(number: str) -> bool:
    """Whether the two last figures of a number in that form are the right ones."""
    return int(number[1:]) % 97 == 1


def written(number: str) -> str:
    """The number as it stands on the card, in groups: "R123-4567-8901-23"."""
    return f"{number[:4]}-{number[4:8]}-{number[8:12]}-{number[12:]}"
