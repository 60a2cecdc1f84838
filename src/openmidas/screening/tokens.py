"""The parts of names, ready for comparison, and how much each tells.

A `Token` holds all that depends on one part alone, worked out once. A `Lexicon` makes and keeps
them: from the shipped table (how common a name is among people, which spellings are one name) and,
where it is given, from the lists at hand.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import combinations
from typing import Any, Protocol

from openmidas.screening.names import (
    consonants,
    frame,
    is_particle,
    is_vowelless,
    skeleton,
    without_article,
    words_of,
)
from openmidas.screening.nametable import NameTable, shipped_table

PARTICLE_BITS = 0.5
INITIAL_BITS = 1.0
LEAST_BITS = 2.0
MOST_BITS = 14.0
# How common a name is, the table of names says like so many listings, and the lists at hand like as
# many as they have, but no more than this: theirs may be other people than those who travel here.
_TABLE, _MOST_LISTINGS = 1000, 4000
# The one that is compared bears its own name: only further bearers tell that a name is common.
_OWN = 1
# The same of two that go together: so many times it may have been chance.
_PAIRS_UNSEEN = 1.0
# Short words are alike by chance, however rare each is: bits that the letters of a sound can bear.
_MOST_BITS_OF = (2.0, 3.0, 5.0, 7.5, 10.0, 12.0)
_LEAST_PRIOR_BITS = 10.0
_MOST_KEPT = 300_000
_MOST_MET = 60_000
_NONE: frozenset[int] = frozenset()


class Counts(Protocol):
    """How many of the `total` listings bear a token, any token of a sound (`skeleton`), and tokens of
    two sounds in one name.
    """

    total: int
    lists: int
    """So many lists are counted together: somebody who is on all of them is there so many times."""

    def bearers(self, token: str) -> int: ...

    def sounding(self, sound: str) -> int: ...

    def together(self, sound: str, other: str) -> int: ...


class Counted:
    """`Counts` of one list held in memory, from the tokens of each listing."""

    lists = 1

    def __init__(self, listings: Iterable[Iterable[str]]) -> None:
        self.total = 0
        self._bearers: Counter[str] = Counter()
        self._sounding: Counter[str] = Counter()
        self._together: Counter[tuple[str, str]] = Counter()
        for tokens in listings:
            self.total += 1
            once = set(tokens)
            self._bearers.update(once)
            sounds = {skeleton(token) for token in once}
            self._sounding.update(sounds)
            self._together.update(combinations(sorted(sounds), 2))

    def bearers(self, token: str) -> int:
        return self._bearers[token]

    def sounding(self, sound: str) -> int:
        return self._sounding[sound]

    def together(self, sound: str, other: str) -> int:
        return self._together[min(sound, other), max(sound, other)]


class Token:
    """One part of a name. Two tokens of one lexicon with the same text are the same object.

    ``bits`` is what meeting this very spelling tells (2, thousands bear it, to 14); ``sound_bits``
    the same for any spelling of it. ``groups`` are numbers of the names that it is a form of.
    ``letters`` and ``sounds`` have a bit for each letter of the text and the skeleton; ``unarticled``
    is the skeleton without an article that may be written to it, or "". Each is worked out when it is
    asked for, and kept: of most parts that are met, few things are asked.
    """

    __slots__ = (
        "_lexicon", "bits", "consonants", "frame", "groups", "letters", "naming", "skeleton",
        "sound_bits", "sounds", "text", "unarticled", "vowelless",
    )  # fmt: skip

    bits: float
    consonants: str
    frame: str
    groups: frozenset[int]
    letters: int
    skeleton: str
    sound_bits: float
    sounds: int
    unarticled: str
    vowelless: bool

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.naming = len(text) > 1 and not is_particle(text)
        self._lexicon = lexicon

    def __getattr__(self, name: str) -> Any:
        """What has not been asked for yet; Python comes here for no slot that is filled."""
        if name not in _WORKED_OUT:
            raise AttributeError(name)
        found = _WORKED_OUT[name](self)
        setattr(self, name, found)
        return found

    def __repr__(self) -> str:
        return f"Token({self.text!r}, {self.bits:.1f})"


_WORKED_OUT: dict[str, Callable[[Token], object]] = {
    "bits": lambda token: token._lexicon.bits(token.text),
    "consonants": lambda token: consonants(token.text),
    "frame": lambda token: frame(token.text),
    "groups": lambda token: token._lexicon.groups(token.text),
    "letters": lambda token: _letters(token.text),
    "skeleton": lambda token: skeleton(token.text),
    "sound_bits": lambda token: token._lexicon.sound_bits(token.text),
    "sounds": lambda token: _letters(token.skeleton),
    "unarticled": lambda token: without_article(token.text),
    "vowelless": lambda token: is_vowelless(token.text),
}


class _Met(dict[tuple[Token, bool], dict[Token, Any]]):
    """What was found of pairs of tokens, weighed `by` something: of one of ours, cut off or not, in a
    row what each of theirs is to it. `pairs` counts them.
    """

    __slots__ = ("by", "pairs")

    def __init__(self, by: object) -> None:
        super().__init__()
        self.by = by
        self.pairs = 0

    def __missing__(self, key: tuple[Token, bool]) -> dict[Token, Any]:
        row = self[key] = {}
        return row


class Lexicon:
    """Makes tokens and keeps them. `counts`: the lists at hand, which tell of people as well."""

    def __init__(self, table: NameTable, counts: Counts | None = None) -> None:
        self._table = table
        self._counts = counts
        self._kept: dict[str, Token] = {}
        self._together: dict[tuple[str, str], float] = {}
        self._of_sound: dict[str, float] = {}
        self._met = self._met_joined = _Met(None)

    def met(self, by: object) -> _Met:
        """What was found of pairs of tokens, to be remembered: names are met again and again.

        `by`: what it was weighed by; with something else nothing is remembered.
        """
        if self._met.by is not by or self._met.pairs > _MOST_MET:
            self._met = _Met(by)
        return self._met

    def met_joined(self, by: object) -> _Met:
        """The same of two neighbours written as one, and a single token."""
        if self._met_joined.by is not by or self._met_joined.pairs > _MOST_MET:
            self._met_joined = _Met(by)
        return self._met_joined

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
            found = self._kept[text] = Token(text, self)
        return found

    def tokens(self, name: str) -> tuple[Token, ...]:
        """The tokens of a name as it is written, in any script."""
        return tuple([self.token(text) for text in words_of(name)])

    def bits(self, text: str) -> float:
        """What meeting this very part tells."""
        if (fixed := _fixed_bits(text)) is not None:
            return fixed
        return min(_bits(self._share(text)), _most_bits(text))

    def sound_bits(self, text: str) -> float:
        """What meeting any spelling of it tells."""
        if (fixed := _fixed_bits(text)) is not None:
            return fixed
        sound = skeleton(text)
        found = self._of_sound.get(sound)
        if found is None:
            if len(self._of_sound) >= _MOST_KEPT:
                self._of_sound.clear()
            found = self._of_sound[sound] = self._bits_of_sound(sound)
        return found

    def _bits_of_sound(self, sound: str) -> float:
        share = self._table.share_of_sound(sound)
        if self._counts is not None:
            share = _with_lists(share, self._counts.sounding(sound), self._counts.total)
        return min(_bits(share), _most_bits(sound))

    def together(self, one: Token, other: Token) -> float:
        """How much less, in bits, two names tell together than apart, because they often go together.

        Surnames and given names of one people do: who is called DIALLO is often called MAMADOU. Two
        that go together no more than chance would have it, or that no list is at hand for: 0.
        """
        key = (min(one.skeleton, other.skeleton), max(one.skeleton, other.skeleton))
        found = self._together.get(key)
        if found is None:
            if len(self._together) >= _MOST_MET:
                self._together.clear()
            found = self._together[key] = self._often(one, other, *key)
        return found

    def _often(self, one: Token, other: Token, sound: str, other_sound: str) -> float:
        if self._counts is None or sound == other_sound:
            return 0.0
        by_chance = self._counts.total * 2.0 ** -(one.sound_bits + other.sound_bits)
        met = max(0, self._counts.together(sound, other_sound) - self._counts.lists)
        bits = math.log2((met + _PAIRS_UNSEEN) / (by_chance + _PAIRS_UNSEEN))
        # Two names that agree never tell less than one of them.
        return max(0.0, min(bits, one.sound_bits / 2, other.sound_bits / 2))

    def groups(self, text: str) -> frozenset[int]:
        """Numbers of the names that it is a form of; none for what names nobody."""
        return _NONE if _fixed_bits(text) is not None else frozenset(self._table.groups(text))

    def _share(self, text: str) -> float:
        share = self._table.share(text)
        if self._counts is not None:
            share = _with_lists(share, self._counts.bearers(text), self._counts.total)
        return share


@lru_cache(maxsize=1)
def shipped_lexicon() -> Lexicon:
    """The lexicon of the shipped table alone, without any list."""
    return Lexicon(shipped_table())


def _with_lists(share: float, bearers: int, total: int) -> float:
    """How large a share of people bear what the table gives this share, and so many of `total` listings."""
    listings = min(total, _MOST_LISTINGS)
    others = max(0, bearers - _OWN) / max(1, total)
    return (_TABLE * share + listings * others) / (_TABLE + listings)


def _fixed_bits(text: str) -> float | None:
    """What a part that names nobody tells; None for others."""
    if is_particle(text):
        return PARTICLE_BITS
    return INITIAL_BITS if len(text) == 1 else None


def _most_bits(letters: str) -> float:
    return _MOST_BITS_OF[len(letters)] if len(letters) < len(_MOST_BITS_OF) else MOST_BITS


def _letters(text: str) -> int:
    found = 0
    for char in text:
        found |= 1 << (ord(char) & 31)
    return found


def _bits(share: float) -> float:
    return min(MOST_BITS, max(LEAST_BITS, -math.log2(share))) if share > 0 else MOST_BITS
