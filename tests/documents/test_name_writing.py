"""Names that are too long for their field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.documents import mrz_components
from openmidas.documents.name_writing import write_name
from openmidas.documents.names import read_name

NAMES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "names-doc9303.json").read_text(encoding="utf-8")
)
WIDTHS = (30, 31, 39)
COMPONENTS = st.lists(st.text("ABCXYZ", min_size=1, max_size=25), max_size=8)


def written(case: dict[str, Any]) -> tuple[str, str]:
    """The field of a case as we write it, and as Doc 9303 does."""
    field = case["mrz_line"] if case["format"] == "TD1" else case["mrz_line"][5:]
    surname, _, given_names = case["viz"].partition(", ")
    return (
        write_name(mrz_components(surname), mrz_components(given_names), len(field)),
        field,
    )


WHOLE = [case for case in NAMES if not read_name(written(case)[1]).truncated]


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: case["mrz_line"])
def test_whole_names_of_doc_9303(case: dict[str, Any]) -> None:
    ours, theirs = written(case)
    assert ours == theirs


@pytest.mark.parametrize(
    ("surname", "given_names", "width", "field"),
    [
        # Each is an example of Doc 9303.
        ("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG KRASUANG", 39, "CHAYAPA<DEJTHAMRONG<K"),
        ("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG KRASUANG", 30, "CHAYAPA<DE<K"),
        ("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG KRASUANG", 31, "CHAYAPA<DEJ<K"),
        ("NILAVADHANANANDA", "ARNPOL PETCH CHARONGUANG", 39, "ARNPOL<PETCH<CHARONGU"),
        ("PAPANDROPOULOUS", "JONATHON WARREN TREVOR", 39, "JONATHON<WARREN<TREVOR"),
        ("VILARCHAO FERNANDEZ", "JOSE RAMON", 30, "JOSE<RAMO"),
    ],
)
def test_given_names_are_cut_first(surname: str, given_names: str, width: int, field: str) -> None:
    ours = write_name(surname.split(), given_names.split(), width)
    assert ours == f"{surname.replace(' ', '<')}<<{field}"


def test_a_surname_leaves_room_for_a_letter_of_the_given_names() -> None:
    surname = ["BENNELONG", "WOOLOOMOOLOO", "WARRANDYTE", "WARNAMBOOL"]
    assert (
        write_name(surname, ["DINGO", "POTOROO"], 39) == "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<WA<<D"
    )
    assert write_name(surname, [], 30) == "BENNELONG<WOOLOOMOOLOO<WARRA<W"


def test_no_place_is_left_that_the_given_names_cannot_take() -> None:
    """One letter of each would leave a place empty: the surname gives up its last."""
    assert write_name(["ABCDEFGHIJKLMNOP"], ["A", "B"], 20) == "ABCDEFGHIJKLMNO<<A<B"
    assert write_name(["ABCDEFGHIJKLMNOPQ"], ["A", "B"], 20) == "ABCDEFGHIJKLMNOPQ<<A"


@given(COMPONENTS.filter(bool), COMPONENTS, st.sampled_from(WIDTHS))
def test_every_field_is_full_or_whole(
    surname: list[str], given_names: list[str], width: int
) -> None:
    field = write_name(surname, given_names, width)
    read = read_name(field)
    assert len(field) == width
    assert not read.problems
    if not read.truncated:
        assert (read.surname, read.given_names) == (" ".join(surname), " ".join(given_names))
    assert surname[0].startswith(read.surname.split()[0])
    assert bool(read.given_names) == bool(given_names)
