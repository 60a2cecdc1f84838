"""Names from public material that we did not write: where it lies beside the project."""

from __future__ import annotations

import csv
import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

from bench.screening.cases import Asked, Pair, named
from bench.screening.generator.zone import letters

_SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDER = Path(os.environ.get("OPENMIDAS_SHARED_DATA", _SHARED)) / "names"
_HELD_OUT = 20
_FEWEST_LETTERS = 3
ARABIC, WIKIDATA = "Arabic and Latin script", "Wikidata's groups of names"


def travellers(chance: Random, count: int) -> list[Asked]:
    """So many travellers of all the world, from its commonest names; none where those are missing."""
    forenames, surnames = _by_country("common-forenames"), _by_country("common-surnames")
    countries = sorted(forenames.keys() & surnames.keys())
    if not countries:
        return []
    found: list[Asked] = []
    while len(found) < count:
        country = chance.choice(countries)
        given = " ".join(chance.sample(forenames[country], chance.choice((1, 1, 2))))
        asked = Asked(letters(chance.choice(surnames[country])), letters(given))
        if asked.surname and asked.given_names:
            found.append(asked)
    return found


def pairs(chance: Random, count: int) -> dict[str, list[Pair]]:
    """By source: names of two parts in two spellings, and beside each two who share one part."""
    return {
        title: list(_pairs(chance, spellings, count))
        for title, spellings in ((ARABIC, _arabic()), (WIKIDATA, _wikidata(chance)))
        if len(spellings) > 3
    }


def _pairs(chance: Random, spellings: list[tuple[str, str]], count: int) -> Iterator[Pair]:
    for _ in range(count):
        first, second, third, fourth = chance.sample(spellings, 4)
        asked = Asked(letters(second[0]), letters(first[0]))
        yield Pair(asked, named(f"{first[1]} {second[1]}"), True)
        yield Pair(asked, named(f"{first[1]} {third[1]}"), False)
        yield Pair(asked, named(f"{fourth[1]} {second[1]}"), False)


def _arabic() -> list[tuple[str, str]]:
    """Each token of the evaluation part: Latin, Arabic."""
    found = []
    for line in _lines("arabic-latin-eval.txt"):
        arabic, _, latin = line.partition("\t")
        if len(letters(latin)) >= _FEWEST_LETTERS and " " not in latin:
            found.append((latin.strip(), arabic.strip()))
    return found


def _wikidata(chance: Random) -> list[tuple[str, str]]:
    """Two Latin forms of each twentieth group, chosen by its identifier."""
    found = []
    for line in _lines("wikidata-name-groups.txt"):
        forms, _, identifier = line.partition(" => ")
        if hashlib.sha256(identifier.encode()).digest()[0] % _HELD_OUT:
            continue
        latin = sorted({form for form in forms.split(", ") if _is_word(form)})
        if len({letters(form) for form in latin}) > 1:
            one, other = chance.sample(latin, 2)
            if letters(one) != letters(other):
                found.append((one, other))
    return found


def _is_word(form: str) -> bool:
    plain = letters(form)
    return len(plain) >= _FEWEST_LETTERS and " " not in plain and len(plain) == len(form)


def _by_country(kind: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in csv.DictReader(_lines(f"{kind}-by-country.csv")):
        name = row["Romanized Name"] or row["Localized Name"]
        if letters(name):
            found[row["Country"]].append(name)
    return found


def _lines(file: str) -> list[str]:
    path = FOLDER / file
    return path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
