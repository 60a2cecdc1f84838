"""A crowd of invented listings, as large as wanted, and travellers who are among them, disturbed.

Names are drawn from the public name files, common ones often (a Zipf law within each region); seven in
ten people bear names of West Africa in one of their spellings. What one seed gives is always the same.
"""

from __future__ import annotations

import csv
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from openmidas.documents import PartialDate
from openmidas.screening import ListedBirth, ListedDocument, ListedName, Listing, Query
from openmidas.screening.names import fold

SHARED = Path(
    os.environ.get("OPENMIDAS_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data")
)
KINDS = ("exact", "reversed", "typo", "ocr", "respelled", "missing", "joined", "cut")

_STATES = ("MLI", "SEN", "GIN", "CIV", "BFA", "NER", "NGA", "GMB", "MRT", "GHA", "FRA", "PRT")
_OCR = {"O": "Q", "I": "L", "M": "N", "B": "R", "U": "V", "C": "G", "E": "F", "S": "B", "D": "O"}
_FIRST_DAY, _DAYS = date(1945, 1, 1), 62 * 365
_SYLLABLES = [
    one + two for one in "BDFGKLMNSTWYZ" for two in ("A", "E", "I", "O", "OU", "AN", "EN")
]


@dataclass(frozen=True, slots=True)
class Pool:
    """Names, each as its spellings, with their weights added up."""

    names: tuple[tuple[str, ...], ...]
    weights: tuple[float, ...]

    def draw(self, chance: random.Random) -> tuple[str, ...]:
        """The spellings of a name."""
        return chance.choices(self.names, cum_weights=self.weights)[0]


class Crowd:
    """Where listings come from. Reads the name files once."""

    def __init__(self, folder: Path = SHARED / "names") -> None:
        surnames, given = _west_african(folder / "west-african-variants.csv")
        chance = random.Random(5)  # noqa: S311  no secret
        invented: list[tuple[str, ...]] = [
            ("".join(chance.choices(_SYLLABLES, k=chance.randrange(2, 5))),) for _ in range(40_000)
        ]
        forms = _wikidata(folder / "wikidata-name-groups.txt")
        chance.shuffle(forms)
        abroad = _columns(folder / "common-surnames-by-country.csv")
        first = _columns(folder / "common-forenames-by-country.csv")
        self._surnames = (surnames, _zipf(invented), _zipf(abroad + forms[:60_000]))
        self._given = (given, _zipf(first), _zipf(forms[60_000:]))

    def listings(self, count: int, seed: int) -> Iterator[Listing]:
        """So many listings."""
        chance = random.Random(seed)  # noqa: S311  no secret
        for number in range(count):
            yield self._listing(f"L{number:07}", chance)

    def _listing(self, id: str, chance: random.Random) -> Listing:
        names = self._names(chance)
        text = _written(names, chance)
        listed = [ListedName(text)]
        if chance.random() < 0.3:
            listed.append(ListedName(_written(names, chance), "good"))
        number = f"{chance.choice('ABCEP')}{chance.randrange(10**8):08}"
        document = ListedDocument("passport", number, None, number)
        return Listing(
            id=id,
            kind="person",
            names=tuple(dict.fromkeys(listed)),
            births=_birth(chance),
            sex=chance.choice((None, "F", "M", "M")),
            nationalities=(chance.choice(_STATES),) if chance.random() < 0.85 else (),
            documents=(document,) if chance.random() < 0.05 else (),
        )

    def _names(self, chance: random.Random) -> list[tuple[str, ...]]:
        at = chance.choices((0, 1, 2), weights=(55, 25, 20))[0]
        given = self._given[chance.choices((0, 1, 2), weights=(75, 15, 10))[0]]
        return [
            self._surnames[at].draw(chance),
            *(given.draw(chance) for _ in range(chance.choice((1, 1, 2)))),
        ]


def disturbed(listing: Listing, kind: str, *, born: bool, chance: random.Random) -> Query:
    """The listed person as a traveller whose document says so, disturbed in one way."""
    words = list(fold(chance.choice(listing.names).text))
    place = max(range(len(words)), key=lambda at: len(words[at]))
    match kind:
        case "reversed":
            words.reverse()
        case "typo":
            words[place] = _slip(words[place], chance)
        case "ocr":
            found = [at for at, char in enumerate(words[place]) if char in _OCR]
            if found:
                at = chance.choice(found)
                words[place] = words[place][:at] + _OCR[words[place][at]] + words[place][at + 1 :]
        case "respelled":
            words[place] = _respelled(words[place], chance)
        case "missing" if len(words) > 2:
            words.pop()
        case "joined" if len(words) > 2:
            words[-2:] = [words[-2] + words[-1]]
        case "cut":
            words[-1] = words[-1][: max(3, len(words[-1]) - chance.randrange(1, 4))]
    return Query(
        surname=words[0],
        given_names=" ".join(words[1:]),
        birth=_known(listing) if born else None,
        sex=listing.sex,
        nationality=listing.nationalities[0] if listing.nationalities else None,
        name_truncated=kind == "cut",
    )


def _known(listing: Listing) -> PartialDate | None:
    birth = listing.births[0] if listing.births else None
    if birth is None or birth.earliest is None:
        return None
    day = birth.earliest
    return PartialDate(day.year, day.month, day.day if birth.latest == day else 17)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word)) if len(word) > 1 else 0
    match chance.randrange(3):
        case 0:
            return word[:at] + word[at + 1 :] or word
        case 1:
            return word[:at] + chance.choice("AEIKLNRST") + word[at + 1 :]
        case _:
            return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]


def _respelled(word: str, chance: random.Random) -> str:
    ways = [("OU", "U"), ("U", "OU"), ("DI", "DJ"), ("C", "K"), ("K", "C"), ("Y", "I"), ("SS", "S")]
    ways += [("F", "PH"), ("E", "I"), ("I", "EE"), ("A", "AA"), ("N", "NN"), ("L", "LL")]
    fit = [way for way in ways if way[0] in word]
    one, other = chance.choice(fit) if fit else ("", "")
    return word.replace(one, other, 1)


def _birth(chance: random.Random) -> tuple[ListedBirth, ...]:
    day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    known = chance.random()
    if known < 0.08:
        return ()
    if known < 0.28:
        return (ListedBirth(date(day.year, 1, 1), date(day.year, 12, 31), f"{day.year}"),)
    if known < 0.34:
        day = date(day.year, 1, 1)
    return (ListedBirth(day, day, day.isoformat()),)


def _written(names: list[tuple[str, ...]], chance: random.Random) -> str:
    words = [chance.choice(forms) for forms in names]
    if chance.random() < 0.5:
        words = [*words[1:], words[0]]
    return " ".join(words)


def _zipf(names: list[tuple[str, ...]]) -> Pool:
    weights = accumulate(1 / (at + 20) for at in range(len(names)))
    return Pool(tuple(names), tuple(weights))


def _west_african(path: Path) -> tuple[Pool, Pool]:
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    pools = []
    for surname in (True, False):
        chosen = [row for row in rows if (row["kind"] == "surname") is surname]
        names = tuple(tuple(row["variants"].split("|")) for row in chosen)
        pools.append(Pool(names, tuple(accumulate(float(row["weight"]) for row in chosen))))
    return pools[0], pools[1]


def _wikidata(path: Path) -> list[tuple[str, ...]]:
    groups = []
    for line in path.read_text(encoding="utf-8").splitlines():
        forms = line.split(" => ")[0].split(", ")
        latin = tuple(form.title() for form in forms if form.isascii() and form.isalpha())
        if latin:
            groups.append(latin[:4])
    return groups


def _columns(path: Path) -> list[tuple[str, ...]]:
    rows = csv.DictReader(path.open(encoding="utf-8-sig"))
    names = (row["Romanized Name"] or row["Localized Name"] for row in rows)
    return [(name,) for name in dict.fromkeys(names) if name]
