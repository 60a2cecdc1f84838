"""The parts of names, ready for comparison, and how much each tells.

A `Token` holds all that depends on one part alone, worked out once. A `Lexicon` makes and keeps
them: from the shipped table (how common a name is among people, which spellings are one name) and,
where it is given, from the lists at hand.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from openmidas.screening.names import (
    consonants,
    fold,
    frame,
    is_particle,
    is_vowelless,
    skeleton,
)
from openmidas.screening.nametable import NameTable, shipped_table

PARTICLE_BITS = 0.5
INITIAL_BITS = 1.0
LEAST_BITS = 2.0
MOST_BITS = 14.0
# A list is small beside mankind: so many unseen listings are thought beside those that it has.
_UNSEEN = 1000
_LEAST_PRIOR_BITS = 10.0
_MOST_KEPT = 300_000


class Counts(Protocol):
    """How many of the `total` listings bear a token, and any token of a sound (`skeleton`)."""

    total: int

    def bearers(self, token: str) -> int: ...

    def sounding(self, sound: str) -> int: ...


class Counted:
    """`Counts` held in memory, from the tokens of each listing."""

    def __init__(self, listings: Iterable[Iterable[str]]) -> None:
        self.total = 0
        self._bearers: Counter[str] = Counter()
        self._sounding: Counter[str] = Counter()
        for tokens in listings:
            self.total += 1
            once = set(tokens)
            self._bearers.update(once)
            self._sounding.update({skeleton(token) for token in once})

    def bearers(self, token: str) -> int:
        return self._bearers[token]

    def sounding(self, sound: str) -> int:
        return self._sounding[sound]


class Token:
    """One part of a name. Two tokens of one lexicon with the same text are the same object.

    ``bits`` is what meeting this very spelling tells (2, thousands bear it, to 14); ``sound_bits``
    the same for any spelling of it. ``groups`` are numbers of the names that it is a form of.
    ``letters`` and ``sounds`` have a bit for each letter of the text and the skeleton.
    """

    __slots__ = (
        "bits", "consonants", "frame", "groups", "letters", "naming", "skeleton", "sound_bits",
        "sounds", "text", "vowelless",
    )  # fmt: skip

    def __init__(
        self, text: str, bits: float, sound_bits: float, groups: frozenset[int] = frozenset()
    ) -> None:
        self.text = text
        self.bits = bits
        self.sound_bits = sound_bits
        self.groups = groups
        self.skeleton = skeleton(text)
        self.frame = frame(text)
        self.consonants = consonants(text)
        self.vowelless = is_vowelless(text)
        self.letters = _letters(text)
        self.sounds = _letters(self.skeleton)
        self.naming = len(text) > 1 and not is_particle(text)

    def __repr__(self) -> str:
        return f"Token({self.text!r}, {self.bits:.1f})"


class Lexicon:
    """Makes tokens and keeps them. `counts`: the lists at hand; what is common there is common."""

    def __init__(self, table: NameTable, counts: Counts | None = None) -> None:
        self._table = table
        self._counts = counts
        self._kept: dict[str, Token] = {}

    @property
    def prior_bits(self) -> float:
        """How many listings there are to be mistaken for, as a power of two; 10 at least."""
        total = self._counts.total if self._counts is not None else 0
        return max(_LEAST_PRIOR_BITS, math.log2(total + 1))

    def token(self, text: str) -> Token:
        """The token of a folded text."""
        found = self._kept.get(text)
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[text] = self._make(text)
        return found

    def tokens(self, name: str) -> tuple[Token, ...]:
        """The tokens of a name as it is written, in any script."""
        return tuple(self.token(text) for text in fold(name))

    def _make(self, text: str) -> Token:
        if is_particle(text):
            return Token(text, PARTICLE_BITS, PARTICLE_BITS)
        if len(text) == 1:
            return Token(text, INITIAL_BITS, INITIAL_BITS)
        sound = skeleton(text)
        own, any_spelling = self._table.share(text), self._table.share_of_sound(sound)
        if self._counts is not None:
            seen = self._counts.total + _UNSEEN
            own = max(own, self._counts.bearers(text) / seen)
            any_spelling = max(any_spelling, self._counts.sounding(sound) / seen)
        return Token(
            text, _bits(own), _bits(max(own, any_spelling)), frozenset(self._table.groups(text))
        )


@lru_cache(maxsize=1)
def shipped_lexicon() -> Lexicon:
    """The lexicon of the shipped table alone, without any list."""
    return Lexicon(shipped_table())


def _letters(text: str) -> int:
    found = 0
    for char in text:
        found |= 1 << (ord(char) & 31)
    return found


def _bits(share: float) -> float:
    return min(MOST_BITS, max(LEAST_BITS, -math.log2(share))) if share > 0 else MOST_BITS
