"""Names in Arabic script: as they are written where that is known, by rough rules elsewhere."""

from __future__ import annotations

import unicodedata
from random import Random

from bench.screening.generator.people import Word

_LINKS = {"Ould": "ولد", "Mint": "منت", "Ag": "أغ", "Walet": "ولت"}
# The longest first. Vowels within a word are written long, or not at all.
_LETTERS = [
    *[("tch", "تش"), ("dj", "ج"), ("ch", "ش"), ("sh", "ش"), ("kh", "خ"), ("gh", "غ"), ("th", "ث")],
    *[("ou", "و"), ("gn", "ني"), ("ny", "ني"), ("qu", "ك"), ("ph", "ف"), ("ss", "س"), ("ee", "ي")],
    *[("b", "ب"), ("c", "ك"), ("d", "د"), ("f", "ف"), ("g", "غ"), ("h", "ه"), ("j", "ج")],
    *[("k", "ك"), ("l", "ل"), ("m", "م"), ("n", "ن"), ("p", "ب"), ("q", "ق"), ("r", "ر")],
    *[("s", "س"), ("t", "ت"), ("v", "ف"), ("w", "و"), ("x", "كس"), ("y", "ي"), ("z", "ز")],
    *[("a", "ا"), ("e", "ي"), ("i", "ي"), ("o", "و"), ("u", "و")],
]
_VOWELS = "aeiou"
_LEFT_OUT = 0.35


def written(words: tuple[Word, ...], chance: Random) -> str:
    """The name in Arabic script, from right to left when shown."""
    return " ".join(_word(word, chance) for word in words)


def _word(word: Word, chance: Random) -> str:
    if word.name is None:
        return _LINKS[word.text]
    return word.name.arabic or _by_rules(word.text, chance)


def _by_rules(text: str, chance: Random) -> str:
    plain = unicodedata.normalize("NFKD", text.lower())
    rest = "".join(char for char in plain if char.isascii() and (char.isalpha() or char == " "))
    letters: list[str] = []
    while rest:
        latin, arabic = next(
            ((latin, arabic) for latin, arabic in _LETTERS if rest.startswith(latin)),
            (rest[0], rest[0]),
        )
        inside = letters and len(rest) > len(latin)
        if not (inside and latin in _VOWELS and chance.random() < _LEFT_OUT):
            letters.append("أ" if latin == "a" and not letters else arabic)
        rest = rest[len(latin) :]
    return "".join(letters)
