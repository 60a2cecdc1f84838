"""Levels of hits, and the reasons that go with them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from openmidas.documents import PartialDate
from openmidas.screening import (
    Edition,
    Hit,
    Index,
    ListedBirth,
    ListedDocument,
    ListedName,
    Listing,
    Query,
)

BORN = PartialDate(1971, 3, 14)
SAGNON = Listing(
    id="TSi.001",
    kind="person",
    names=(ListedName("Boureïma SAGNON"), ListedName("Zanko Tireur", "low")),
    births=(ListedBirth(date(1971, 3, 14), date(1971, 3, 14), "1971-03-14"),),
    sex="M",
    nationalities=("MLI",),
    documents=(
        ListedDocument("passport", "B/011-7641", "MLI", "Passport B/011-7641"),
        ListedDocument("national_id", "55252", None, "55252"),
    ),
)
NO_BIRTH = Listing(
    id="TSi.002",
    kind="person",
    names=(ListedName("Issoufou WANDAOGO"),),
    nationalities=("BFA",),
)
YEAR_ONLY = Listing(
    id="TSi.003",
    kind="person",
    names=(ListedName("Salifou KIEMDE ZERBO"),),
    births=(ListedBirth(date(1980, 1, 1), date(1980, 12, 31), "1980"),),
)
TRADING = Listing(id="TSe.001", kind="entity", names=(ListedName("ZERBO TRADING HOUSE"),))
# Other people on the list, so that a name can be rare or common on it.
CROWD = tuple(
    Listing(id=f"TSi.1{at:02}", kind="person", names=(ListedName(f"Mohamed Ali X{at}Y"),))
    for at in range(60)
)


@pytest.fixture(scope="module")
def index() -> Index:
    edition = Edition(
        list_code="test",
        title="Test",
        dated=datetime(2026, 1, 15, tzinfo=UTC),
        listings=(SAGNON, NO_BIRTH, YEAR_ONLY, TRADING, *CROWD),
    )
    return Index.build([edition])


def only(hits: tuple[Hit, ...]) -> Hit:
    assert len(hits) == 1, hits
    return hits[0]


def reasons(hit: Hit) -> dict[str, tuple[bool | None, str]]:
    return {item.field: (item.agrees, item.how) for item in hit.evidence}


@pytest.mark.parametrize(
    ("query", "level"),
    [
        (Query(surname="SAGNON", given_names="BOUREIMA", birth=BORN), "strong"),
        (Query(surname="Boureima", given_names="Sagnon", birth=BORN), "strong"),
        (Query(surname="SAGNONG", given_names="BUREMA", birth=BORN), "strong"),
        (Query(surname="SAGNON", given_names="BOUREIMA", birth=PartialDate(1971)), "strong"),
        (Query(surname="SAGNON", birth=BORN), "possible"),  # one part of several is not the name
        (Query(surname="SAGNON", given_names="ADAMA", birth=BORN), "possible"),
        (Query(surname="SAGNON", given_names="BOUREIMA"), "weak"),
        (Query(surname="SAGNON", given_names="BOUREIMA", nationality="MLI"), "possible"),
        (Query(surname="SAGNON", given_names="BOUREIMA", birth=PartialDate(1972, 2, 1)), "weak"),
        (Query(surname="WANDAOGO", given_names="ISSOUFOU", birth=BORN), "weak"),
        (
            Query(surname="WANDAOGO", given_names="ISSOUFOU", birth=BORN, nationality="BFA"),
            "possible",
        ),
        # part of the name, rare enough for a year of birth to bear it out
        (Query(surname="KIEMDE", given_names="SALIFOU", birth=PartialDate(1980, 5, 5)), "possible"),
        # another sex, another nationality, a poor alias: one level off
        (Query(surname="SAGNON", given_names="BOUREIMA", birth=BORN, sex="F"), "possible"),
        (
            Query(
                surname="SAGNON",
                given_names="BOUREIMA",
                birth=PartialDate(1971),
                nationality="NER",
            ),
            "possible",
        ),
        (Query(surname="TIREUR", given_names="ZANKO", birth=BORN), "possible"),
        # documents
        (Query(surname="OTHER", given_names="NAME", number="B0117641"), "strong"),
        (Query(number="BO117641<", number_issuer="MLI", birth=PartialDate(1991)), "strong"),
    ],
)
def test_level(index: Index, query: Query, level: str) -> None:
    assert only(index.screen(query)).level == level


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(surname="MOHAMED", given_names="ALI", birth=PartialDate(1991, 8, 2)),
        Query(surname="TIREUR", given_names="ZANKO"),  # a poor alias alone
        Query(surname="ZERBO", given_names="TRADING HOUSE"),  # no traveller is a trading house
        Query(surname="OTHER", number="B0117641", number_issuer="NER"),
        Query(surname="OTHER", number="55252", number_issuer="MLI"),
        Query(surname="OTHER", number="7641"),
    ],
)
def test_no_hit(index: Index, query: Query) -> None:
    assert index.screen(query) == ()


def test_a_hit_explains_each_field(index: Index) -> None:
    hit = only(
        index.screen(
            Query(
                surname="SAGNON",
                given_names="BOUREIMA",
                birth=PartialDate(1972, 2, 1),
                sex="M",
                nationality="NER",
                number="ZZ998877",
                number_issuer="NER",
            )
        )
    )
    assert reasons(hit) == {
        "name": (True, "all_parts"),
        "birth": (None, "near"),
        "sex": (True, "same"),
        "nationality": (False, "different"),
        "number": (None, "different"),
    }
    birth = hit.evidence[1]
    assert (birth.ours, birth.theirs) == ("1972-02-01", "1971-03-14")
    assert hit.score == pytest.approx(sum(item.weight for item in hit.evidence), abs=0.06)


def test_a_number_outweighs_a_name_and_a_birth_that_differ(index: Index) -> None:
    hit = only(index.screen(Query(surname="OTHER", birth=PartialDate(1991), number="B0117641")))
    assert reasons(hit)["name"] == (False, "different")
    assert reasons(hit)["birth"] == (False, "different")
    assert reasons(hit)["number"] == (True, "same")
    assert (hit.name, hit.list_code) == ("Boureïma SAGNON", "test")


def test_a_number_of_another_state_says_so_beside_a_name(index: Index) -> None:
    hit = only(
        index.screen(
            Query(
                surname="SAGNON",
                given_names="BOUREIMA",
                birth=BORN,
                number="B0117641",
                number_issuer="NER",
            )
        )
    )
    assert reasons(hit)["number"] == (False, "other_issuer")


def test_a_common_name_with_a_year_is_not_sure() -> None:
    crowd = tuple(
        Listing(
            id=f"TSi.{at}",
            kind="person",
            names=(ListedName("Mohamed Ali"),),
            births=(ListedBirth(date(1900 + at, 1, 1), date(1900 + at, 12, 31), str(1900 + at)),),
        )
        for at in range(90)
    )
    edition = Edition(
        list_code="t", title="", dated=datetime(2026, 1, 1, tzinfo=UTC), listings=crowd
    )
    query = Query(surname="ALI", given_names="MOHAMED", birth=PartialDate(1971, 5, 5))
    hits = Index.build([edition]).screen(query)
    assert {hit.level for hit in hits if reasons(hit)["birth"][1] == "same_period"} <= {"weak"}


def test_hits_come_best_first_over_several_lists() -> None:
    copy = Listing(id="A.1", kind="person", names=(ListedName("Boureima Sagnon Tapsoba"),))
    editions = [
        Edition(list_code=code, title="", dated=datetime(2026, 1, 1, tzinfo=UTC), listings=(one,))
        for code, one in (("own", copy), ("un", SAGNON))
    ]
    query = Query(surname="SAGNON", given_names="BOUREIMA TAPSOBA", birth=BORN)
    hits = Index.build(editions).screen(query)
    assert [(hit.list_code, hit.level) for hit in hits] == [("un", "strong"), ("own", "weak")]
