"""A name as people write it, in the characters of a zone (Doc 9303-3, 4.6 and 6)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from openmidas.documents.transliteration_tables import (
    ARABIC,
    ARABIC_DOUBLING,
    ARABIC_LAST,
    CYRILLIC,
    CYRILLIC_FIRST,
    CYRILLIC_OF,
    LATIN,
)

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼʾʿ′‛"))
_LETTERS = re.compile(r"[A-Z]+")


def mrz_components(name: str, language: str = "") -> tuple[str, ...]:
    """The components of a name, each in the letters A to Z.

    Apostrophes are dropped, hyphens, commas and spaces divide (Doc 9303-3, 4.6). ``language``: ISO
    639-1 of a name in Cyrillic, where its letters are written otherwise than in Russian. A letter
    that no table has is written without its marks; what is no letter divides, too.
    """
    whole = unicodedata.normalize("NFC", name).translate(_APOSTROPHES)
    words = re.split(r"[^\w\u064b-\u0670\u0640]+|_", whole)
    written = ("".join(_letters_of(word, language)) for word in words)
    return tuple(component for one in written for component in _LETTERS.findall(one))


def _letters_of(word: str, language: str) -> Iterator[str]:
    cyrillic = {**CYRILLIC, **CYRILLIC_OF.get(language, {})}
    before = ""
    for position, letter in enumerate(_upper(word)):
        if letter == ARABIC_DOUBLING:
            yield before
            continue
        first = position == 0 and language == "uk"
        last = position == len(word) - 1
        written = _written(letter, cyrillic, first=first, last=last)
        before = (
            written or before
        )  # the sign of a vowel may stand between a letter and its doubling
        yield written


def _upper(word: str) -> str:
    """Capitals, letter for letter: the sharp s stays one, and a table has it."""
    return "".join("ẞ" if char == "ß" else char if char == "ı" else char.upper() for char in word)


def _written(letter: str, cyrillic: Mapping[str, str], *, first: bool, last: bool) -> str:
    if "A" <= letter <= "Z":
        return letter
    for table in (
        CYRILLIC_FIRST if first else {},
        ARABIC_LAST if last else {},
        LATIN,
        cyrillic,
        ARABIC,
    ):
        if letter in table:
            return table[letter]
    if unicodedata.category(letter) in ("Mn", "Lm") or letter in "ЬЪ":
        return ""
    plain = unicodedata.normalize("NFKD", letter)[0]
    return plain if "A" <= plain <= "Z" else " "
