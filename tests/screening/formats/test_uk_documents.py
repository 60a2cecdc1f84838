"""Documents in the cells of the British tables."""

from __future__ import annotations

from openmidas.screening.formats.draft import Draft
from openmidas.screening.uk.documents import add_documents


def documents(numbers: str, more: str) -> list[tuple[str, str | None]]:
    draft = Draft("1", "person")
    add_documents(draft, "Passport", "passport", numbers, more)
    return [(one.number, one.issuer) for one in draft.documents]


def test_details_that_do_not_say_of_which_number_they_are_give_no_issuer() -> None:
    more = "Afghan number, issued in Kabul. The second is forged"
    assert documents("(1) OR801168 (2) 4117921", more) == [("OR801168", None), ("4117921", None)]


def test_details_of_each_number_give_each_its_issuer() -> None:
    found = documents("(1) OR801168 (2) 4117921", "(1) Afghan (2) Pakistani")
    assert found == [("OR801168", "AFG"), ("4117921", "PAK")]
