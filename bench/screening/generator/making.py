"""A world of one seed: listings, listed travellers of each kind, innocent ones."""

from __future__ import annotations

from random import Random

from bench.screening.cases import Asked, Case, World
from bench.screening.generator.disturbing import DISTURBANCES, Disturb, show
from bench.screening.generator.listings import Listed, may_be_arabic, write
from bench.screening.generator.people import Person, Population

KINDS = tuple(DISTURBANCES)
ARABIC = KINDS[-1]
_OTHER_NATIONALITY = 0.07


class TooFewError(Exception):
    """So few listings that a kind of disturbance fits too few of them."""


def make_world(
    seed: int, *, listings: int, innocent: int, each_kind: int, all_names: bool
) -> World:
    """The same seed and sizes always make the same world.

    `each_kind` listed travellers are disturbed in each of the 14 ways, each of another listing.
    Raises `TooFewError`.
    """
    chance = Random(seed)  # noqa: S311  repeatable, no secret
    population = Population(chance, all_names=all_names)
    listed = _listed(population, chance, listings, each_kind)
    cases: list[Case] = []
    for kind, disturb in DISTURBANCES.items():
        cases += _of_kind(kind, disturb, listed, population, chance, each_kind)
    return World(
        listings=tuple(one.listing for one in listed),
        listed=tuple(cases),
        innocent=tuple(_travels(population.person(), population, chance) for _ in range(innocent)),
    )


def _listed(population: Population, chance: Random, count: int, in_arabic: int) -> list[Listed]:
    listed: list[Listed] = []
    left = in_arabic
    while len(listed) < count:
        person = population.person()
        arabic = left > 0 and may_be_arabic(person)
        left -= arabic
        listed.append(write(f"G.{len(listed):06}", person, chance, arabic=arabic))
    chance.shuffle(listed)
    return listed


def _of_kind(
    kind: str,
    disturb: Disturb,
    listed: list[Listed],
    population: Population,
    chance: Random,
    wanted: int,
) -> list[Case]:
    """So many cases; a listing in Arabic alone serves the last kind and no other."""
    cases: list[Case] = []
    for place in chance.sample(range(len(listed)), len(listed)):
        one = listed[place]
        if len(cases) == wanted:
            break
        if (one.listing.names[0].script == "Arab") is not (kind == ARABIC):
            continue
        shown = disturb(show(one.person), one.person, population, chance)
        if shown is not None:
            nationality = _nationality(one.person, population, chance)
            asked = shown.asked(one.person.sex, nationality)
            cases.append(Case(asked, place, kind, one.birth_quality))
    if len(cases) < wanted:
        raise TooFewError(f"{kind}: {len(cases)} of {wanted}")
    return cases


def _travels(person: Person, population: Population, chance: Random) -> Asked:
    """An innocent traveller, by the same documents."""
    return show(person).asked(person.sex, _nationality(person, population, chance))


def _nationality(person: Person, population: Population, chance: Random) -> str:
    """Some travel on the passport of another State."""
    return population.nation() if chance.random() < _OTHER_NATIONALITY else person.nationality
