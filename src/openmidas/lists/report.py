"""What came of an import, for who sits at the terminal: in short there, in full in a file."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openmidas.lists.services import ImportReport
from openmidas.lists.wording import (
    word_column,
    word_not_understood,
    word_problem,
    word_report,
)
from openmidas.screening import ColumnRead, Problem, ReadList
from openmidas.screening.formats.cells import harmless

EXAMPLES = 3
LONGEST_SHOWN = 120


def tell(report: ImportReport, console: Console) -> None:
    """What came of it, what the columns were taken for, and what was not understood."""
    console.print(Text(word_report(report)))
    if report.repeated:
        return
    if report.columns:
        _tell_columns(report.columns, console)
    if report.problems:
        _tell_problems(report.problems, console)


def tell_read(read: ReadList, console: Console) -> None:
    """What a file holds, before anything is done with it."""
    count = len(read.edition.listings)
    said = ngettext(
        "%(count)s listing was understood.", "%(count)s listings were understood.", count
    )
    console.print(Text(said % {"count": count}))
    if read.columns:
        _tell_columns(read.columns, console)
    if read.problems:
        _tell_problems(read.problems, console)


def write_problems(problems: Sequence[Problem], path: Path) -> None:
    """Everything that was not understood, a piece a line, with its listing and field."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((_("listing"), _("field"), _("what is the matter"), _("text")))
        for problem in problems:
            cells = (problem.listing, problem.field, word_problem(problem.code), problem.text)
            writer.writerow(tuple(harmless(cell) for cell in cells))


def _tell_columns(columns: Sequence[ColumnRead], console: Console) -> None:
    table = Table(_("column"), _("taken for"))
    for column in columns:
        table.add_row(Text(column.heading), Text(word_column(column.meaning)))
    console.print(table)


def _tell_problems(problems: Sequence[Problem], console: Console) -> None:
    """How many of each sort, and the first of them."""
    console.print(Text(word_not_understood(len(problems))))
    by_code: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_code[problem.code].append(problem)
    table = Table(_("what is the matter"), _("how often"), _("listing"), _("field"), _("text"))
    for code, found in sorted(by_code.items(), key=lambda item: -len(item[1])):
        for at, problem in enumerate(found[:EXAMPLES]):
            first = (word_problem(code), str(len(found))) if at == 0 else ("", "")
            text = problem.text
            shown = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
            cells = (*first, problem.listing, problem.field, shown)
            table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    if any(len(found) > EXAMPLES for found in by_code.values()):
        console.print(
            Text(
                _("All of them stand on the page of the list; --report FILE writes them to a file.")
            )
        )
