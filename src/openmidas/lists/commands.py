"""``midas lists`` and what stands below it: which lists this node holds, and a new edition of one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal

import rich.progress
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn
from rich.table import Table
from rich.text import Text

from openmidas.lists import screen_commands
from openmidas.lists.build_command import add_build
from openmidas.lists.editions import latest_editions
from openmidas.lists.given import IMPORTED, GivenFile, ImportRefused, Naming, Progress
from openmidas.lists.in_use import in_use
from openmidas.lists.lost import commands as lost_commands
from openmidas.lists.report import tell, write_problems
from openmidas.lists.services import LIMIT_DAYS, import_list
from openmidas.lists.wording import word_age, word_error, word_files, word_limit, word_title
from openmidas.nodes.commanding import AT_THE_TERMINAL, CommandFailed, Commands, add_command
from openmidas.nodes.services import node_day
from openmidas.screening import ListError, write_template


def register(commands: Commands) -> None:
    """Add ``midas lists``, which without more shows them, and ``midas screen``."""
    screen_commands.register(commands)
    shown = _("lists that travellers are checked against")
    lists = add_command(commands, "lists", lambda options: show_command(Console()), shown)
    group = lists.add_subparsers(metavar=_("COMMAND"), dest="lists_command")
    _register_import(group)
    kinds = _("the kinds of list that can be imported")
    add_command(group, "kinds", lambda options: show_kinds(Console()), kinds, needs_node=False)
    empty = _("an empty table for the State’s own list")
    template = add_command(group, "template", _template, empty, needs_node=False)
    path = _("the file to write: CSV, or XLSX if it ends so; none: to standard output, as CSV")
    template.add_argument("file", type=Path, nargs="?", help=path)
    template.add_argument("--lang", choices=["fr", "en"], help=_("the language of the headings"))
    lost_commands.register(group)
    add_build(group)


def import_command(
    kind: str,
    paths: Sequence[Path],
    console: Console,
    *,
    naming: Naming | None = None,
    limit_days: int | None = None,
    accept_older: bool = False,
    report: Path | None = None,
) -> None:
    """Import a list from files and tell what came of it; ``report``: where to write what was not understood.

    Raises `CommandFailed` with one sentence where nothing was stored.
    """
    files = [GivenFile(path) for path in paths]
    try:
        with _progress(console) as progress:
            done = import_list(
                kind,
                files,
                actor=AT_THE_TERMINAL,
                naming=naming,
                limit_days=limit_days,
                accept_older=accept_older,
                progress=progress,
            )
    except (ListError, ImportRefused, OSError) as error:
        said = word_error(error, paths[0], kind)
        if isinstance(error, ImportRefused) and error.code == "older":
            said += " " + _("To take it all the same: --accept-older")
        raise CommandFailed(said) from error
    tell(done, console)
    if report is not None:
        try:
            write_problems(done.problems, report)
        except OSError as error:
            raise CommandFailed(word_error(error, report)) from error


def show_kinds(console: Console) -> None:
    """The kinds of list there are, and the files that each is read from."""
    table = Table(_("kind"), _("list"), _("files"))
    for kind in IMPORTED:
        table.add_row(Text(kind), Text(word_title(kind, kind)), Text(word_files(kind)))
    console.print(table)


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


def _register_import(group: Commands) -> None:
    taken = _("at the headquarters: publish a list to all posts")
    command = add_command(group, "import", _import, taken)
    command.add_argument("kind", choices=list(IMPORTED), help=_("see: midas lists kinds"))
    files = _("the list as published, may be gzipped; OFAC as CSV: sdn.csv alt.csv add.csv")
    command.add_argument("files", type=Path, nargs="+", metavar=_("FILE"), help=files)
    limit = _("stale when older than so many days (at first %(days)s, then as before)")
    command.add_argument("--limit-days", type=int, metavar="N", help=limit % {"days": LIMIT_DAYS})
    older = _("take it even if it is older than the edition in use")
    command.add_argument("--accept-older", action="store_true", help=older)
    code = _("the code of the list, where there are several of one kind: police")
    command.add_argument("--code", default="", help=code)
    command.add_argument("--title", default="", help=_("the name of the list"))
    dated = _("the day of the list (2026-01-31), where it does not bear one; else that of its file")
    command.add_argument("--dated", type=date.fromisoformat, metavar=_("DAY"), help=dated)
    encoding = _("of a text file that is not in UTF-8: cp1252")
    command.add_argument("--encoding", default="", help=encoding)
    report = _("write everything that was not understood to this file, as CSV")
    command.add_argument("--report", type=Path, metavar=_("FILE"), help=report)


def _import(options: argparse.Namespace) -> None:
    naming = Naming(
        list_code=options.code,
        title=options.title,
        dated=options.dated,
        encoding=options.encoding,
    )
    import_command(
        options.kind,
        options.files,
        Console(),
        naming=naming,
        limit_days=options.limit_days,
        accept_older=options.accept_older,
        report=options.report,
    )


def _template(options: argparse.Namespace) -> None:
    language: Literal["fr", "en"] = options.lang or ("en" if get_language() == "en" else "fr")
    data = write_template(options.file.name if options.file else "", language)
    if options.file is None:
        sys.stdout.buffer.write(data)
        return
    try:
        with options.file.open("xb") as file:  # never over a list that somebody has filled in
            file.write(data)
    except FileExistsError as error:
        said = _("“%(path)s” is there already and was left as it is.")
        raise CommandFailed(said % {"path": options.file}) from error
    except OSError as error:
        raise CommandFailed(word_error(error, options.file)) from error


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with rich.progress.Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_("Reading the list"), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
