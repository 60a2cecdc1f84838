"""All harnesses, in the order in which they are run."""

from __future__ import annotations

from bench.survival.clocks import WrongClocks
from bench.survival.failing import FailingDisks
from bench.survival.histories import SMALL, WHOLE, InMemory, OnRealStores
from bench.survival.kills import Kills
from bench.survival.power import PowerCuts
from bench.survival.tally import Harness
from bench.survival.torn import TornWrites


def all_harnesses(*, quick: bool) -> list[Harness]:
    """Each with its long and its short form; real stores take too long for a whole history then."""
    return [
        InMemory(),
        OnRealStores(SMALL if quick else WHOLE),
        TornWrites(),
        PowerCuts(),
        Kills(),
        FailingDisks(),
        WrongClocks(),
    ]
