"""Pairs of a traveller and a listing: who tells best which of them are one person, and how fast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

import numpy as np

from bench.screening import united_nations, world_names
from bench.screening.candidates import in_order, offer
from bench.screening.cases import Pair, World
from bench.screening.child import Child, Timed
from bench.screening.generator import make_world
from bench.screening.reckoning import f1
from bench.screening.setting import Bench

GENERATOR = "the generator's"
UN_ALL = f"United Nations, {united_nations.ALL}"
UN_VARIANT = f"United Nations, {united_nations.VARIANT}"
_NAMESAKES = 2
_PUBLIC = 500
_PARTS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """F1 (0 to 1) by source of pairs and matcher, and how many pairs of a source there were."""

    f1: Mapping[str, Mapping[str, float]]
    counts: Mapping[str, int]


def measure(bench: Bench) -> Told:
    """Every matcher on every source of pairs."""
    sources = _sources(bench)
    found: dict[str, dict[str, float]] = {title: {} for title in sources}
    for name, line in {"ours": bench.ours, **bench.others}.items():
        with Child(line) as child, bench.telling(f"pairs: {name}", len(sources)) as advance:
            for title, pairs in sources.items():
                found[title][name] = _f1(child.pairs(pairs), pairs)
                advance(1)
    return Told(found, {title: len(pairs) for title, pairs in sources.items()})


def time(bench: Bench) -> dict[str, list[Timed]]:
    """How long each takes for the same pairs, each in a fresh process; half of them near.

    In parts, one after the other, so that it is seen how far the machine's mood decides.
    """
    sizes = bench.sizes
    world = _world(bench, bench.seeds[0])
    near = generated(world)
    chance = Random(bench.seeds[0])  # noqa: S311  repeatable, no secret
    pairs = [
        Pair(chance.choice(near).asked, chance.choice(world.listings), False)
        if at % 2
        else near[at // 2 % len(near)]
        for at in range(sizes.timed)
    ]
    parts = [pairs[at::_PARTS] for at in range(_PARTS)]
    took: dict[str, list[Timed]] = {}
    for name, line in {"ours": bench.ours, **bench.others}.items():
        with Child(line) as child, bench.telling(f"time of pairs: {name}", _PARTS) as advance:
            child.pairs(pairs[:2])  # tables are read with the first pair
            took[name] = []
            for part in parts:
                took[name].append(child.pairs(part))
                advance(1)
    return took


def generated(world: World) -> list[Pair]:
    """Listed travellers with their listing, and with those of the likest names that are not theirs."""
    asked = [case.asked for case in world.listed]
    right = [case.listing for case in world.listed]
    likest = offer(world.listings, asked, [[]] * len(asked), right)
    pairs = []
    for case, places in zip(world.listed, likest, strict=True):
        words = in_order(f"{case.asked.surname} {case.asked.given_names}").split()
        namesakes = sorted(places[1:], key=lambda at: -_shared(words, world, at))[:_NAMESAKES]
        pairs.append(Pair(case.asked, world.listings[case.listing], True))
        pairs += [Pair(case.asked, world.listings[place], False) for place in namesakes]
    return pairs


def _shared(words: list[str], world: World, place: int) -> int:
    names = world.listings[place].names
    return max(len(set(words) & set(in_order(name.text).split())) for name in names)


def _sources(bench: Bench) -> dict[str, list[Pair]]:
    of_list = united_nations.pairs(united_nations.aliases())
    chance = Random(bench.seeds[0])  # noqa: S311  repeatable, no secret
    return {
        UN_ALL: of_list[united_nations.ALL],
        UN_VARIANT: of_list[united_nations.VARIANT],
        GENERATOR: [pair for seed in bench.seeds for pair in generated(_world(bench, seed))],
        **world_names.pairs(chance, min(_PUBLIC, bench.sizes.pairs)),
    }


def _world(bench: Bench, seed: int) -> World:
    sizes = bench.sizes
    kinds = min(sizes.each_kind, max(1, sizes.pairs // 14 // len(bench.seeds)))
    return make_world(
        seed, listings=sizes.listings, innocent=0, each_kind=kinds, all_names=bench.all_names
    )


def _f1(timed: Timed, pairs: list[Pair]) -> float:
    # Dealt anew, so that each half holds pairs of every kind.
    order = np.random.default_rng(0).permutation(len(pairs))
    same = np.array([pair.same for pair in pairs])
    return f1(np.array(timed.scores)[order], same[order])
