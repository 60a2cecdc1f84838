"""Pairs told as figures: F1 by source, and how many pairs a second."""

from __future__ import annotations

from collections.abc import Mapping

from bench.report import Figure, at_least
from bench.screening.child import Timed
from bench.screening.pairs import GENERATOR, UN_ALL, UN_VARIANT, Told
from bench.screening.setting import LOGIC_V2

BETTER, FASTER = 0.05, 10.0
_HELD_TO = (UN_ALL, UN_VARIANT, GENERATOR)


def of_pairs(told: Told) -> list[Figure]:
    """F1 of each, and by how much ours is above logic-v2 where that is there."""
    figures = []
    for title, values in told.f1.items():
        peers = {name: value for name, value in values.items() if name != "ours"}
        name = f"F1, {title} ({told.counts[title]:,} pairs)"
        figures.append(Figure(name, values["ours"], "", None, None, peers))
        if LOGIC_V2 in values:
            name = f"F1 above {LOGIC_V2}, {title}"
            more = values["ours"] - values[LOGIC_V2]
            held = title in _HELD_TO
            figures.append(
                at_least(name, more, "", BETTER) if held else Figure(name, more, "", None, None)
            )
    return figures


def of_time(took: Mapping[str, Timed]) -> list[Figure]:
    """Pairs a second of CPU time: met for the first time, and prepared."""
    figures = []
    for title, seconds in (
        ("never seen before", {name: one.cold for name, one in took.items()}),
        ("prepared", {name: one.prepared for name, one in took.items()}),
    ):
        rates = {name: len(one.scores) / seconds[name] for name, one in took.items()}
        own = rates.pop("ours")
        figures.append(Figure(f"pairs a second, {title}", own, "1/s", None, None, rates))
        if LOGIC_V2 in rates:
            times = own / rates[LOGIC_V2]
            figures.append(at_least(f"times {LOGIC_V2}'s, {title}", times, "", FASTER))
    return figures
