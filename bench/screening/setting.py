"""What one run of the benchmark works with: who is measured, how much, and how it tells."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from bench.screening.child import Advance
from bench.screening.peers import environment

TEST_SEEDS = (90_431, 90_432, 90_433)
"""Nobody tunes to these; for tuning there is every seed below 1,000."""
TUNING_SEEDS = (1, 2, 3)
LOGIC_V2 = "logic-v2"
PEERS = (LOGIC_V2, "logic-v1", "token-sort", "jaro-winkler")
OURS = (sys.executable, "-m", "bench.screening.ours")
CHANCE = (*OURS, "--chance")
Line = Sequence[str | Path]
Telling = Callable[[str, int], AbstractContextManager[Advance]]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of everything. `innocent_for_peers`: the slow ones are shown fewer.

    `strangers` are the innocent beside the United Nations list.
    """

    listings: int
    innocent: int
    innocent_for_peers: int
    strangers: int
    each_kind: int
    pairs: int
    timed: int


FULL = Sizes(20_000, 20_000, 4_000, 6_000, 200, 2_000, 20_000)
QUICK = Sizes(4_000, 2_000, 1_000, 2_000, 20, 300, 2_000)


@dataclass(frozen=True, slots=True)
class Bench:
    """One run. `ours` is the line that starts our matcher, `peers` those that start the others'.

    `misses`: of how many of the missed to tell, of each kind.
    """

    sizes: Sizes
    seeds: Sequence[int]
    all_names: bool
    telling: Telling
    ours: Line = OURS
    peers: Mapping[str, Line] | None = None
    misses: int = 0

    @property
    def others(self) -> Mapping[str, Line]:
        """The peers that can be measured on this machine."""
        return self.peers or {}


def peers_that_can(names: Sequence[str]) -> tuple[dict[str, Line], str]:
    """The lines that start these peers, and what could not be had, in words."""
    missing = environment.prepare() if names else ""
    can: Sequence[str] = names
    if missing:
        wheels_only = environment.PYTHON.exists() and "nomenklatura" in missing
        can = [name for name in names if wheels_only and not name.startswith("logic")]
    return {name: (environment.PYTHON, "-I", environment.DRIVER, name) for name in can}, missing
