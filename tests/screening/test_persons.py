"""Two travellers with different documents: may they be one, and what speaks for it."""

from __future__ import annotations

import msgspec
import pytest

from openmidas.documents import PartialDate
from openmidas.screening import Query, births_agree, compare_travellers, meeting_keys

MAMADOU = Query(
    surname="DIALLO",
    given_names="MAMADOU SALIOU",
    birth=PartialDate(1990, 3, 5),
    sex="M",
    nationality="GIN",
    number="A1234567",
    number_issuer="GIN",
)


def like_mamadou(**other: object) -> Query:
    return msgspec.structs.replace(
        MAMADOU, **({"number": "B7654321", "number_issuer": "MLI"} | other)
    )


@pytest.mark.parametrize(
    ("other", "level"),
    [
        ({}, "strong"),
        ({"surname": "MAMADOU SALIOU", "given_names": "DIALLO"}, "strong"),  # another order
        ({"surname": "JALLOH", "given_names": "MAMADU SALIU"}, "strong"),  # another spelling
        ({"given_names": "MAMADOUSALIOU"}, "strong"),
        ({"given_names": "MAMADOU"}, "strong"),  # one State: a name left out
        ({"given_names": "MAMADOU", "nationality": "MLI"}, "possible"),
        ({"nationality": "MLI"}, "strong"),  # two nationalities
        ({"sex": "F"}, "possible"),
        ({"birth": PartialDate(1990)}, "possible"),  # never more without a day of birth
        ({"birth": PartialDate(1990, 1, 1)}, "possible"),  # which stands for the year
        ({"birth": PartialDate(1990), "nationality": "MLI"}, "possible"),
        ({"number": "A1234567", "number_issuer": None, "surname": "SOW"}, "strong"),
        ({"birth": PartialDate(1990, 3, 6)}, None),
        ({"birth": None}, None),
        ({"surname": "KOUYATE", "given_names": "ADAMA"}, None),
    ],
)
def test_how_alike_two_travellers_are(other: dict[str, object], level: str | None) -> None:
    theirs = like_mamadou(**other)
    for one, two in ((MAMADOU, theirs), (theirs, MAMADOU)):
        likeness = compare_travellers(one, two)
        assert (likeness and likeness.level) == level


def test_it_is_explained_field_by_field() -> None:
    likeness = compare_travellers(MAMADOU, like_mamadou(sex=None, nationality="MLI"))
    assert likeness is not None
    assert [
        (one.field, one.agrees, one.ours, one.theirs, one.how) for one in likeness.evidence
    ] == [
        ("name", True, "DIALLO MAMADOU SALIOU", "DIALLO MAMADOU SALIOU", "all_parts"),
        ("birth", True, "1990-03-05", "1990-03-05", "same_day"),
        ("sex", None, "M", "", "not_known"),
        ("nationality", False, "GIN", "MLI", "different"),
        ("number", None, "GIN A1234567", "B7654321", "different"),
    ]


def test_a_name_that_was_cut_off_may_go_on() -> None:
    cut = like_mamadou(given_names="MAMADOU SAL", name_truncated=True)
    for one, two in ((MAMADOU, cut), (cut, MAMADOU)):
        likeness = compare_travellers(one, two)
        assert likeness is not None
        assert likeness.level == "strong"


def test_where_two_documents_meet() -> None:
    keys = meeting_keys(MAMADOU)
    assert meeting_keys(like_mamadou(surname="MAMADU SALIU", given_names="DIALO")) == keys
    assert meeting_keys(like_mamadou(surname="JALLOW")) == keys
    spelled = meeting_keys(like_mamadou(surname="DIALLOUBE"))
    assert [one == two for one, two in zip(spelled, keys, strict=True)] == [False, True]
    longer = meeting_keys(like_mamadou(given_names="MAMADOU SALIOU ZAKARIA"))
    assert longer[0] == keys[0]
    assert longer[1] != keys[1]
    assert meeting_keys(like_mamadou(birth=PartialDate(1991))) != keys
    assert meeting_keys(like_mamadou(birth=None)) == ()
    assert meeting_keys(Query(surname="BIN", birth=PartialDate(1990))) == ()


def test_births_agree_as_far_as_both_are_known() -> None:
    day = PartialDate(1990, 3, 5)
    assert births_agree(day, PartialDate(1990))
    assert not births_agree(day, PartialDate(1990, 3, 6))
    assert not births_agree(day, None)
