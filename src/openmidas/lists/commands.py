"""``midas lists`` and ``midas lists import``: which lists this node holds, and a new edition of one."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from openmidas.lists.editions import latest_editions
from openmidas.lists.in_use import in_use
from openmidas.lists.lost import commands as lost_commands
from openmidas.lists.services import LIMIT_DAYS, ImportRefused, ImportReport, import_un
from openmidas.lists.wording import (
    word_age,
    word_error,
    word_limit,
    word_not_understood,
    word_problem,
    word_report,
    word_title,
)
from openmidas.nodes.commanding import AT_THE_TERMINAL, CommandFailed, Commands, add_command
from openmidas.nodes.services import node_day
from openmidas.screening import ListError, Problem

PROBLEMS_SHOWN = 50


def register(commands: Commands) -> None:
    """Add ``midas lists``, which without more shows them."""
    shown = _("lists that travellers are checked against")
    lists = add_command(commands, "lists", lambda options: show_command(Console()), shown)
    group = lists.add_subparsers(metavar=_("COMMAND"), dest="lists_command")
    taken = _("at the headquarters: publish a list to all posts")
    command = add_command(group, "import", _import, taken)
    command.add_argument("kind", choices=["un"], help=_("un: the United Nations consolidated list"))
    command.add_argument("file", type=Path, help=_("the list as published: XML, may be gzipped"))
    limit = _("stale when older than so many days (at first %(days)s, then as before)")
    command.add_argument("--limit-days", type=int, metavar="N", help=limit % {"days": LIMIT_DAYS})
    older = _("take it even if it is older than the edition in use")
    command.add_argument("--accept-older", action="store_true", help=older)
    lost_commands.register(group)


def import_un_command(
    path: Path, limit_days: int | None, console: Console, *, accept_older: bool = False
) -> None:
    """Import the UN list from a file and tell what came of it.

    Raises `CommandFailed` with one sentence where nothing was stored.
    """
    try:
        report = _read_and_publish(path, limit_days, console, accept_older=accept_older)
    except (ListError, ImportRefused, OSError) as error:
        said = word_error(error, path)
        if isinstance(error, ImportRefused) and error.code == "older":
            said += " " + _("To take it all the same: --accept-older")
        raise CommandFailed(said) from error
    _tell(report, console)


def show_command(console: Console) -> None:
    """The lists that this node holds, with their age."""
    editions = [(row, in_use(row, node_day())) for row in latest_editions()]
    if not editions:
        console.print(
            Text(
                _(
                    "This node holds no list. Import one at the headquarters: midas lists import un FILE"
                )
            )
        )
        return
    table = Table(_("list"), _("edition of"), _("age"), _("limit"), _("persons"), _("entities"))
    for row, edition in editions:
        age = Text(word_age(edition))
        if edition.stale:
            age.append(" – " + pgettext("list", "stale"), style="bold red")
        table.add_row(
            Text(f"{row.list_code}  {word_title(row.list_code, row.title)}"),
            str(row.day),
            age,
            word_limit(row.limit_days),
            str(row.persons),
            str(row.entities),
        )
    console.print(table)


def _import(options: argparse.Namespace) -> None:
    import_un_command(
        options.file, options.limit_days, Console(), accept_older=options.accept_older
    )


def _read_and_publish(
    path: Path, limit_days: int | None, console: Console, *, accept_older: bool
) -> ImportReport:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_("Reading the list"), total=None)
        return import_un(
            path,
            actor=AT_THE_TERMINAL,
            limit_days=limit_days,
            accept_older=accept_older,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )


def _tell(report: ImportReport, console: Console) -> None:
    console.print(Text(word_report(report)))
    if report.problems and not report.repeated:
        _tell_problems(report.problems, console)


def _tell_problems(problems: tuple[Problem, ...], console: Console) -> None:
    console.print(Text(word_not_understood(len(problems))))
    table = Table(_("listing"), _("field"), _("what is the matter"), _("text"))
    for problem in problems[:PROBLEMS_SHOWN]:
        cells = (problem.listing, problem.field, word_problem(problem.code), problem.text)
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    if len(problems) > PROBLEMS_SHOWN:
        rest = _("And %(count)s more: they stand on the page of the list.")
        console.print(Text(rest % {"count": len(problems) - PROBLEMS_SHOWN}))
