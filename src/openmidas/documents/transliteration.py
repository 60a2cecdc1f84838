"""A name as people write it, in the characters of a zone (Doc 9303-3, 4.6 and 6)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from anyascii import anyascii

from openmidas.documents.cannot_write import CannotWrite
from openmidas.documents.transliteration_tables import (
    ARABIC,
    ARABIC_LAST,
    CYRILLIC,
    CYRILLIC_FIRST,
    CYRILLIC_OF,
    DOUBLING,
    LATIN,
    LETTER_BY_LETTER,
    OWN,
    SOFT_SIGN,
)

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʻʼʾʿ′‛Ꞌꞌ"))


def mrz_components(name: str, language: str = "", *, field: str = "name") -> tuple[str, ...]:
    """The components of a name, each in the letters A to Z. No letter is lost in silence.

    Apostrophes are dropped, hyphens, commas, spaces and other punctuation divide (Doc 9303-3, 4.6).
    ``language``: ISO 639-1 of a name in Cyrillic, where its letters are written otherwise than in Russian.
    Letters go by the tables of Doc 9303-3, 6. What these lack goes by rules that are ours, and that a State
    may have otherwise: by a small table (`OWN`), without its marks, or, in alphabets that write each sound
    (`LETTER_BY_LETTER`), as the package `anyascii` has it.

    Raises `CannotWrite` for ``field``: ``letter_unknown``, whose sound cannot be told from it alone, as that
    of a Chinese character; ``name_character``: a figure, for which a name has Roman numerals (Doc 9303-3,
    4.6); ``character_not_allowed``: what belongs to no name. Then give the name as the page has it in Latin.
    """
    whole = unicodedata.normalize("NFC", name).translate(_APOSTROPHES)
    words = "".join([_of_a_name(char, field) for char in whole]).split()
    written = ["".join(_letters_of(word, language, field)) for word in words]
    return tuple(filter(None, written))


def _of_a_name(char: str, field: str) -> str:
    """Letters and marks as they are, a space for what divides, nothing for signs that only guide the eye."""
    category = unicodedata.category(char)
    if category[0] in "LM":
        return char
    if category[0] in "ZP" or char.isspace():
        return " "
    if category == "Cf":  # joiners, and marks of the direction of writing
        return ""
    if category == "Nl" and (roman := unicodedata.normalize("NFKD", char)).isalpha():
        return roman
    raise CannotWrite(
        field, "name_character" if category[0] == "N" else "character_not_allowed", char
    )


def _letters_of(word: str, language: str, field: str) -> Iterator[str]:
    letters = _upper(word)
    tables = [LATIN, {**CYRILLIC, **CYRILLIC_OF.get(language, {})}, ARABIC, OWN]
    end = len(letters.rstrip("".join(filter(unicodedata.combining, letters))))
    before = ""
    for position, letter in enumerate(letters):
        if letter in DOUBLING:
            yield before
            continue
        here = [ARABIC_LAST, *tables] if position == end - 1 else tables
        written = _written(
            letter, [CYRILLIC_FIRST, *here] if position == 0 and language == "uk" else here
        )
        if written is None:
            raise CannotWrite(field, "letter_unknown", letter)
        before = (
            written or before
        )  # the sign of a vowel may stand between a letter and its doubling
        yield written


def _upper(word: str) -> str:
    """Capitals, letter for letter: the sharp s stays one, and a table has it."""
    return "".join("ẞ" if char == "ß" else char if char == "ı" else char.upper() for char in word)


def _written(letter: str, tables: Sequence[Mapping[str, str]]) -> str | None:
    """What stands for a letter or a mark in a zone; nothing for a mark; None where that is not known."""
    if "A" <= letter <= "Z":
        return letter
    for table in tables:
        if letter in table:
            return table[letter]
    parts = _upper(unicodedata.normalize("NFKD", letter))
    if parts != letter:  # a letter with marks, or another form of one
        written = [_written(part, tables) for part in parts]
        return None if None in written else "".join(filter(None, written))
    alphabet = unicodedata.name(letter, "").partition(" ")[0]
    mark = unicodedata.category(letter) in ("Mn", "Me", "Lm")
    if alphabet in LETTER_BY_LETTER:
        plain = anyascii(letter).translate(_APOSTROPHES).upper()
        if plain.isalpha() or (mark and not plain):
            return plain
    silent = mark and alphabet in ("COMBINING", "ARABIC", "MODIFIER", "VARIATION")
    return "" if silent or letter == SOFT_SIGN else None
