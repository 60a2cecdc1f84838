"""The SDN list as CSV: sdn.csv with the names, alt.csv, add.csv and sdn_comments.csv beside it.

The files have no headings; each is told by how many columns it has. "-0-" stands for nothing, and
a byte 1A may stand at the end, as in the days of CP/M.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from openmidas.screening.formats.collecting import Collected
from openmidas.screening.formats.draft import Draft
from openmidas.screening.formats.files import Asked, ListFile
from openmidas.screening.formats.text_rows import csv_rows
from openmidas.screening.listings import Quality
from openmidas.screening.ofac.remarks import read_remarks
from openmidas.screening.problems import ListError, Problem

_SDN, _ALT, _ADD, _COMMENTS = 12, 5, 6, 2
_NAMES = {_SDN: "sdn.csv", _ALT: "alt.csv", _ADD: "add.csv", _COMMENTS: "sdn_comments.csv"}
_NOTHING = "-0-"
_END_OF_FILE = "\x1a"
_PERSON = "individual"
_VESSEL = ("call sign", "vessel type", "tonnage", "gross tonnage", "flag", "owner")

Row = tuple[int, list[str]]


def read_tables(files: Sequence[ListFile], asked: Asked, limit: int) -> Collected:
    """Read the files of the list, in any order. Raises ListError when there is no sdn.csv among them."""
    tables = _by_kind(files, asked, limit)
    if _SDN not in tables:
        raise ListError("not_this_list", {"found": files[0].name, "expected": "sdn.csv"})
    collected = Collected("ent_num")
    drafts: dict[str, Draft] = {}
    for line, row in tables.pop(_SDN):
        if len(row) != _SDN:
            raise ListError("truncated", {"line": str(line)})
        _start(row, drafts, collected)
    for kind, name in _NAMES.items():
        if kind in (_ALT, _ADD) and kind not in tables:
            collected.problems.append(Problem("", name, "not_given", ""))
    for kind, rows in tables.items():
        for line, row in rows:
            _continue(kind, line, row, drafts, collected)
    for draft in drafts.values():
        collected.take(*draft.finish())
    return collected


def _by_kind(files: Sequence[ListFile], asked: Asked, limit: int) -> dict[int, Iterator[Row]]:
    tables: dict[int, Iterator[Row]] = {}
    for file in files:
        rows = _rows(file, asked, limit)
        first = next(rows, None)
        if first is None:
            raise ListError("empty")
        width = len(first[1])
        if width not in _NAMES:
            raise ListError("not_this_list", {"found": file.name, "expected": "sdn.csv"})
        if width in tables:
            raise ListError("wrong_files", {"found": file.name})
        tables[width] = chain([first], rows)
    return tables


def _rows(file: ListFile, asked: Asked, limit: int) -> Iterator[Row]:
    for line, row in csv_rows(file, limit, asked.encoding, delimiter=","):
        cells = [cell.strip().strip(_END_OF_FILE) for cell in row]
        if any(cells):
            yield line, ["" if cell == _NOTHING else cell for cell in cells]


def _start(row: list[str], drafts: dict[str, Draft], collected: Collected) -> None:
    id, name, kind, programmes, title, *vessel, remarks = row
    if id in drafts:
        collected.problems.append(Problem(id, "ent_num", "duplicate", name))
        return
    draft = Draft(id, "person" if kind.lower() == _PERSON else "entity")
    drafts[id] = draft
    draft.add_name("SDN_Name", name, "primary")
    draft.add_detail("list_type", kind)
    draft.programmes += [part.strip() for part in programmes.split("] [") if part.strip()]
    draft.add_detail("title", title)
    for label, text in zip(_VESSEL, vessel, strict=True):
        draft.add_detail("note", text, label)
    read_remarks(draft, "Remarks", remarks)


def _continue(
    kind: int, line: int, row: list[str], drafts: dict[str, Draft], collected: Collected
) -> None:
    """A further name, address or remark of a listing."""
    name = _NAMES[kind]
    if len(row) != kind:
        raise ListError("truncated", {"line": f"{name}: {line}"})
    draft = drafts.get(row[0])
    if draft is None:
        text = " ".join(row)
        collected.problems.append(Problem(row[0], f"{name}: {line}", "unknown_value", text))
    elif kind == _ALT:
        _, number, how, alias, remarks = row
        draft.add_name("alt_name", alias, _quality(remarks))
        draft.add_detail("note", remarks, f"{how} {number}")
    elif kind == _ADD:
        draft.add_detail("address", ", ".join(part for part in row[2:] if part))
    else:
        read_remarks(draft, "Remarks", row[1])


def _quality(remarks: str) -> Quality:
    return "low" if "weak" in remarks.lower() else "good"
