"""How numbers of documents are written, and the one form in which two ways of writing are equal.

The rules, in this order; whatever they do not name makes another number:

1. Compatibility forms and figures of other scripts are what they stand for (Ａ is A, ٣ is 3).
2. A word before the number that only says "number" is left off: "N°", "№", "#", "No.", "NR:" and
   the like with their sign, "No" before a space. "NO 123456" and "N 123456" are numbers as they are.
3. Letters are capital. What is neither letter nor figure is left off: spaces, hyphens, full stops,
   slashes, the filler "<" of machine readable zones.
4. The letter O is the figure 0, the letter I the figure 1: readers, typists and lists mix them up.
5. A number of figures only loses its zeros at the front, down to `SHORTEST` signs: tables of
   figures lose them.

The first three are no more than ways of writing. Of the last two the officer is told (`altered`).
Letters at the front are part of the number: "A 123456" and "123456" are two documents.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

SHORTEST = 5
"""Signs: fewer identify no document."""
LONGEST = 32
"""Signs: no document has more."""

_WORD_BEFORE = re.compile(
    r"\s*(?:[Nn][°º]|№|#|[Nn](?:[OoRr]|[Uu][Mm](?:[EeÉé][Rr][Oo])?)[.:]|[Nn][or]\s)[.:]?\s*"
)
_PLAIN = re.compile(r"[A-Z0-9]+")
# U+FFFD stands for a sign that could not be read: without it, the number would be another one.
_LEFT_OFF = re.compile(r"(?:(?!\ufffd)[\W_])+")
_ALIKE = str.maketrans("OI", "01")


class Written(NamedTuple):
    """A number in the form that is compared, and whether rules 4 or 5 have changed a sign for it."""

    number: str
    altered: bool


def written(text: str) -> Written | None:
    """The number in the form that is compared; None for what identifies no document.

    That is: too short or too long, without a figure, or with letters beside A to Z.
    """
    plain = text if _PLAIN.fullmatch(text) else _plain(text)
    if not SHORTEST <= len(plain) <= LONGEST:
        return None
    number = plain.translate(_ALIKE)
    if number.isdecimal():
        if plain.isalpha():
            return None
        kept = number.lstrip("0")
        number = kept if len(kept) >= SHORTEST else number[-SHORTEST:]
    elif number.isalpha() or not number.isascii():
        return None
    return Written(number, number != plain)


def _plain(text: str) -> str:
    """Letters and figures only, by the first three rules; letters of other scripts stay."""
    if before := _WORD_BEFORE.match(text):
        text = text[before.end() :]
    text = _LEFT_OFF.sub("", unicodedata.normalize("NFKC", text).upper())
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(sign, sign)) for sign in text)
