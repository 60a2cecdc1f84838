"""Names in Arabic script, Ajami among them, in the letters that documents mostly give them.

Arabic writes no short vowels. What it does write is kept: long vowels, the article, the ending of
women's names. The rest is left to comparison by consonants (`names.consonants`).
"""

from __future__ import annotations

import re

from anyascii import anyascii

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]+")
# Abd al-Rahman is mostly written ABDUL RAHMAN, in whatever way the parts are joined in Arabic.
_SERVANT = re.compile(r"\bعبد\s*ال(?=\w{2})")
_GOD = re.compile(r"\b(عبد\s*)?الله\b")
_ARTICLE = re.compile(r"\bال(?=\w{3})")
# The É of West Africa is written as a long I (تراوري is TRAORE); after the article it is one.
_LAST_E = re.compile(r"\b(?!ال)(\w{2,}[^\Wاويىأإآةءئؤ])[يی]\b")
_INITIAL_AIN = re.compile(r"\bع")
_LETTERS = str.maketrans({"أ": "a", "إ": "i", "ا": "a", "آ": "a", "ى": "a", "ة": "ah"})
_LONG_U = re.compile(r"(?<=[bcdfghjklmnpqrstvxz])w(?![aeiouwy])")
_LONG_I = re.compile(r"(?<=[bcdfghjklmnpqrstvxz])y(?![aeiouwy])")


def latin(text: str) -> str:
    """The text with what is in Arabic script in small Latin letters; the rest as it is."""
    if not _ARABIC.search(text):
        return text
    text = _GOD.sub(lambda found: "abdullah" if found[1] else "allah", text)
    text = _LAST_E.sub(r"\1e", _SERVANT.sub("abdul ", text))
    text = _INITIAL_AIN.sub("a", _ARTICLE.sub("al ", text)).translate(_LETTERS)
    return _ARABIC.sub(_letters, text)


def _letters(found: re.Match[str]) -> str:
    """The letters of a run; W and Y between consonants are the long U and I."""
    return _LONG_I.sub("i", _LONG_U.sub("u", anyascii(found[0])))
