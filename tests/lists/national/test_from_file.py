"""Listings of a file become proposals, and nothing that was read is lost."""

from __future__ import annotations

from datetime import date

import pytest

from openmidas.lists.national import from_file as module
from openmidas.lists.national import proposals
from openmidas.lists.national.batches import batch_of
from openmidas.lists.national.from_file import from_file
from openmidas.screening import Detail, ListedBirth, ListedDocument, ListedName, Listing
from tests.support.cast import refusal
from tests.support.national import Desk, said

FULL = Listing(
    id="GN-7",
    kind="person",
    names=(ListedName("Mamadou DIALLO"), ListedName("مامادو", "good", "Arab"), ListedName("--")),
    births=(ListedBirth(date(1974, 1, 1), date(1974, 12, 31), "1974"),),
    sex="M",
    nationalities=("GIN", "??"),
    documents=(
        ListedDocument("passport", "O0123456", "GIN", "GIN O0123456"),
        ListedDocument("other", "12", None, "laissez-passer 12"),
    ),
    programme="wanted",
    remarks="seen at Siguiri",
    details=(Detail("birth_place", "Labé"),),
    unread=("SIZE: 1.80",),
)


def common() -> dict[str, object]:
    nobody = {"names": (), "births": (), "sex": None, "nationalities": (), "documents": ()}
    return {**nobody, "reason": "Ministry list 3/2026"}


def test_all_that_was_read_is_kept(desk: Desk) -> None:
    (one,) = from_file([FULL], said(**common())).said
    assert [name.text for name in one.names] == ["Mamadou DIALLO", "مامادو"]
    assert [(d.number, d.issuer) for d in one.documents] == [("O0123456", "GIN")]
    assert (one.births[0].text, one.sex, one.nationalities) == ("1974", "M", ("GIN",))
    told = ("Ministry list 3/2026", "GN-7", "wanted", "seen at Siguiri", "birth_place: Labé")
    for kept in (*told, "--", "laissez-passer 12", "??", "SIZE: 1.80"):
        assert kept in one.reason
    batch = batch_of(proposals.propose_many(desk.fanta, desk.list, [one], "file"))
    assert batch is not None
    assert batch.count == 1


def test_a_document_alone_keeps_what_was_said_of_its_holder(desk: Desk) -> None:
    alone = Listing(
        id="7", kind="document", names=(), births=FULL.births, documents=FULL.documents[:1]
    )
    (one,) = from_file([alone], said(**common())).said
    assert (one.names, one.births, one.sex) == ((), (), None)
    assert "1974" in one.reason


def test_whom_nobody_can_be_compared_with_is_left_out_and_named(desk: Desk) -> None:
    firm = Listing(id="F1", kind="entity", names=(ListedName("Diallo et frères"),))
    nameless = Listing(id="F2", kind="person", names=(ListedName("--"),))
    read = from_file([firm, nameless], said(**common()))
    assert (read.said, read.left_out) == ((), ("F1", "F2"))


def test_a_file_has_a_limit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    with refusal("batch.large"):
        from_file([FULL] * 3, said(**common()))
