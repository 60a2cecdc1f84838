"""Listings as sources write them: some whole, many with little to go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from bench.screening.generator import slips
from bench.screening.generator.arabic import written
from bench.screening.generator.people import WRITTEN_IN_ARABIC, Person, Word
from bench.screening.generator.zone import letters
from openmidas.screening import ListedBirth, ListedName, Listing
from openmidas.screening.listings import Quality, Sex

# Of a hundred listings, how well they date the person's birth.
BIRTH_QUALITIES: Mapping[str, float] = {
    "day": 66,
    "1 January": 3,
    "year": 15,
    "about": 3,
    "wrong by one": 5,
    "none": 8,
}
_HAS_SEX, _HAS_NATIONALITY = 0.76, 0.85
_HAS_ALIASES, _HAS_ARABIC, _WEAK = 0.3, 0.04, 0.25
_WITHOUT_MARKS = 0.4
_ABOUT = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing, whom it means, and how well it dates their birth."""

    listing: Listing
    person: Person
    birth_quality: str


def write(id: str, person: Person, chance: Random, *, arabic: bool) -> Listed:
    """A listing of this person; `arabic`: with the name in Arabic script alone."""
    quality = chance.choices(list(BIRTH_QUALITIES), list(BIRTH_QUALITIES.values()))[0]
    if quality == "day" and (person.birth.month, person.birth.day) == (1, 1):
        quality = "1 January"
    sexes: dict[str, Sex] = {"F": "F", "M": "M"}
    listing = Listing(
        id=id,
        kind="person",
        names=_arabic_alone(person, chance) if arabic else _names(person, chance),
        births=_births(person.birth, quality, chance),
        sex=sexes[person.sex] if chance.random() < _HAS_SEX else None,
        nationalities=(person.nationality,) if chance.random() < _HAS_NATIONALITY else (),
    )
    return Listed(listing, person, quality)


def may_be_arabic(person: Person) -> bool:
    """Whether a list in Arabic would know this person's name."""
    return person.people in WRITTEN_IN_ARABIC


def _names(person: Person, chance: Random) -> tuple[ListedName, ...]:
    names = [ListedName(_text(person.surname, person.given, chance))]
    if chance.random() < _HAS_ALIASES:
        for _ in range(chance.choice((1, 1, 2))):
            weak: Quality = "low" if chance.random() < _WEAK else "good"
            surname, given = _respelled(person.surname, chance), _respelled(person.given, chance)
            names.append(ListedName(_text(surname, given, chance), weak))
    if may_be_arabic(person) and chance.random() < _HAS_ARABIC:
        names.append(ListedName(written(person.words, chance), "good", "Arab"))
    return tuple(names)


def _respelled(words: tuple[Word, ...], chance: Random) -> tuple[Word, ...]:
    return tuple(word.otherwise(chance) if chance.random() < 0.7 else word for word in words)


def _arabic_alone(person: Person, chance: Random) -> tuple[ListedName, ...]:
    return (ListedName(written(person.words, chance), "primary", "Arab"),)


def _text(surname: tuple[Word, ...], given: tuple[Word, ...], chance: Random) -> str:
    last, first = (" ".join(word.text for word in words) for words in (surname, given))
    if chance.random() < _WITHOUT_MARKS:
        last, first = letters(last), letters(first)
    way = chance.randrange(3)
    return f"{first} {last}" if way == 0 else f"{last}, {first}" if way == 1 else f"{last} {first}"


def _births(birth: date, quality: str, chance: Random) -> tuple[ListedBirth, ...]:
    year = birth.year
    if quality == "none":
        return ()
    if quality == "year":
        return (ListedBirth(date(year, 1, 1), date(year, 12, 31), str(year)),)
    if quality == "about":
        middle = year + chance.choice((-1, 0, 0, 1))
        ends = date(middle - _ABOUT, 1, 1), date(middle + _ABOUT, 12, 31)
        return (ListedBirth(*ends, f"about {middle}"),)
    day = birth
    if quality == "1 January":
        day = date(year, 1, 1)
    elif quality == "wrong by one":
        day = slips.misdate(birth, chance)
    return (ListedBirth(day, day, day.isoformat()),)
