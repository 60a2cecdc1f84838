"""What one set of changes put on the list, asked by itself."""

from __future__ import annotations

from openmidas.screening.lost import LostRow, PutOn, make_changes, new_key, number_reference
from openmidas.screening.lost.rows import SORTS, Sort

KEY = new_key()


def row(number: str, *, sorts: tuple[Sort, ...] = ("passport",), removed: bool = False) -> LostRow:
    return LostRow("MLI", sorts, number, False, removed=removed)


def put_on(*rows: LostRow) -> PutOn:
    return PutOn(make_changes(KEY, "0" * 64, 1, rows), KEY)


def test_a_document_that_was_put_on_is_there_however_it_is_written() -> None:
    changes = put_on(row("A1234567"), row("B7654321"))
    assert changes.has("MLI", "P", "A1234567")
    assert changes.has("MLI", "PM", "a 123-4567")


def test_all_others_are_not() -> None:
    changes = put_on(row("A1234567"), row("B7654321", removed=True))
    for issuer, code, number in (
        ("GIN", "P", "A1234567"),
        ("MLI", "ID", "A1234567"),
        ("MLI", "P", "A1234568"),
        ("MLI", "P", "B7654321"),
        ("", "P", "A1234567"),
        ("MLI", "P", "A1"),
    ):
        assert not changes.has(issuer, code, number)
    assert not put_on().has("MLI", "P", "A1234567")


def test_a_number_of_any_kind_is_met_by_each() -> None:
    changes = put_on(row("A1234567", sorts=SORTS))
    assert all(changes.has("MLI", code, "A1234567") for code in ("P", "ID", "V", ""))


def test_a_reference_tells_documents_apart_and_not_their_numbers() -> None:
    one = number_reference(KEY, "MLI", "passport", "A1234567")
    assert one == number_reference(KEY, "MLI", "passport", "A 1234567")
    assert len(one) == 12
    others = {
        number_reference(KEY, "MLI", "identity", "A1234567"),
        number_reference(KEY, "GIN", "passport", "A1234567"),
        number_reference(new_key(), "MLI", "passport", "A1234567"),
    }
    assert one not in others
    assert len(others) == 3
