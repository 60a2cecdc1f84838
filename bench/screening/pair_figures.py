"""Pairs told as figures: F1 by source, and how many pairs a second."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median

from bench.report import Figure, at_least
from bench.screening.child import Timed
from bench.screening.pairs import GENERATOR, UN_ALL, UN_VARIANT, Told
from bench.screening.setting import LOGIC_V2

BETTER, FASTER = 0.05, 10.0
_SECONDS: dict[str, Callable[[Timed], float]] = {
    "never seen before": lambda part: part.cold,
    "prepared": lambda part: part.prepared,
}
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


def of_time(took: Mapping[str, Sequence[Timed]]) -> list[Figure]:
    """Pairs a second of CPU time: met for the first time, and prepared; the median of the parts."""
    figures = []
    for title, seconds in _SECONDS.items():
        rates = {
            name: [len(part.scores) / seconds(part) for part in parts]
            for name, parts in took.items()
        }
        peers = {name: median(parts) for name, parts in rates.items() if name != "ours"}
        own = rates["ours"]
        figures.append(Figure(f"pairs a second, {title}", median(own), "1/s", None, None, peers))
        if LOGIC_V2 in rates:
            times = [one / other for one, other in zip(own, rates[LOGIC_V2], strict=True)]
            name = f"times {LOGIC_V2}'s, {title}"
            figures += [
                at_least(name, median(times), "", FASTER),
                Figure(f"{name}, least", min(times), "", None, None),
                Figure(f"{name}, most", max(times), "", None, None),
            ]
    return figures
