"""The SDN list as CSV: sdn.csv with the names, alt.csv, add.csv and sdn_comments.csv beside it.

The files have no headings; each is told by how many columns it has. "-0-" stands for nothing, and
a byte 1A may stand at the end, as in the days of CP/M. A remark of more than 1,000 characters goes
on in sdn_comments.csv, in the middle of a word: it is put together before anything is taken out.
The consolidated list of others than SDN comes in the same four files ("cons_prim.csv").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
_ALSO_KNOWN = "aka"
LONGEST_REMARK = 1_000
_VESSEL = ("call sign", "vessel type", "tonnage", "gross tonnage", "flag", "owner")

Row = tuple[int, list[str]]


def read_tables(files: Sequence[ListFile], asked: Asked, limit: int) -> Collected:
    """Read the files of the list, in any order. Raises ListError when there is no sdn.csv among them."""
    tables = _by_kind(files, asked, limit)
    if _SDN not in tables:
        raise ListError("not_this_list", {"found": files[0].name, "expected": "sdn.csv"})
    collected = Collected("ent_num")
    listings: dict[str, _Started] = {}
    for line, row in tables.pop(_SDN):
        if len(row) != _SDN:
            raise ListError("truncated", {"line": str(line)})
        _start(row, listings, collected)
    for kind, name in _NAMES.items():
        if kind in (_ALT, _ADD) and kind not in tables:
            collected.problems.append(Problem("", name, "not_given", ""))
    for kind, rows in tables.items():
        for line, row in rows:
            _continue(kind, line, row, listings, collected)
    for started in listings.values():
        _read_remarks(started, with_comments=_COMMENTS in tables)
        collected.take(*started.draft.finish())
    return collected


@dataclass(slots=True)
class _Started:
    """A listing in the making, and its remark as far as it was read."""

    draft: Draft
    remark: str


def _read_remarks(started: _Started, *, with_comments: bool) -> None:
    """Take the remark apart, but for the end of one that was cut off and does not go on."""
    draft, remark, cut = started.draft, started.remark, ""
    if len(remark) == LONGEST_REMARK and not remark.endswith(".") and not with_comments:
        remark, mark, end = remark.rpartition(";")
        draft.report.add("Remarks", "unreadable_note", end.strip())
        cut = mark + end
    read_remarks(draft, "Remarks", remark, cut=cut)


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
        *cells, last = [cell.strip(_END_OF_FILE) for cell in row] or [""]
        cells = [cell.strip() for cell in cells]
        if any(cells) or last.strip():
            # The last one may be a remark that goes on elsewhere: a blank at its end counts.
            cells.append("" if last.strip() == _NOTHING else last)
            yield line, ["" if cell == _NOTHING else cell for cell in cells]


def _start(row: list[str], listings: dict[str, _Started], collected: Collected) -> None:
    id, name, kind, programmes, title, *vessel, remarks = row
    if id in listings:
        collected.problems.append(Problem(id, "ent_num", "duplicate", name))
        return
    draft = Draft(id, "person" if kind.lower() == _PERSON else "entity")
    listings[id] = _Started(draft, remarks)
    draft.add_name("SDN_Name", name, "primary")
    draft.add_detail("list_type", kind)
    draft.programmes += [part.strip() for part in programmes.split("] [") if part.strip()]
    draft.add_detail("title", title)
    for label, text in zip(_VESSEL, vessel, strict=True):
        draft.add_detail("note", text, label)


def _continue(
    kind: int, line: int, row: list[str], listings: dict[str, _Started], collected: Collected
) -> None:
    """A further name, address or remark of a listing."""
    name = _NAMES[kind]
    if len(row) != kind:
        raise ListError("truncated", {"line": f"{name}: {line}"})
    started = listings.get(row[0])
    if started is None:
        text = " ".join(part for part in row if part)
        collected.problems.append(Problem(row[0], f"{name}: {line}", "unknown_value", text))
    elif kind == _ALT:
        _, number, how, alias, remarks = row
        started.draft.add_name("alt_name", alias, _quality(remarks))
        said = remarks.strip() if how == _ALSO_KNOWN else f"{alias} {remarks}"
        started.draft.add_detail("note", said, f"{how} {number}")
    elif kind == _ADD:
        parts = (part.strip() for part in row[2:])
        started.draft.add_detail("address", ", ".join(part for part in parts if part))
    else:
        started.remark += row[1]


def _quality(remarks: str) -> Quality:
    return "low" if "weak" in remarks.lower() else "good"
