"""How much a name tells: sharing a rare one means more than sharing one that thousands bear."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from openmidas.screening.names import is_particle, skeleton

PARTICLE_BITS = 0.5
INITIAL_BITS = 1.0
LEAST_BITS = 2.0
MOST_BITS = 9.0


class Rarity:
    """Weights of tokens, in bits, from how many listings bear them in any spelling."""

    def __init__(self, listings: Iterable[Iterable[str]]) -> None:
        self._bearers: Counter[str] = Counter()
        self._total = 1
        for tokens in listings:
            self._total += 1
            self._bearers.update({skeleton(token) for token in tokens})

    def bits(self, token: str) -> float:
        """What meeting this token tells, 0.5 (a particle) to 9 (nearly nobody bears it).

        A list is small: a token that it does not hold may be common among travellers, therefore
        the upper bound.
        """
        if is_particle(token):
            return PARTICLE_BITS
        if len(token) == 1:
            return INITIAL_BITS
        bits = math.log2(self._total / (1 + self._bearers[skeleton(token)]))
        return min(MOST_BITS, max(LEAST_BITS, bits))
