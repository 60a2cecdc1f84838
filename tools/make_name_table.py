"""Make the shipped table of names: how common each is, and which spellings are one name.

    PYTHONPATH=src .venv/bin/python tools/make_name_table.py FOLDER

`tools/names/common.txt` and `west-african-variants.csv` were written for this project. FOLDER holds
the latter and the rest of the material that NOTICE names: `wikidata-name-groups.txt`,
`common-forenames-by-country.csv`, `common-surnames-by-country.csv` (CC0) and
`arabic-latin-wikidata.tokens` (MIT). The same material gives the same bytes.

A name is taken to be as common as where it is most common: namesakes come from one place.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
from rapidfuzz.distance import OSA

from openmidas.screening.names import fold, script_of, skeleton
from openmidas.screening.nametable import (
    FILE,
    STEPS,
    NameTable,
    bare_key,
    group_key,
    key,
    key_of_sound,
)

OUT = Path(__file__).parents[1] / "src/openmidas/screening" / FILE
COMMON = Path(__file__).with_name("names") / "common.txt"
SCRIPTS = ("Latn", "Cyrl", "Arab", "Grek", "Hebr")
"""Scripts that are written letter by letter, so that a form of a name folds to one token."""
MOST_FORMS = 60
"""A group of more forms holds several names."""
LEAST_ALIKE = 0.34
"""Forms that are less alike than this to every other form of their group are no spelling of it."""
COVERED = 0.3
"""What share of a country's people bear one of its commonest names, where the source has no counts."""

Shares = dict[str, float]


def main() -> None:
    folder = Path(sys.argv[1])
    shares: Shares = defaultdict(float)
    sounds: Shares = defaultdict(float)
    for region in regions(folder):
        by_sound: Counter[str] = Counter()
        for token, share in region.items():
            shares[token] = max(shares[token], share)
            by_sound[skeleton(token)] += share
        for sound, share in by_sound.items():
            sounds[sound] = max(sounds[sound], share)
    numbered = {key(token): share for token, share in shares.items()}
    numbered |= {key_of_sound(sound): share for sound, share in sounds.items()}
    table = pack(numbered, list(groups(folder)))
    OUT.write_bytes(table.pack())
    print(f"{OUT}: {len(shares)} names, {OUT.stat().st_size} bytes")


def pack(shares: dict[int, float], found: list[set[str]]) -> NameTable:
    """The arrays of the table."""
    names = np.array(sorted(shares), dtype="<u4")
    steps = [round(-math.log2(min(1.0, shares[int(name)])) * STEPS) for name in names]
    forms = sorted({(key(form), at) for at, group in enumerate(found) for form in group})
    return NameTable(
        names,
        np.array([min(255, step) for step in steps], dtype=np.uint8),
        np.array([form for form, _ in forms], dtype="<u4"),
        np.array([at for _, at in forms], dtype="<u4"),
    )


def regions(folder: Path) -> Iterator[Shares]:
    """How large a share of its people bear a name, region by region."""
    yield west_africa(folder / "west-african-variants.csv")
    yield from known_regions()
    forenames = by_country(folder / "common-forenames-by-country.csv")
    surnames = by_country(folder / "common-surnames-by-country.csv")
    for country in sorted(forenames.keys() | surnames.keys()):
        region: Shares = defaultdict(float)
        for ranked in (*forenames.get(country, {}).values(), *surnames.get(country, {}).values()):
            total = sum(1 / (2 + at) for at in range(len(ranked)))
            for at, token in enumerate(ranked):
                region[token] += COVERED / (2 + at) / total / 2
        yield region
    yield counted(folder / "arabic-latin-wikidata.tokens")


def west_africa(path: Path) -> Shares:
    """From the rough weights of the region's names; the first spellings are the commonest."""
    region: Shares = defaultdict(float)
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    totals: Counter[str] = Counter()
    for row in rows:
        totals["surname" if row["kind"] == "surname" else "given"] += float(row["weight"])
    for row in rows:
        share = float(row["weight"]) / totals["surname" if row["kind"] == "surname" else "given"]
        spellings = [fold(form) for form in row["variants"].split("|")]
        total = sum(1 / (1 + at) for at in range(len(spellings)))
        for at, tokens in enumerate(spellings):
            for token in tokens:
                region[token] += 0.8 * share / (1 + at) / total
    return region


def known_regions() -> Iterator[Shares]:
    """From `tools/names/common.txt`; the first spelling is the commonest."""
    region: Shares = defaultdict(float)
    for line in COMMON.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            yield region
            region = defaultdict(float)
        for per_mille, forms in names_of(line):
            total = sum(1 / (1 + at) for at in range(len(forms)))
            for at, form in enumerate(forms):
                for token in fold(form):
                    region[token] += per_mille / 1000 / (1 + at) / total
    yield region


def names_of(line: str) -> Iterator[tuple[float, list[str]]]:
    """How many of a thousand bear each name of a line, and its spellings."""
    figure, _, names = line.partition(" ")
    if figure.isdigit():
        for name in names.split(","):
            yield float(figure), [form.strip() for form in name.split("|")]


def by_country(path: Path) -> dict[str, dict[str, list[str]]]:
    """The commonest names of a country in order, by sex where the source tells it."""
    found: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for row in csv.DictReader(path.open(encoding="utf-8-sig")):
        for token in fold(row["Romanized Name"] or row["Localized Name"]):
            found[row["Country"]][row.get("Gender", "")][token] = None
    return {
        country: {sex: list(tokens) for sex, tokens in by_sex.items()}
        for country, by_sex in found.items()
    }


def counted(path: Path) -> Shares:
    """The people of Wikidata, who are from everywhere and more from some places than from others."""
    counts: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        latin, _arabic, count = line.split("\t")
        for token in fold(latin):
            counts[token] += int(count)
    total = counts.total() / 2  # a person bears two names
    return {token: count / total for token, count in counts.items()}


def groups(folder: Path) -> Iterator[set[str]]:
    """Names that have forms of different sound, each as the keys of its forms."""
    for row in csv.DictReader((folder / "west-african-variants.csv").open(encoding="utf-8")):
        forms = [fold(form) for form in row["variants"].split("|")]
        yield from of_one_name([tokens[0] for tokens in forms if len(tokens) == 1])
    for line in COMMON.read_text(encoding="utf-8").splitlines():
        for _, written in names_of(line):
            yield from of_one_name([fold(form)[0] for form in written if len(fold(form)) == 1])
    lines = (folder / "wikidata-name-groups.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        forms_text, _, _identifier = line.partition(" => ")
        keys = spellings(forms_text.split(", "))
        if len(keys) > 1:
            yield keys


def of_one_name(forms: list[str]) -> Iterator[set[str]]:
    """The keys of forms that somebody wrote down as one name, also as a script without vowels has them."""
    keys = {group_key(form) for form in forms}
    if len(keys) > 1:
        yield keys | {bare for form in forms if (bare := bare_key(form))}


def spellings(forms: list[str]) -> set[str]:
    """The keys of those forms that are one token and like another form of the group."""
    if len(forms) > MOST_FORMS:
        return set()
    folded = [fold(form) for form in forms if script_of(form) in SCRIPTS]
    keys = sorted({group_key(tokens[0]) for tokens in folded if len(tokens) == 1})
    alike: set[str] = set()
    for one, two in combinations(keys, 2):
        if OSA.normalized_similarity(one, two) >= LEAST_ALIKE:
            alike |= {one, two}
    return alike


if __name__ == "__main__":
    main()
