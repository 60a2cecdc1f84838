"""`midas lists` and `midas lists import`: what they do and say. Each returns the exit status."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from openmidas.journal import Actor
from openmidas.lists.editions import latest_editions
from openmidas.lists.in_use import in_use, today
from openmidas.lists.services import ImportRefused, ImportReport, import_un
from openmidas.lists.wording import word_age, word_error, word_limit, word_problem, word_title
from openmidas.screening import ListError, Problem

PROBLEMS_SHOWN = 50


def import_un_command(
    path: Path, limit_days: int | None, console: Console, *, accept_older: bool = False
) -> int:
    """Import the UN list from a file and tell what came of it. 1, with one sentence, if nothing did."""
    try:
        report = _import(path, limit_days, console, accept_older=accept_older)
    except (ListError, ImportRefused, OSError) as error:
        console.print(Text(word_error(error, path), style="bold red"))
        if isinstance(error, ImportRefused) and error.code == "older":
            console.print(Text(_("To take it all the same: --accept-older")))
        return 1
    _tell(report, console)
    return 0


def show_command(console: Console) -> int:
    """The lists that this node holds, with their age."""
    editions = [(row, in_use(row, today())) for row in latest_editions()]
    if not editions:
        console.print(
            Text(
                _(
                    "This node holds no list. Import one at the headquarters: midas lists import un FILE"
                )
            )
        )
        return 0
    table = Table(_("list"), _("edition of"), _("age"), _("limit"), _("persons"), _("entities"))
    for row, edition in editions:
        age = Text(word_age(edition))
        if edition.stale:
            age.append(" – " + _("stale"), style="bold red")
        table.add_row(
            Text(f"{row.list_code}  {word_title(row.list_code, row.title)}"),
            str(row.day),
            age,
            word_limit(row.limit_days),
            str(row.persons),
            str(row.entities),
        )
    console.print(table)
    return 0


def _import(
    path: Path, limit_days: int | None, console: Console, *, accept_older: bool
) -> ImportReport:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_("Reading the list"), total=None)
        return import_un(
            path,
            actor=Actor(),
            limit_days=limit_days,
            accept_older=accept_older,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _tell(report: ImportReport, console: Console) -> None:
    about = {
        "title": word_title(report.list_code, report.title),
        "dated": report.dated.isoformat(),
        "persons": report.persons,
        "entities": report.entities,
        "limit": word_limit(report.limit_days),
    }
    if report.repeated:
        console.print(
            Text(_("%(title)s, edition of %(dated)s: in use already. Nothing changes.") % about)
        )
    else:
        console.print(
            Text(
                _(
                    "%(title)s, edition of %(dated)s: %(persons)s persons, %(entities)s entities. "
                    "Stale after %(limit)s. On its way to the posts."
                )
                % about
            )
        )
    if report.problems:
        _tell_problems(report.problems, console)


def _tell_problems(problems: tuple[Problem, ...], console: Console) -> None:
    count = len(problems)
    said = ngettext(
        "%(count)s piece was not understood. It is kept as it stands, and shown at the second line.",
        "%(count)s pieces were not understood. They are kept as they stand, and shown at the second line.",
        count,
    )
    console.print(Text(said % {"count": count}))
    table = Table(_("listing"), _("field"), _("what"), _("text"))
    for problem in problems[:PROBLEMS_SHOWN]:
        cells = (problem.listing, problem.field, word_problem(problem.code), problem.text)
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    if count > PROBLEMS_SHOWN:
        rest = _("And %(count)s more: they stand on the page of the list.")
        console.print(Text(rest % {"count": count - PROBLEMS_SHOWN}))
