"""``python -m bench.screening.bound``: how many of the generator's listed could be told at all.

A matcher that nobody can build: it knows which name every spelling is of, how many people of each State
bear it, and how often lists and documents err. What it misses nobody finds: the listing and the
document leave the person one of too many. Names are taken as undisturbed, so the others are below it.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

import numpy as np

from bench.screening.generator import slips
from bench.screening.generator.listings import BIRTH_QUALITIES
from bench.screening.generator.material import Section
from bench.screening.generator.people import NATIONS, Person, Population, given_by, two_surnames
from bench.screening.reckoning import needed
from bench.screening.setting import TEST_SEEDS

LISTINGS = INNOCENT = 20_000
LISTED = 6_000
_NATIONALITY, _SEX, _OTHER = 0.85, 0.76, 0.07
_MISDATED = 1.5 / 14
_WRONG, _WAYS = 0.06, 35
"""How many of the dates of a person differ, and in how many ways a date is written wrong."""
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A listed person and what the list tells of them."""

    person: Person
    quality: str
    birth: date
    nationality: str | None
    sex: str | None


class AllKnowing:
    """Knows the shares by which the generator draws."""

    def __init__(self, population: Population) -> None:
        self._surnames = {people: _shares(one) for people, one in population.surnames.items()}
        self._given = {
            (people, sex): given_by(population, people, sex, _shares)
            for people in self._surnames
            for sex in "FM"
        }
        self._known: dict[tuple[Names, Names, str, str | None], float] = {}

    def bits(self, entry: Entry, person: Person, nationality: str) -> float:
        """How much speaks for this traveller being the listed one, their names being the same."""
        born = _birth_ratio(entry, person.birth)
        if not born or (entry.sex and entry.sex != person.sex):
            return -math.inf
        if entry.nationality is None:
            share = self._share(entry.person, None)
        elif entry.nationality == nationality:
            share = self._share(entry.person, nationality) / (1 - _OTHER)
        else:
            share = self._share(entry.person, None) / _OTHER
        return math.log2(born / share)

    def _share(self, person: Person, nationality: str | None) -> float:
        """How large a share of travellers bear these names and sex, and come from there."""
        key = (_names(person.surname), _names(person.given), person.sex, nationality)
        if key not in self._known:
            total = sum(weight for weight, _, _ in NATIONS.values())
            self._known[key] = sum(
                weight / total * here / sum(peoples.values()) * self._of_people(people, person)
                for state, (weight, _, peoples) in NATIONS.items()
                if nationality in (None, state)
                for people, here in peoples.items()
            )
        return self._known[key]

    def _of_people(self, people: str, person: Person) -> float:
        surnames, given = _names(person.surname), _names(person.given)
        share = two_surnames(people) if len(surnames) == 2 else 1 - two_surnames(people)
        for name in surnames:
            share *= self._surnames[people].get(name, 0.0)
        for name in given:
            share *= self._given[people, person.sex].get(name, 0.0)
        orders = math.factorial(len(given)) * (0.67, 0.33 * 0.67, 0.33**2)[len(given) - 1]
        return share * orders * (0.62 if person.sex == "M" else 0.38)


def measure(seed: int, *, all_names: bool) -> dict[float, float]:
    """The percentage of the listed who are told, by the share of the innocent that may be hit."""
    chance = Random(seed)  # noqa: S311  repeatable, no secret
    population = Population(chance, all_names=all_names)
    knowing = AllKnowing(population)
    entries = [_entry(population, chance) for _ in range(LISTINGS)]
    by_names: dict[tuple[Names, Names], list[Entry]] = defaultdict(list)
    for entry in entries:
        by_names[_key(entry.person)].append(entry)
    innocent = []
    for _ in range(INNOCENT):
        person = population.person()
        passport = _passport(person, population, chance)
        alike = by_names.get(_key(person), ())
        innocent.append(max((knowing.bits(e, person, passport) for e in alike), default=-math.inf))
    listed = []
    for entry in entries[:LISTED]:
        shown = entry.person
        if chance.random() < _MISDATED:
            shown = replace(shown, birth=slips.misdate(shown.birth, chance))
        listed.append(knowing.bits(entry, shown, _passport(shown, population, chance)))
    return {
        share: 100 * float(np.mean(np.array(listed) > needed(np.array(innocent), share)))
        for share in (0.01, 0.001)
    }


def _entry(population: Population, chance: Random) -> Entry:
    person = population.person()
    quality = chance.choices(list(BIRTH_QUALITIES), list(BIRTH_QUALITIES.values()))[0]
    birth = slips.misdate(person.birth, chance) if quality == "wrong by one" else person.birth
    return Entry(
        person,
        quality,
        birth,
        person.nationality if chance.random() < _NATIONALITY else None,
        person.sex if chance.random() < _SEX else None,
    )


def _birth_ratio(entry: Entry, ours: date) -> float:
    """How much likelier these two births are with one person than with two."""
    theirs, year = entry.birth, _share_of_year(ours.year)
    if entry.quality == "none":
        return 1.0
    if entry.quality == "about":
        return 1 / (5 * year) if abs(theirs.year - ours.year) <= 2 else 0.0
    if entry.quality in ("year", "1 January"):
        return 1 / year if theirs.year == ours.year else 0.0
    if theirs == ours:
        return (1 - _WRONG) * 365 / year
    day_and_month = (theirs.day, theirs.month)
    near = abs((theirs - ours).days) == 1
    near |= day_and_month == (ours.day, ours.month) and abs(theirs.year - ours.year) == 1
    near |= theirs.year == ours.year and (
        theirs.month == ours.month
        or theirs.day == ours.day
        or day_and_month == (ours.month, ours.day)
    )
    return _WRONG * 365 / year / _WAYS if near else 0.0


def _share_of_year(year: int) -> float:
    """The generator's triangle of ages: 16 to 85, most of 31."""
    age = 2026 - year
    height = 2 / (85 - 16)
    side = (age - 16) / (31 - 16) if age < 31 else (85 - age) / (85 - 31)
    return max(height * side, 1e-4)


def _shares(section: Section) -> Mapping[str, float]:
    weights = {name.forms["fr"][0]: name.drawn for name in section.names}
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


def _names(words: tuple[object, ...]) -> Names:
    named = (getattr(word, "name", None) for word in words)
    return tuple(name.forms["fr"][0] for name in named if name is not None)


def _key(person: Person) -> tuple[Names, Names]:
    return _names(person.surname), tuple(sorted(_names(person.given)))


def _passport(person: Person, population: Population, chance: Random) -> str:
    return population.nation() if chance.random() < _OTHER else person.nationality


def main() -> None:
    """Print the bound for the seeds that figures are taken with."""
    for seed in [int(text) for text in sys.argv[1:]] or TEST_SEEDS:
        found = measure(seed, all_names=True)
        told = ", ".join(f"{value:.1f} % at {share:.1%}" for share, value in found.items())
        print(f"seed {seed}: {told}")


if __name__ == "__main__":
    main()
