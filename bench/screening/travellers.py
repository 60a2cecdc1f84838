"""Listed and innocent travellers of the region against a list of the region, seed by seed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from bench.screening.asking import Answers, Offers, Screened, score, screen
from bench.screening.candidates import offer
from bench.screening.cases import World
from bench.screening.child import Child
from bench.screening.generator import make_world
from bench.screening.reckoning import needed
from bench.screening.setting import Bench

ATTRIBUTES, NAMES = "attributes", "names alone"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a matcher took: CPU seconds to prepare the list, MB at its peak."""

    building: float
    memory: float


@dataclass(frozen=True, slots=True)
class Round:
    """One seed: its world, our search, and everybody's scores of the same candidates.

    `same` and `names` hold ours as "ours" beside the peers; `names` without birth, sex, nationality.
    """

    world: World
    ours: Screened
    same: Mapping[str, Answers]
    names: Mapping[str, Answers]
    costs: Mapping[str, Cost]
    offered: float


def measure(bench: Bench, seed: int) -> Round:
    """All matchers on the world of one seed."""
    sizes = bench.sizes
    with bench.telling(f"seed {seed}: making the world", 1) as advance:
        world = make_world(
            seed,
            listings=sizes.listings,
            innocent=sizes.innocent,
            each_kind=sizes.each_kind,
            all_names=bench.all_names,
        )
        advance(1)
    return compare(bench, world, f"seed {seed}", shown=sizes.innocent_for_peers, names_too=True)


def compare(bench: Bench, world: World, title: str, *, shown: int, names_too: bool) -> Round:
    """All matchers on this world. `names_too`: once more without attributes.

    `shown`: how many of the innocent are compared with the same candidates by everybody.
    """
    same: dict[str, Answers] = {}
    names: dict[str, Answers] = {}
    costs: dict[str, Cost] = {}
    steps = len(world.listed) + shown
    with Child(bench.ours) as child:
        building = child.load(world.listings)
        travellers = len(world.listed) + len(world.innocent)
        with bench.telling(f"{title}: ours, the whole list", travellers) as advance:
            ours = screen(child, world, advance)
        costs["ours"] = Cost(building, child.memory())
        offers = _offers(world, ours, shown)
        with bench.telling(f"{title}: ours, the same candidates", steps) as advance:
            same["ours"] = score(child, offers, advance, penalties=True)
        if names_too:
            with bench.telling(f"{title}: ours, names alone", steps) as advance:
                names["ours"] = score(child, offers, advance, penalties=False)
    for name, line in bench.others.items():
        with Child(line) as child:
            building = child.load(world.listings)
            with bench.telling(f"{title}: {name}", steps) as advance:
                same[name] = score(child, offers, advance, penalties=True)
            if names_too:
                with bench.telling(f"{title}: {name}, names alone", steps) as advance:
                    names[name] = score(child, offers, advance, penalties=False)
            costs[name] = Cost(building, child.memory())
    mean = sum(map(len, offers.offered)) / len(offers.offered)
    return Round(world, ours, same, names, costs, mean)


def places_by(world: World, what: str) -> dict[str, list[int]]:
    """The places of the listed travellers by "kind" or "birth_quality", in the order met."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, case in enumerate(world.listed):
        places[getattr(case, what)].append(at)
    return dict(places)


def missed(one: Round, share: float) -> dict[str, list[str]]:
    """Listed travellers who are not hit at that price, by kind: what was asked, and their listing."""
    above = needed(one.ours.answers.innocent, share)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for case, reached in zip(one.world.listed, one.ours.answers.listed, strict=True):
        if reached <= above:
            asked, listing = case.asked, one.world.listings[case.listing]
            names = " | ".join(name.text for name in listing.names)
            births = " | ".join(birth.text for birth in listing.births)
            ours = f"{asked.surname} << {asked.given_names}, {asked.birth}, {asked.nationality}"
            theirs = f"{names}, {births or 'no birth'}, {' '.join(listing.nationalities) or '-'}"
            found[case.kind].append(f"{ours} / {theirs}: {reached:.1f} of {above:.1f}")
    return dict(found)


def _offers(world: World, ours: Screened, innocent: int) -> Offers:
    asked = [*(case.asked for case in world.listed), *world.innocent[:innocent]]
    found = [*ours.listed, *ours.innocent[:innocent]]
    right = [*(case.listing for case in world.listed), *[None] * innocent]
    return Offers(asked, offer(world.listings, asked, found, right), len(world.listed))
