"""How alike two tokens of names are, and which tokens of a vocabulary are like a given one."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from openmidas.screening.names import consonants, frame, is_vowelless, skeleton

SAME_SOUND = 0.95
TRUNCATED = 0.9
SAME_CONSONANTS = 0.85
INITIAL = 0.5
_FEWEST_CONSONANTS = 3
_FEWEST_CONSONANTS_JOINED = 5
_FEWEST_TRUNCATED = 3
_ONE_SLIP_FROM = 5
_TWO_SLIPS_FROM = 9
_MOST_REMEMBERED = 50_000


def alike(ours: str, theirs: str) -> float:
    """0 (another name) to 1 (the same letters), for two folded tokens."""
    if ours == theirs:
        return 1.0
    if len(ours) == 1 or len(theirs) == 1:
        return INITIAL if ours[0] == theirs[0] else 0.0
    if skeleton(ours) == skeleton(theirs):
        return SAME_SOUND
    if _same_consonants(ours, theirs):
        return SAME_CONSONANTS
    return _slips(ours, theirs)


def alike_joined(ours: str, theirs: str) -> float:
    """The same where one side is two tokens written as one: by sound only.

    Two tokens together are long, and chance finds half of their consonants anywhere.
    """
    if ours == theirs:
        return 1.0
    if skeleton(ours) == skeleton(theirs):
        return SAME_SOUND
    long_enough = len(consonants(ours)) >= _FEWEST_CONSONANTS_JOINED
    return SAME_CONSONANTS if long_enough and _same_consonants(ours, theirs) else 0.0


def _same_consonants(ours: str, theirs: str) -> bool:
    if frame(ours) == frame(theirs) and skeleton(ours)[0] == skeleton(theirs)[0]:
        return len(consonants(ours)) >= _FEWEST_CONSONANTS
    if not (is_vowelless(ours) or is_vowelless(theirs)):
        return False
    shared = consonants(ours)
    return len(shared) >= _FEWEST_CONSONANTS and shared == consonants(theirs)


def begins(ours: str, theirs: str) -> bool:
    """Whether `ours`, cut off by the length of an MRZ, may be the start of `theirs`."""
    return _FEWEST_TRUNCATED <= len(ours) < len(theirs) and theirs.startswith(ours)


def _slips(ours: str, theirs: str) -> float:
    """One slip of the finger in five letters, two in nine; a swap of neighbours is one."""
    shorter, longer = sorted((len(ours), len(theirs)))
    allowed = (shorter >= _ONE_SLIP_FROM) + (shorter >= _TWO_SLIPS_FROM)
    if not allowed:
        return 0.0
    distance = OSA.distance(ours, theirs, score_cutoff=allowed)
    return 1.0 - distance / longer if distance <= allowed else 0.0


class Vocabulary:
    """All tokens of the listed names, searchable by likeness.

    `joined` are the texts that arise only where two neighbours are written as one.
    """

    def __init__(self, tokens: Iterable[str], joined: Iterable[str] = ()) -> None:
        single = set(tokens)
        self._joined = set(joined) - single
        self._tokens = sorted(single | self._joined)
        self._by_skeleton: dict[str, list[str]] = defaultdict(list)
        self._by_consonants: dict[str, list[str]] = defaultdict(list)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for token in self._tokens:
            self._by_skeleton[skeleton(token)].append(token)
            self._by_consonants[consonants(token)].append(token)
            self._by_length[len(token)].append(token)
        self._known: dict[tuple[str, bool], Mapping[str, float]] = {}

    def near(
        self, token: str, *, joined: bool = False, truncated: bool = False
    ) -> Mapping[str, float]:
        """The tokens of the vocabulary that are like this one, with their likeness.

        Initials are not searched for: every fifth name would answer. Two tokens that we joined
        ourselves (`joined`) are met by sound only, not by slips of the finger.
        """
        found = self._known.get((token, joined))
        if found is None:
            found = self._search(token, joined=joined)
            if len(self._known) > _MOST_REMEMBERED:
                self._known.clear()
            self._known[token, joined] = found
        if not truncated:
            return found
        longer = dict.fromkeys(self._beginning_with(token), TRUNCATED)
        return {**longer, **found}

    def _search(self, token: str, *, joined: bool) -> Mapping[str, float]:
        if len(token) == 1:
            return {}
        candidates = set(self._by_skeleton.get(skeleton(token), ()))
        candidates.update(self._by_consonants.get(consonants(token), ()))
        if not joined and len(token) >= _ONE_SLIP_FROM:
            reach = 2 if len(token) >= _TWO_SLIPS_FROM else 1
            for length in range(len(token) - reach, len(token) + reach + 1):
                candidates.update(self._within_slips(token, length))
        scored = {}
        for other in candidates:
            compare = alike_joined if joined or other in self._joined else alike
            likeness = compare(token, other) if len(other) > 1 else 0.0
            if likeness > 0:
                scored[other] = likeness
        return scored

    def _within_slips(self, token: str, length: int) -> list[str]:
        others = self._by_length.get(length)
        if not others:
            return []
        allowed = 2 if min(len(token), length) >= _TWO_SLIPS_FROM else 1
        matches = process.extract(
            token, others, scorer=OSA.distance, score_cutoff=allowed, limit=None
        )
        return [other for other, _, _ in matches]

    def _beginning_with(self, token: str) -> list[str]:
        found = []
        at = bisect_left(self._tokens, token)
        while at < len(self._tokens) and self._tokens[at].startswith(token):
            if begins(token, self._tokens[at]):
                found.append(self._tokens[at])
            at += 1
        return found
