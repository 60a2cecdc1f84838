"""What the commands of lost documents tell at the terminal: errors, progress, rows, what came of it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from openmidas.lists.lost.publishing import Published
from openmidas.lists.lost.wording import (
    word_documents,
    word_exactness,
    word_left_out,
    word_lost_error,
    word_row_problem,
)
from openmidas.lists.services import ImportRefused
from openmidas.lists.wording import word_limit
from openmidas.nodes.commanding import CommandFailed
from openmidas.screening import ListError
from openmidas.screening.lost import LostError, LostReport, WrongRow

WRONG_SHOWN = 20


@contextmanager
def told_errors(path: Path) -> Iterator[None]:
    """Whatever goes wrong with this file is told in a sentence. Raises `CommandFailed`."""
    try:
        yield
    except (ListError, LostError, ImportRefused, OSError) as error:
        raise CommandFailed(word_lost_error(error, path)) from error


@contextmanager
def bar_of(console: Console, text: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar; call what is given with how much is done, and of how much."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:.0f} %"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def wrong_rows(path: Path | None, console: Console) -> Iterator[LostReport]:
    """A report whose wrong rows go to a file, if one is named; the first are shown at the end."""
    shown: list[WrongRow] = []
    file = path.open("w", encoding="utf-8", newline="") if path else None
    writer = csv.writer(file) if file else None

    def note(row: WrongRow) -> None:
        if len(shown) < WRONG_SHOWN:
            shown.append(row)
        if writer:
            writer.writerow((row.line, row.field, row.code, row.text))

    report = LostReport(note)
    try:
        yield report
    finally:
        if file:
            file.close()
        _tell_wrong(report, shown, path, console)


def _tell_wrong(
    report: LostReport, shown: list[WrongRow], path: Path | None, console: Console
) -> None:
    if not report.codes:
        return
    if report.left_out:
        console.print(Text(word_left_out(report.left_out)))
    table = Table(_("line"), _("what is the matter"), _("text"))
    for row in shown:
        table.add_row(str(row.line), Text(word_row_problem(row.code)), Text(row.text[:200]))
    console.print(table)
    for code, count in sorted(report.codes.items()):
        console.print(Text(f"{word_row_problem(code)}: {count}"))
    if path is None:
        console.print(Text(_("All of them into a file: --wrong FILE")))


def tell_published(published: Published, console: Console) -> None:
    """What was made, and what to do with it."""
    built = published.built
    said = _("Edition of %(day)s: %(documents)s, %(size)s. Stale after %(limit)s. %(exactness)s")
    told = {
        "day": published.dated,
        "documents": word_documents(built.entries),
        "size": filesizeformat(built.size),
        "limit": word_limit(published.limit_days),
        "exactness": word_exactness(built.exact),
    }
    console.print(Text(said % told))
    said = _("Carry this file to the posts: %(path)s") % {"path": published.path}
    console.print(Text(said), soft_wrap=True)
    console.print(Text(_("There: midas lists lost import FILE")))
