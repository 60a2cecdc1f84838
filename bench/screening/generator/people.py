"""People of West Africa and some of its visitors, named as their people names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from bench.screening.generator.material import Name, Register, Section, given_names, surnames

# Of a hundred travellers, how many come from there; the language of its registers; its peoples.
NATIONS: Mapping[str, tuple[float, Register, Mapping[str, float]]] = {
    "MLI": (
        22,
        "fr",
        {"mande": 55, "fula": 16, "songhay": 14, "tuareg": 6, "moorish": 4, "gur": 5},
    ),
    "SEN": (12, "fr", {"senegal": 55, "fula": 22, "mande": 15, "lusophone": 3, "moorish": 5}),
    "GIN": (11, "fr", {"fula": 45, "mande": 50, "krio": 5}),
    "CIV": (10, "fr", {"akan": 45, "mande": 30, "gur": 20, "fula": 5}),
    "BFA": (9, "fr", {"gur": 65, "mande": 15, "fula": 12, "tuareg": 3, "songhay": 5}),
    "NER": (9, "fr", {"hausa": 50, "songhay": 28, "tuareg": 12, "fula": 10}),
    "MRT": (5, "fr", {"moorish": 65, "fula": 22, "senegal": 8, "mande": 5}),
    "GMB": (4, "en", {"mande": 45, "fula": 25, "senegal": 27, "krio": 3}),
    "NGA": (5, "en", {"yoruba": 50, "hausa": 42, "fula": 8}),
    "GHA": (3, "en", {"akan": 65, "gur": 22, "ewe": 13}),
    "TGO": (2, "fr", {"ewe": 75, "gur": 20, "hausa": 5}),
    "BEN": (2, "fr", {"ewe": 60, "yoruba": 20, "songhay": 12, "gur": 8}),
    "SLE": (2, "en", {"mande": 45, "krio": 35, "fula": 20}),
    "GNB": (2, "pt", {"lusophone": 50, "fula": 25, "mande": 25}),
    "LBR": (1, "en", {"krio": 70, "mande": 30}),
    "CPV": (1, "pt", {"lusophone": 100}),
    "DZA": (1, "fr", {"maghreb": 90, "tuareg": 10}),
    "MAR": (1, "fr", {"maghreb": 100}),
    "LBN": (0.5, "fr", {"maghreb": 100}),
    "FRA": (3, "fr", {"european": 65, "maghreb": 15, "mande": 20}),
    "DEU": (1.5, "en", {"european": 100}),
    "ESP": (1, "en", {"european": 100}),
    "SWE": (0.5, "en", {"european": 100}),
}
# How often each tradition of given names is met in a people; "own" is the people's itself.
_TRADITIONS: Mapping[str, Mapping[str, float]] = {
    "senegal": {"muslim": 85, "christian": 15},
    "gur": {"muslim": 55, "christian": 45},
    "akan": {"akan": 45, "christian": 55},
    "ewe": {"ewe": 45, "christian": 50, "muslim": 5},
    "yoruba": {"yoruba": 60, "christian": 25, "muslim": 15},
    "krio": {"christian": 60, "muslim": 40},
    **{own: {own: 1} for own in ("lusophone", "moorish", "tuareg", "maghreb", "european")},
}
_MUSLIM: Mapping[str, float] = {"muslim": 1}
_ONE_MORE, _MOST_GIVEN = 0.33, 3
_TWO_SURNAMES: Mapping[str, float] = {"lusophone": 0.5, "songhay": 0.3, "hausa": 0.15, "akan": 0.1}
_LINKED = 0.6
_FIRST_OF_JANUARY = 0.06
_YEAR = 2026
_YOUNGEST, _OLDEST, _USUAL = 16, 85, 31
WRITTEN_IN_ARABIC = frozenset(
    ("mande", "fula", "senegal", "songhay", "hausa", "moorish", "tuareg", "maghreb")
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of somebody's name as written; `name` is what it spells, None for a word that links."""

    text: str
    name: Name | None = None

    def otherwise(self, chance: Random) -> Word:
        """The same name spelled in another way."""
        return replace(self, text=self.name.otherwise(self.text, chance)) if self.name else self


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist. `people` tells how their name is made."""

    surname: tuple[Word, ...]
    given: tuple[Word, ...]
    sex: str
    birth: date
    nationality: str
    people: str

    @property
    def words(self) -> tuple[Word, ...]:
        """The whole name, given names first."""
        return (*self.given, *self.surname)


class Population:
    """Draws people; the same chance always draws the same."""

    def __init__(self, chance: Random, *, all_names: bool) -> None:
        self._chance = chance
        self.surnames = surnames(all_names=all_names)
        self.given = given_names(all_names=all_names)

    def person(self) -> Person:
        """Somebody new."""
        chance = self._chance
        nation = _draw(chance, {code: weight for code, (weight, _, _) in NATIONS.items()})
        _, register, peoples = NATIONS[nation]
        people = _draw(chance, peoples)
        sex = "M" if chance.random() < 0.62 else "F"
        return Person(
            surname=self._surname(people, sex, register),
            given=self._given_names(people, sex, register),
            sex=sex,
            birth=self._birth(),
            nationality=nation,
            people=people,
        )

    def nation(self) -> str:
        """A State, by how many come from there."""
        return _draw(self._chance, {code: weight for code, (weight, _, _) in NATIONS.items()})

    def one_more(self, person: Person) -> Word:
        """Another given name that this person might bear too."""
        return self._one_given(person.people, person.sex, "fr")

    def _surname(self, people: str, sex: str, register: Register) -> tuple[Word, ...]:
        chance, section = self._chance, self.surnames[people]
        first = section.draw(chance)
        words = [Word(first.spelled(register, chance), first)]
        if chance.random() < two_surnames(people):
            second = section.draw(chance)
            words.append(Word(second.spelled(register, chance), second))
        link = {"moorish": ("Ould", "Mint"), "tuareg": ("Ag", "Walet")}.get(people)
        if link and (people == "tuareg" or chance.random() < _LINKED):
            words.insert(0, Word(link[sex == "F"]))
        return tuple(words)

    def _given_names(self, people: str, sex: str, register: Register) -> tuple[Word, ...]:
        words = [self._one_given(people, sex, register)]
        while len(words) < _MOST_GIVEN and self._chance.random() < _ONE_MORE:
            more = self._one_given(people, sex, register)
            if all(more.name is not word.name for word in words):
                words.append(more)
        return tuple(words)

    def _one_given(self, people: str, sex: str, register: Register) -> Word:
        tradition = _draw(self._chance, _TRADITIONS.get(people, _MUSLIM))
        name = self.given[f"{tradition} {'male' if sex == 'M' else 'female'}"].draw(self._chance)
        return Word(name.spelled(register, self._chance), name)

    def _birth(self) -> date:
        chance = self._chance
        year = _YEAR - round(chance.triangular(_YOUNGEST, _OLDEST, _USUAL))
        if chance.random() < _FIRST_OF_JANUARY:
            return date(year, 1, 1)
        return date(year, 1, 1) + timedelta(chance.randrange(365))


def two_surnames(people: str) -> float:
    """How many of a people, 0 to 1, bear two surnames."""
    return _TWO_SURNAMES.get(people, 0.0)


def given_by(
    population: Population, people: str, sex: str, shares: Callable[[Section], Mapping[str, float]]
) -> dict[str, float]:
    """How large a share of a people's given names each is, by the `shares` of its traditions."""
    traditions = _TRADITIONS.get(people, _MUSLIM)
    found: dict[str, float] = {}
    for tradition, weight in traditions.items():
        section = population.given[f"{tradition} {'male' if sex == 'M' else 'female'}"]
        for name, share in shares(section).items():
            found[name] = found.get(name, 0.0) + share * weight / sum(traditions.values())
    return found


def _draw(chance: Random, weights: Mapping[str, float]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]
