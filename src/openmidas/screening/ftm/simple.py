"""The simple table of OpenSanctions (`targets.simple.csv`): a listing a row, several values in a cell.

It says less than the entities: no quality of names, no kind or issuer of documents, no sex. Its
countries are all that somebody is linked to; most of them are nationalities, and none is said to be.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from openmidas.screening.formats.text_rows import LONGEST_LINE
from openmidas.screening.ftm.entities import Entity
from openmidas.screening.problems import ListError, Problem

_FIRST_HEADINGS = re.compile(r'\s*"?id"?\s*,\s*"?schema"?\s*,\s*"?name\b', re.IGNORECASE)
_DELIMITER = ";"
_PERSON = "Person"
_NAMES = {
    "name": "name",
    "aliases": "alias",
    "birth_date": "birthDate",
    "countries": "nationality",
    "addresses": "address",
    "identifiers": "identifiers",
    "sanctions": "program",
    "program_ids": "programId",
    "phones": "phone",
    "emails": "email",
}
_BESIDE = ("id", "schema", "dataset", "first_seen", "last_seen", "last_change")
_OF_ONE = ("name",)
"""Columns with one value, in which the sign between values is a sign like others."""


def is_simple(line: str) -> bool:
    """Whether a file that begins with this line is such a table."""
    return _FIRST_HEADINGS.match(line.lstrip("\ufeff")) is not None


def read_simple(lines: Iterator[str], problems: list[Problem]) -> Iterator[Entity]:
    """The entities of the table, headings first; a row of another length is a problem.

    Raises ListError "malformed" for what is no CSV.
    """
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(lines)
    try:
        headings = [cell.strip().lower() for cell in next(reader, [])]
        problems += [
            Problem("", heading, "unknown_column", "")
            for heading in headings
            if heading not in _NAMES and heading not in _BESIDE
        ]
        for row in reader:
            if len(row) == len(headings):
                yield _entity(dict(zip(headings, row, strict=True)))
            elif any(row):
                text = ",".join(row)[:LONGEST_LINE]
                problems.append(Problem("", f"line {reader.line_num}", "unreadable_line", text))
    except csv.Error as error:
        params = {"line": str(reader.line_num), "column": "1", "detail": str(error)}
        raise ListError("malformed", params) from error


def _entity(cells: dict[str, str]) -> Entity:
    properties: dict[str, list[str]] = {}
    for heading, text in cells.items():
        if heading not in _BESIDE and text.strip():
            name = _NAMES.get(heading, heading)
            if name == "nationality" and cells["schema"] != _PERSON:
                name = "country"
            properties[name] = [text.strip()] if heading in _OF_ONE else _values(text)
    return Entity(
        cells["id"].strip(),
        cells["schema"].strip(),
        properties,
        cells["name"].strip(),
        tuple(_values(cells.get("dataset", ""))),
        cells.get("last_seen", "").strip(),
        True,
    )


def _values(text: str) -> list[str]:
    """The values of a cell, of which one that holds the sign itself stands between quotes."""
    found = next(csv.reader([" ".join(text.split())], delimiter=_DELIMITER), [])
    return [value.strip() for value in found if value.strip()]
