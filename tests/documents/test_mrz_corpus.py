"""Zones written from Doc 9303, and zones that other readers are tested with."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openmidas.documents import Reading, find_mrz, read_mrz
from openmidas.documents.formats import FORMATS
from openmidas.documents.names import read_name

TODAY = date(2026, 11, 21)
DATA = Path(__file__).parent / "data"


def load(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return cases


EDGE_CASES = load("edge-cases.json")
NAMES = load("names-doc9303.json")


def fields(reading: Reading) -> dict[str, str | None]:
    """A reading in the words of the corpus."""
    return {
        "number": reading.number,
        "issuer": reading.issuer,
        "nationality": reading.nationality,
        "surname": reading.surname,
        "given": reading.given_names,
        "sex": reading.sex or "<",
        "dob": reading.birth.text() if reading.birth else None,
        "expiry": reading.expiry.text() if reading.expiry else None,
    }


@pytest.mark.parametrize("case", EDGE_CASES, ids=[case["id"] for case in EDGE_CASES])
def test_edge_case(case: dict[str, Any]) -> None:
    reading = read_mrz("\n".join(case["lines"]), today=TODAY)

    assert reading.ok == case["valid"], reading.findings
    assert {name: fields(reading)[name] for name in case["fields"]} == case["fields"]
    assert reading.lines == tuple(case["lines"])


def test_every_right_zone_is_found_in_a_stream_without_line_breaks() -> None:
    right = [tuple(case["lines"]) for case in EDGE_CASES if case["valid"]]

    assert [find_mrz("".join(lines)) for lines in right] == right


def test_what_is_not_ok_says_why_and_where() -> None:
    for case in load("strings.json"):
        reading = read_mrz("\n".join(case["lines"]), today=TODAY)
        broken = [finding for finding in reading.findings if not finding.informative]

        assert reading.format is not None
        assert reading.ok == (not broken)
        assert all(finding.paragraph.startswith("Doc 9303-") for finding in reading.findings)


@pytest.mark.parametrize("case", NAMES, ids=lambda case: case["mrz_line"])
def test_names_of_doc_9303(case: dict[str, Any]) -> None:
    layout = next(f for f in FORMATS if f.name.replace("-", "") == case["format"])
    line = case["mrz_line"]
    name = read_name(line if layout.name == "TD1" else line[layout.name_field])
    surname, _, given = case["viz"].replace("-", " ").replace("’", "").partition(", ")

    assert name.problems == ()
    if name.truncated:
        assert line[-1] != "<"
        assert_begins(surname, name.surname)
        assert_begins(given, name.given_names)
    else:
        assert (name.surname, name.given_names) == (surname, given)


def assert_begins(whole: str, shortened: str) -> None:
    """Each component of the shortened name begins the component in its place."""
    for full, short in zip(whole.split(), shortened.split(), strict=False):
        assert full.startswith(short)
