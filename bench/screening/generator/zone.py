"""A name as the machine-readable zone has it: capital letters, and no more of them than fit."""

from __future__ import annotations

import re
import unicodedata

PASSPORT, CARD = 39, 30
"""How many places a passport (TD3) and a card (TD1) have for the name."""
# Doc 9303-3, section 6: what many States write for a letter; others leave the mark out.
_WRITTEN_OUT = str.maketrans(
    {"Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ø": "OE", "Æ": "AE", "ẞ": "SS", "Þ": "TH"}
)
_PLAIN = str.maketrans({"Ø": "O", "Æ": "AE", "ẞ": "SS", "Þ": "TH", "Ł": "L", "İ": "I", "I": "I"})
_APOSTROPHES = re.compile("['’ʼ`]")
_GAPS = re.compile("[^A-Z]+")


def letters(text: str, *, written_out: bool = False) -> str:
    """Capital letters A to Z and spaces. `written_out`: AE for Ä as Doc 9303 has it, else A."""
    capitals = unicodedata.normalize("NFC", text).replace("ß", "ẞ").replace("ı", "i").upper()
    if written_out:
        capitals = capitals.translate(_WRITTEN_OUT)
    bare = unicodedata.normalize("NFKD", capitals.translate(_PLAIN))
    joined = _APOSTROPHES.sub("", "".join(char for char in bare if not unicodedata.combining(char)))
    return _GAPS.sub(" ", joined).strip()


def fit(surname: str, given: str, places: int) -> tuple[str, str, bool]:
    """What of a name fits into so many places, and whether it had to be cut."""
    line = f"{surname}<<{given}"
    if len(line) <= places:
        return surname, given, False
    kept_surname, _, kept_given = line[:places].partition("<<")
    return kept_surname.rstrip("< "), kept_given.strip("< "), True
