"""Invented people for learning the weights: each as a list may hold them and as a document may.

What names go together by is as in life: a people's surnames and given names with its States. Names come
from `tools/names/common.txt` and the folder that NOTICE names; everything else is drawn by a seeded
generator. The disturbances are what documents, lists and readers do to names and dates; how often each
happens is an assumption, stated here and nowhere tuned to a list.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from zlib import crc32

from make_name_table import COMMON, names_of
from training_slips import disturb, fold_mrz, shifted, wrong

from openmidas.documents import PartialDate
from openmidas.screening import ListedBirth, ListedName, Listing, Query
from openmidas.screening.names import fold, script_of

LINE = 39
"""Places for the names in the lines of a passport; 30 in those of an identity card."""
HOMES, HOME_FACTOR = 5, 5
RARE, RARE_SHARE = 60, 0.2
"""Beside the names that everybody has, each people has so many that few have; what share bears one."""
PEOPLES = {
    "MLI": ("Mande", "Fula", "Songhay", "Moors"),
    "NER": ("Songhay", "Fula", "Moors"),
    "BFA": ("Mossi", "Mande", "Fula"),
    "GIN": ("Fula", "Mande"),
    "SEN": ("Senegambia", "Fula", "Mande"),
    "GMB": ("Mande", "Senegambia", "Fula"),
    "CIV": ("Akan", "Mande", "Mossi"),
    "MRT": ("Moors", "Fula", "Senegambia"),
    "SLE": ("Krio", "Mande", "Fula"),
    "NGA": ("Yoruba", "Songhay"),
    "GNB": ("Lusophone", "Fula", "Mande"),
    "GHA": ("Akan", "Mossi"),
}
"""Whose names (`tools/names/common.txt`) are met in a State, the most frequent first."""
CHRISTIANS = {"Akan": 0.6, "Yoruba": 0.5, "Krio": 0.6, "Lusophone": 0.9, "Mossi": 0.4}
STATES = {
    "africa": ("MLI", "NER", "BFA", "GIN", "SEN", "GMB", "CIV", "MRT", "SLE", "NGA", "GNB", "GHA"),
    "arab": ("SYR", "IRQ", "EGY", "LBY", "TUN", "DZA", "MAR", "YEM", "SAU", "SDN", "JOR"),
    "world": ("RUS", "UKR", "FRA", "GBR", "DEU", "CHN", "KOR", "IRN", "TUR", "ESP", "COL", "IND"),
}


@dataclass(frozen=True)
class Person:
    """Somebody: each name as the spellings that it has, the likeliest first."""

    names: tuple[tuple[str, ...], ...]
    born: date
    sex: str
    nationality: str
    arabic: tuple[str, ...]


class _Stock:
    """Names of a region with how common each is; a name is a tuple of its spellings.

    Each State has some of the names for its own, which are borne there more than elsewhere: first
    names, surnames and nationalities go together, and agreeing in all says less than it seems.
    """

    def __init__(self, names: list[tuple[str, ...]], weights: list[float]) -> None:
        self._names = names
        self._heaps = [
            list(
                accumulate(
                    weight * (HOME_FACTOR if _part_of(name[0]) == home else 1)
                    for name, weight in zip(names, weights, strict=True)
                )
            )
            for home in range(HOMES)
        ]

    def draw(self, chance: random.Random, state: str) -> tuple[str, ...]:
        return chance.choices(self._names, cum_weights=self._heaps[_part_of(state)])[0]


def _number(text: str) -> int:
    return crc32(text.encode())


def _part_of(text: str) -> int:
    return _number(text) % HOMES


class People:
    """Draws persons of three regions from the material in `folder`."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._chance = chance
        self._arabic: dict[str, str] = {}
        commonness: dict[str, int] = defaultdict(int)
        for line in (folder / "arabic-latin-wikidata.tokens").read_text("utf-8").splitlines():
            latin, arabic, count = line.split("\t")
            name = "".join(fold(latin))
            commonness[name] += int(count)
            self._arabic.setdefault(name, arabic.replace(" ", ""))
        groups = _groups(folder / "wikidata-name-groups.txt", chance)
        by_form = {form: group for group in groups for form in group}
        self._groups = iter(groups)
        self._peoples = {
            title.split()[0].strip(","): self._people(names) for title, names in _common()
        }
        self._given = {
            (faith, sex): self._people(names)
            for title, names in _common()
            for faith, _, whose in [title.partition(" given names, ")]
            for sex in [{"men": "M", "women": "F"}.get(whose, "")]
            if sex
        }
        self._arab = _arab(folder / "arabic-latin-train.txt", commonness)
        surnames = _ranked(folder / "common-surnames-by-country.csv", by_form)
        forenames = _ranked(folder / "common-forenames-by-country.csv", by_form)
        self._world = {
            country: (self._people(surnames[country]), self._people(forenames[country]))
            for country in sorted(surnames.keys() & forenames.keys())
        }
        self._countries = sorted(self._world)

    def _people(self, names: dict[tuple[str, ...], float]) -> _Stock:
        """The stock of a people: its common names, and rare ones that no other has."""
        rare = list(islice(self._groups, RARE))
        share = RARE_SHARE * sum(names.values()) / RARE
        return _Stock([*names, *rare], [*names.values(), *[share] * len(rare)])

    def draw(self) -> Person:
        """One person."""
        chance = self._chance
        region = chance.choices(("africa", "arab", "world"), (0.6, 0.2, 0.2))[0]
        states = STATES[region]
        state = chance.choices(states, [1 / (2 + at) for at in range(len(states))])[0]
        sex = "M" if chance.random() < 0.75 else "F"
        count = chance.choices((1, 2, 3), (0.6, 0.32, 0.08))[0]
        surnames, given = self._stocks(region, state, sex)
        names = [given.draw(chance, state) for _ in range(count)]
        names.append(surnames.draw(chance, state))
        born = date(1945, 1, 1) + timedelta(days=int(chance.triangular(0, 62 * 365, 40 * 365)))
        if chance.random() < 0.06:
            born = born.replace(month=1, day=1)
        return Person(
            tuple(names),
            born,
            sex,
            state,
            tuple(self._arabic.get("".join(fold(name[0])), "") for name in names),
        )

    def _stocks(self, region: str, state: str, sex: str) -> tuple[_Stock, _Stock]:
        """Where surnames and given names of a people of this State come from: they go together."""
        chance = self._chance
        if region == "arab":
            return self._arab, self._arab
        if region == "world":
            return self._world[self._countries[_number(state) % len(self._countries)]]
        peoples = PEOPLES[state]
        people = chance.choices(peoples, [1 / (1 + at) for at in range(len(peoples))])[0]
        faith = "Christian" if chance.random() < CHRISTIANS.get(people, 0.02) else "Muslim"
        own = people in ("Akan", "Yoruba", "Moors", "Songhay") and chance.random() < 0.4
        return self._peoples[people], self._peoples[people] if own else self._given[faith, sex]

    def listing(self, person: Person, number: int) -> Listing:
        """The person as a list has them: other spellings, aliases, a birth known in part."""
        chance = self._chance
        names = [ListedName(self._written(person, 0.35))]
        if all(person.arabic) and chance.random() < 0.03:
            names = [ListedName(" ".join(person.arabic), "primary", "Arab")]
        while chance.random() < 0.25 and len(names) < 4:
            low = chance.random() < 0.2
            names.append(ListedName(self._written(person, 0.8), "low" if low else "good"))
        return Listing(
            id=str(number),
            kind="person",
            names=tuple(names),
            births=self._births(person.born),
            sex=person.sex if chance.random() < 0.7 else None,  # type: ignore[arg-type]
            nationalities=(person.nationality,) if chance.random() < 0.8 else (),
        )

    def traveller(self, person: Person) -> Query:
        """The person as a document or an officer tells of them, often quite right."""
        chance = self._chance
        harm = chance.choices((0.0, 0.12, 0.3), (0.25, 0.5, 0.25))[0]
        words = [
            chance.choice(spellings) if chance.random() < harm + 0.25 else spellings[0]
            for spellings in person.names
        ]
        words = disturb([fold_mrz(word, chance) for word in words], chance, harm)
        text = " ".join(words)
        line = chance.choice((LINE, LINE, 30))
        if chance.random() < harm:
            text, line = (
                f"{text} {' '.join(fold_mrz(n[-1], chance) for n in self.draw().names)}",
                30,
            )
        sure = chance.random() < 0.75
        return Query(
            surname=text[:line],
            birth=self._born(person.born, harm),
            sex=person.sex if chance.random() < 0.985 else "MF"[person.sex == "M"],
            nationality=person.nationality
            if chance.random() < 0.95
            else chance.choice(STATES["africa"]),
            name_truncated=len(text) >= line and sure,
        )

    def _written(self, person: Person, respelled: float) -> str:
        chance = self._chance
        words = [
            chance.choice(spellings) if chance.random() < respelled else spellings[0]
            for spellings in person.names
        ]
        if len(words) > 2 and chance.random() < 0.12:
            words.pop(chance.randrange(len(words) - 1))
        if chance.random() < 0.4:
            words = [words[-1], *words[:-1]]
        return " ".join(words)

    def _births(self, born: date) -> tuple[ListedBirth, ...]:
        chance = self._chance
        if chance.random() < 0.08:
            return ()
        if chance.random() < 0.05:
            born = shifted(born, chance.choice((-1, 1)))
        kind = chance.choices(("day", "year", "new_year", "years", "month"), (70, 17, 5, 4, 4))[0]
        first = last = born
        if kind == "year":
            first, last = date(born.year, 1, 1), date(born.year, 12, 31)
        elif kind == "new_year":
            first = last = date(born.year, 1, 1)
        elif kind == "years":
            first = date(born.year - chance.randrange(4), 1, 1)
            last = date(born.year + chance.randrange(4), 12, 31)
        elif kind == "month":
            first = born.replace(day=1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        births = [ListedBirth(first, last, "")]
        if chance.random() < 0.05:
            other = born + timedelta(days=chance.randrange(-1500, 1500))
            births.append(ListedBirth(other, other, ""))
        return tuple(births)

    def _born(self, born: date, harm: float) -> PartialDate | None:
        chance = self._chance
        if chance.random() < 0.02:
            return None
        if chance.random() < 0.02 + harm * 0.5:
            return wrong(born, chance)
        return PartialDate(born.year, born.month, born.day)


def _common() -> list[tuple[str, dict[tuple[str, ...], float]]]:
    """The names of `tools/names/common.txt` by section, each with how many bear it."""
    found: list[tuple[str, dict[tuple[str, ...], float]]] = []
    for line in COMMON.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            found.append((line.strip("[]"), {}))
        for per_mille, forms in names_of(line):
            found[-1][1][tuple(forms)] = per_mille
    return found


def _arab(path: Path, commonness: dict[str, int]) -> _Stock:
    by_arabic: dict[str, dict[str, int]] = defaultdict(dict)
    for line in path.read_text("utf-8").splitlines():
        arabic, latin = line.split("\t")[:2]
        name = " ".join(fold(latin))
        by_arabic[arabic][name] = commonness.get(name, 0)
    names, weights = [], []
    for spellings in by_arabic.values():
        ordered = sorted(spellings, key=lambda name: -spellings[name])
        names.append(tuple(ordered[:5]))
        weights.append(1.0 + sum(spellings.values()) ** 0.7)
    return _Stock(names, weights)


def _ranked(
    path: Path, by_form: dict[str, tuple[str, ...]]
) -> dict[str, dict[tuple[str, ...], float]]:
    """The names of each country with how many bear them: the first of a list most."""
    ranks: dict[str, dict[tuple[str, ...], float]] = defaultdict(dict)
    for row in csv.DictReader(path.open(encoding="utf-8-sig")):
        name = row["Romanized Name"] or row["Localized Name"]
        names = ranks[row["Country"]]
        names.setdefault(by_form.get(" ".join(fold(name)), (name,)), 1 / (3 + len(names)))
    return ranks


def _groups(path: Path, chance: random.Random) -> list[tuple[str, ...]]:
    """Groups of two to six spellings in Latin letters, in a drawn order."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        forms = line.partition(" => ")[0].split(", ")
        latin = {" ".join(fold(form)): None for form in forms if script_of(form) == "Latn"}
        if 2 <= len(latin) <= 6 and all(" " not in form and len(form) > 3 for form in latin):
            found.append(tuple(latin))
    chance.shuffle(found)
    return found[:20_000]
