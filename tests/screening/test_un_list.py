"""The real United Nations list: read whole, its people found, West African travellers left alone."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import openmidas
from openmidas.documents import PartialDate
from openmidas.screening import Index, Listing, Query, ReadList, open_list, read_un

SAMPLE = Path(openmidas.__file__).parent / "lists" / "samples" / "un-consolidated-2026-02-27.xml.gz"

NAMES: dict[str, list[str]] = {
    kind: names.split(", ")
    for kind, names in (
        line.split(": ", 1)
        for line in (Path(__file__).parent / "data" / "west-african-names.txt")
        .read_text(encoding="utf-8")
        .splitlines()[1:]
    )
}
NATIONALITIES = ("MLI", "GIN", "NER", "BFA", "SEN", "CIV", "NGA", "MRT", "SLE", "GMB", "DZA")


@pytest.fixture(scope="module")
def read() -> ReadList:
    with open_list(SAMPLE) as stream:
        return read_un(stream)


@pytest.fixture(scope="module")
def index(read: ReadList) -> Index:
    return Index.build([read.edition])


@pytest.fixture(scope="module")
def persons(read: ReadList) -> list[Listing]:
    return [listing for listing in read.edition.listings if listing.kind == "person"]


def test_it_is_read_whole(read: ReadList) -> None:
    kinds = Counter(listing.kind for listing in read.edition.listings)
    assert kinds == {"person": 730, "entity": 273}
    assert read.edition.dated.date() == date(2026, 2, 27)


def test_what_is_not_understood_is_counted(read: ReadList) -> None:
    assert Counter(problem.code for problem in read.problems) == {
        "unreadable_note": 7,
        "unreadable_number": 4,
        "unknown_state": 2,
        "unreadable_date": 2,
    }
    assert sum(len(listing.unread) for listing in read.edition.listings) == len(read.problems)


def _exact(listing: Listing) -> PartialDate | None:
    for birth in listing.births:
        day = birth.earliest
        if day and day == birth.latest and (day.month, day.day) != (1, 1):
            return PartialDate(day.year, day.month, day.day)
    return None


def test_each_person_with_a_day_of_birth_is_found_under_every_good_name(
    index: Index, persons: list[Listing]
) -> None:
    levels: Counter[str] = Counter()
    for listing in persons:
        birth = _exact(listing)
        for name in listing.names if birth else ():
            if name.quality == "low" or name.script != "Latn":
                continue
            hits = index.screen(Query(surname=name.text, birth=birth, sex=listing.sex))
            levels.update(hit.level for hit in hits if hit.listing.id == listing.id)
            levels["asked"] += 1
    assert levels["asked"] > 1000
    assert levels["strong"] / levels["asked"] > 0.98
    assert levels["strong"] + levels["possible"] == levels["asked"]


def test_the_same_name_twenty_years_off_is_weak_at_most(
    index: Index, persons: list[Listing]
) -> None:
    asked = 0
    for listing in persons:
        birth = _exact(listing)
        if birth is None or any(one.earliest is None for one in listing.births):
            continue
        born = PartialDate(birth.year + 20, birth.month % 12 + 1, 28 - birth.day % 20)
        if any(
            one.latest and abs(one.latest.year - born.year) < 4 for one in listing.births
        ):  # the list itself doubts the year
            continue
        asked += 1
        hits = index.screen(Query(surname=listing.name, birth=born, sex=listing.sex))
        for hit in hits:
            if hit.listing.id == listing.id and hit.evidence[1].how == "different":
                assert hit.level == "weak"
                assert hit.evidence[1].weight < -3
    assert asked > 250


def test_a_name_alone_is_always_weak(index: Index, persons: list[Listing]) -> None:
    for listing in persons:
        hits = index.screen(Query(surname=listing.name))
        assert listing.id in {hit.listing.id for hit in hits}
        assert {hit.level for hit in hits} == {"weak"}


def _traveller(rng: random.Random) -> Query:
    female = rng.random() < 0.35
    given = [rng.choice(NAMES["female" if female else "male"])]
    if rng.random() < 0.25:
        given.append(rng.choice(NAMES["male"]))
    year, month, day = int(rng.triangular(1945, 2015, 1988)), rng.randint(1, 12), rng.randint(1, 28)
    births = [
        PartialDate(year, month, day),
        PartialDate(year, 1, 1),
        PartialDate(year),
        PartialDate(year, approximate=True),
        None,
    ]
    return Query(
        surname=rng.choice(NAMES["surnames"]),
        given_names=" ".join(given),
        birth=rng.choices(births, [75, 8, 12, 3, 2])[0],
        sex="F" if female else "M",
        nationality=rng.choice(NATIONALITIES),
        number=f"{rng.choice('ABP')}{rng.randint(0, 9_999_999):07}",
    )


def test_a_thousand_west_african_travellers_are_left_alone(index: Index) -> None:
    rng = random.Random(20260227)  # noqa: S311  (travellers, not secrets)
    levels: Counter[str] = Counter()
    for _ in range(1000):
        levels.update(hit.level for hit in index.screen(_traveller(rng))[:1])
    assert levels["strong"] == 0
    assert levels.total() <= 5
