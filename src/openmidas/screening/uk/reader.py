"""Reading the British tables: a row for each name, birth or address; a number ties those of one listing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from openmidas.screening.edition import Edition
from openmidas.screening.formats.collecting import Collected
from openmidas.screening.formats.draft import Draft
from openmidas.screening.formats.files import Asked, ListFile
from openmidas.screening.formats.text_rows import csv_rows
from openmidas.screening.listings import Quality
from openmidas.screening.problems import ListError, Problem, ReadList
from openmidas.screening.uk.columns import ADDRESS, FOR_PEOPLE, GIVEN, are_headings, meanings
from openmidas.screening.uk.documents import add_documents, each

LIST_CODE = "uk"
TITLE = "United Kingdom: financial sanctions"
MAXIMUM_BYTES = 256 * 1024 * 1024
HEADINGS_WITHIN = 5
_DAY = re.compile(r"(\d{1,2})[/-](\d{1,2}|[A-Za-z]{3})[/-](\d{4})")
_LEADING = ("", "primary name", "prime alias")
"""What the two tables, and the first one before 2022, call the name that leads."""
_GENDER = re.compile(r"\(Gender\):\s*(\w+)", re.IGNORECASE)
_UNKNOWN_PART = "00"
_DOCUMENTS = (
    ("Passport Number", "passport", "passport"),
    ("National Identification Number", "national id", "card"),
)


def read_uk(files: Sequence[ListFile], asked: Asked | None = None) -> ReadList:
    """Read ConList.csv of OFSI, or the UK Sanctions List as CSV.

    Raises ListError when the whole cannot be read; what of a listing is not understood is a Problem.
    """
    asked = asked or Asked()
    rows = csv_rows(files[0], asked.limit or MAXIMUM_BYTES, asked.encoding, delimiter=",")
    columns, headings, dated = _headings(rows)
    collected = Collected("id")
    collected.problems += [
        Problem("", heading, "unknown_column", "")
        for heading, column in zip(headings, columns, strict=True)
        if heading and not column
    ]
    drafts: dict[str, Draft] = {}
    for line, row in rows:
        if any(cell.strip() for cell in row):
            _row(line, row, columns, headings, drafts, collected)
    for draft in drafts.values():
        collected.take(*draft.finish())
    if not collected.listings:
        raise ListError("empty")
    edition = Edition(
        list_code=asked.list_code or LIST_CODE,
        title=asked.title or TITLE,
        dated=asked.when(dated),
        listings=collected.all(),
    )
    return ReadList(edition, tuple(collected.problems))


def _headings(
    rows: Iterator[tuple[int, list[str]]],
) -> tuple[list[str], list[str], datetime | None]:
    """What the columns mean, what they are called, and the day that stands above them."""
    dated: datetime | None = None
    first = ""
    for line, row in rows:
        if are_headings(row):
            return meanings(row), [" ".join(cell.split()) for cell in row], dated
        first = first or " ".join(row).strip()
        dated = dated or _dated(" ".join(row))
        if line >= HEADINGS_WITHIN:
            break
    if not first:
        raise ListError("empty")
    raise ListError("not_this_list", {"found": first[:80], "expected": "Name 6, … Group ID"})


def _dated(text: str) -> datetime | None:
    found = _DAY.search(text)
    if found is None:
        return None
    for form in ("%d/%m/%Y", "%d/%b/%Y"):
        try:
            return datetime.strptime("/".join(found.groups()), form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _row(
    line: int,
    row: list[str],
    columns: list[str],
    headings: list[str],
    drafts: dict[str, Draft],
    collected: Collected,
) -> None:
    if len(row) > len(columns):
        raise ListError("malformed", {"line": str(line), "column": "1", "detail": "cells"})
    cells = {meaning: cell.strip() for meaning, cell in zip(columns, row, strict=False) if meaning}
    id = cells.get("id", "")
    if len(row) < len(columns):
        # As at the end of half a file: what the row has is read, and what it lacks is told.
        collected.problems.append(Problem(id, headings[len(row)], "missing", f"row {line}"))
    if not id:
        text = ", ".join(cell for cell in row if cell.strip())
        collected.problems.append(Problem(f"row {line}", "id", "missing", text))
        return
    kind = "person" if cells.get("kind", "").lower() == "individual" else "entity"
    draft = drafts.get(id)
    if draft is None:
        draft = drafts[id] = Draft(id, "person" if kind == "person" else "entity")
        draft.add_detail("list_type", cells.get("kind"))
    _fill(draft, cells)
    for heading, column, cell in zip(headings, columns, row, strict=False):
        if column in ("", FOR_PEOPLE) and cell.strip():
            draft.add_detail("note", cell, heading)


def _fill(draft: Draft, cells: dict[str, str]) -> None:
    given = [cells.get(part, "") for part in GIVEN]
    name = " ".join(part for part in (*given, cells.get("surname", "")) if part)
    draft.add_name("Name", name, _quality(draft, cells))
    draft.add_name("Name Non-Latin Script", cells.get("original"), "good")
    for birth in each(cells.get("birth", "")):
        draft.add_birth("DOB", _known_part(birth))
    for nationality in each(cells.get("nationality", "")):
        draft.add_nationality("Nationality", nationality)
    for field, kind, column in _DOCUMENTS:
        more = cells.get(f"{column}_more", "")
        add_documents(draft, field, kind, cells.get(column, ""), more)
    remarks = cells.get("remarks", "")
    gender = _GENDER.search(remarks)
    draft.set_sex("Gender", cells.get("sex") or (gender[1] if gender else ""))
    draft.set_listed_on("Listed On", cells.get("listed_on"))
    draft.add_detail("title", cells.get("title"))
    draft.add_detail("designation", cells.get("position"))
    birth_place = (cells.get("town", ""), cells.get("country_of_birth", ""))
    draft.add_detail("birth_place", ", ".join(part for part in birth_place if part))
    draft.add_detail("address", ", ".join(cells[part] for part in ADDRESS if cells.get(part)))
    draft.programmes += [cells["programme"]] if cells.get("programme") else []
    texts = (remarks, cells.get("reasons", ""))
    draft.remarks += [draft.report.clean("Other Information", text) for text in texts if text]


def _quality(draft: Draft, cells: dict[str, str]) -> Quality:
    said = f"{cells.get('name_type', '')} {cells.get('strength', '')}".lower()
    if "low" in said or "weak" in said:
        return "low"
    first = not any(name.quality == "primary" for name in draft.names)
    return "primary" if first and said.strip() in _LEADING else "good"


def _known_part(birth: str) -> str:
    """ "00/00/1967" is a year, "00/09/1958" a month: what is known of them. Others as they stand."""
    found = re.fullmatch(r"(\d\d|dd)/(\d\d|mm)/(\d{4})", birth)
    if found is None or (found[1].isdigit() and found[1] != _UNKNOWN_PART):
        return birth
    unknown = not found[2].isdigit() or found[2] == _UNKNOWN_PART
    return found[3] if unknown else f"{found[3]}-{found[2]}"
