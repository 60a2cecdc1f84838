"""Candidates hold whatever comparing with every listing would call strong or possible."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.documents import PartialDate
from openmidas.screening import Edition, Index, ListedBirth, ListedName, Listing, Query

WORDS = (
    *("DIALLO", "Diallow", "JALLO", "Mamadou", "MAMADU", "MOHAMED", "Muhammad", "محمد", "OUSMANE"),
    *("Ousman", "KONE", "Koné", "TRAORE", "TRAORÉ", "BOUREIMA", "Boureïma", "SAGNON", "Sagnong"),
    *("ABDUL", "RAHMAN", "ABDULRAHMAN", "Abd", "EL", "BA", "BAH", "N'DIAYE", "M", "KIEMDE"),
    *("WANDAOGO", "Wandaogoo", "ISSOUFOU", "Alexandre", "ALEXANDER", "CHRISTOPHE"),
)
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
YEARS = st.integers(1970, 1973)
MONTHS = st.sampled_from((1, 3, 12))
DAYS = st.sampled_from((1, 12))
STATES = st.sampled_from((None, "MLI", "NER"))


def born(year: int, month: int | None, day: int) -> ListedBirth:
    if month is None:
        return ListedBirth(date(year, 1, 1), date(year, 12, 31), f"{year}")
    known = date(year, month, day)
    return ListedBirth(known, known, known.isoformat())


LISTINGS = st.builds(
    lambda names, births, sex, state: Listing(
        id="", kind="person", names=tuple(map(ListedName, names)), births=tuple(births), sex=sex,
        nationalities=(state,) if state else (),
    ),
    st.lists(NAMES, min_size=1, max_size=3),
    st.lists(st.builds(born, YEARS, st.one_of(st.none(), MONTHS), DAYS), max_size=2),
    st.sampled_from((None, "F", "M")),
    STATES,
)  # fmt: skip
QUERIES = st.builds(
    lambda surname, given_names, birth, sex, state, cut: Query(
        surname=surname, given_names=given_names, birth=birth, sex=sex, nationality=state,
        name_truncated=cut,
    ),
    NAMES,
    st.one_of(st.just(""), NAMES),
    st.one_of(st.none(), st.builds(PartialDate, YEARS), st.builds(PartialDate, YEARS, MONTHS, DAYS)),
    st.sampled_from((None, "F", "M")),
    STATES,
    st.booleans(),
)  # fmt: skip


def listed(listings: list[Listing], *, rare: int) -> Index:
    numbered = (
        Listing(
            id=f"{at}", kind="person", names=one.names, births=one.births, sex=one.sex,
            nationalities=one.nationalities,
        )
        for at, one in enumerate(listings)
    )  # fmt: skip
    dated = datetime(2026, 1, 15, tzinfo=UTC)
    edition = Edition(list_code="test", title="", dated=dated, listings=tuple(numbered))
    return Index.build([edition], rare=rare)


def missed(index: Index, query: Query) -> list[str]:
    """What comparing with all listings finds, strong or possible, and the index does not."""
    found = {hit.listing.id for hit in index.screen(query)}
    every = index.screen_all(query)
    return [hit.listing.id for hit in every if hit.level != "weak" and hit.listing.id not in found]


@settings(max_examples=120)
@given(st.lists(LISTINGS, min_size=1, max_size=40), QUERIES)
def test_a_small_list_is_searched_without_loss(listings: list[Listing], query: Query) -> None:
    assert missed(listed(listings, rare=64), query) == []


def test_further_names_count_in_searching_as_they_do_in_comparing() -> None:
    listing = Listing(
        id="", kind="person", names=(ListedName("Ousman KIEMDE"),), births=(born(1970, 12, 12),)
    )
    query = Query(
        surname="KIEMDE SAGNON", given_names="OUSMAN MOHAMED ISSOUFOU BOUREIMA MAMADOU",
        birth=PartialDate(1971, 12, 12),
    )  # fmt: skip
    assert [hit.level for hit in listed([listing], rare=64).screen(query)] == ["possible"]


def test_a_large_list_is_searched_with_hardly_any() -> None:
    """Where words are not rare enough to be looked up by themselves, pairs and births must do."""
    chance = random.Random(17)  # noqa: S311  no secret
    names = [" ".join(chance.sample(WORDS, chance.choice((2, 2, 3)))) for _ in range(700)]
    listings = [
        Listing(
            id="", kind="person", names=(ListedName(name),),
            births=(born(chance.randrange(1950, 2000), chance.choice((None, 3, 8)), 12),),
            nationalities=(chance.choice(("MLI", "NER", "BFA", "SEN", "GIN")),),
        )
        for name in names
    ]  # fmt: skip
    index = listed(listings, rare=0)
    lost = found = 0
    for listing in chance.sample(listings, 150):
        words = listing.name.split()
        birth = listing.births[0].earliest
        assert birth is not None
        query = Query(
            surname=words[-1], given_names=" ".join(words[:-1]),
            birth=PartialDate(birth.year, birth.month, birth.day) if chance.random() < 0.7 else None,
            nationality=listing.nationalities[0],
        )  # fmt: skip
        lost += len(missed(index, query))
        found += len(index.screen(query))
    assert found > 100
    assert lost <= found // 100


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("JULES MUTEBUZI", "Jules Mutebutsi"),
        ("SIRAJ HAQQANI", "Sirajuddin Jallaloudine Haqqani"),
        ("ARIF SUNARSO", "Aris Sumarsono"),
        ("DOKKA UMAROV", "Doku Khamatovich Umarov"),
        ("HANI ELSEBAI", "Hani al-Sayyid al-Sebai Yusif"),
    ],
)
def test_a_bare_name_meets_words_that_comparing_alone_finds_alike(asked: str, name: str) -> None:
    others = tuple(
        Listing(id="", kind="person", names=(ListedName(f"{one} {other}"),))
        for one in WORDS[:20]
        for other in WORDS[20:]
    )
    listing = Listing(id="", kind="person", names=(ListedName(name),))
    hits = listed([*others, listing], rare=64).screen(Query(surname=asked))
    assert [hit.name for hit in hits][:1] == [name]
