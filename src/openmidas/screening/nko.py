"""Names in N'Ko script, in the letters that documents mostly give them.

A vowel that is that of the next syllable as well is written once, in the second: ߡߡߊߘߎ is Mamadu.
Where there is none to read, a sign says so (U+07D1). Source: The Unicode Standard, chapter 19.4.
"""

from __future__ import annotations

import re

_NKO = re.compile("[\u07c0-\u07ff]+")
_VOWELS = dict(zip("ߊߋߌߍߎߏߐ", "aeieuoo", strict=True))
_CONSONANTS = {
    **dict(zip("ߒߓߔߕߖߗߘߙߛߝߞߟߠߡߣߤߥߦ", "nbptjcdrsfklnmnhwy", strict=True)),
    "ߚ": "rr",
    "ߜ": "gb",
    "ߢ": "ny",
    "ߧ": "ny",
}
_NO_VOWEL = "\u07d1"
_NASAL = "\u07f2"
_SYLLABIC_N = "ߒ"
_MARKS = re.compile("[\u07eb-\u07f1\u07f3-\u07f5\u07fa\u07fd]")  # tones, length, lengthening
_SYLLABLE = re.compile(
    f"([{''.join(_CONSONANTS)}])(?=(?P<next>[{''.join(_CONSONANTS)}][{''.join(_VOWELS)}])?)"
)


def latin(text: str) -> str:
    """The text with what is in N'Ko script in small Latin letters; the rest as it is."""
    return _NKO.sub(lambda found: _letters(_MARKS.sub("", found[0])), text)


def _letters(word: str) -> str:
    written = _SYLLABLE.sub(_with_its_vowel, word)
    return "".join(
        _VOWELS.get(char) or _CONSONANTS.get(char) or {_NASAL: "n", _NO_VOWEL: ""}.get(char, char)
        for char in written
    )


def _with_its_vowel(found: re.Match[str]) -> str:
    """A consonant that no vowel follows has the vowel of the next syllable, N by itself excepted."""
    after = found["next"]
    return found[1] + (after[1] if after and found[1] != _SYLLABIC_N else "")
