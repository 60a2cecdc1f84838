"""``midas lists import``: a list of any kind, from its files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import rich.progress
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn

from openmidas.lists.given import (
    IMPORTED,
    OWN,
    GivenFile,
    ImportRefused,
    Naming,
    Progress,
    read_given,
)
from openmidas.lists.lost import commands as lost_commands
from openmidas.lists.lost.in_use import LOST
from openmidas.lists.lost.publishing import LostSource
from openmidas.lists.report import tell, tell_read, write_problems
from openmidas.lists.services import LIMIT_DAYS, import_list
from openmidas.lists.wording import word_error
from openmidas.nodes.commanding import AT_THE_TERMINAL, CommandFailed, Commands, add_command
from openmidas.screening import ListError, format_of

KINDS = (*IMPORTED, OWN, LOST)
"""Every kind that the command takes, whatever comes of it."""


def add_import(group: Commands) -> None:
    """Add ``midas lists import``."""
    taken = _("at the headquarters: publish a list to all posts")
    command = add_command(group, "import", _import, taken)
    kind = _("one of: %(kinds)s; see: midas lists kinds") % {"kinds": ", ".join(KINDS)}
    command.add_argument("kind", help=kind)
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


def _import(options: argparse.Namespace) -> None:
    known = format_of(options.kind)
    kind = LOST if options.kind.lower() == LOST else known.kind if known else ""
    if not kind:
        kinds = {"kind": options.kind, "kinds": ", ".join(KINDS)}
        raise CommandFailed(_("There is no kind of list “%(kind)s”. There are: %(kinds)s.") % kinds)
    if kind == LOST:
        _import_lost(options)
        return
    if kind == OWN:
        show_own(options.files, options.encoding, options.report, Console())
        raise CommandFailed(_word_own())
    naming = Naming(
        list_code=options.code,
        title=options.title,
        dated=options.dated,
        encoding=options.encoding,
    )
    import_command(
        kind,
        options.files,
        Console(),
        naming=naming,
        limit_days=options.limit_days,
        accept_older=options.accept_older,
        report=options.report,
    )


def _import_lost(options: argparse.Namespace) -> None:
    """The same as ``midas lists lost build``."""
    source = LostSource(paths=tuple(options.files), encoding=options.encoding)
    lost_commands.publish_command(
        source,
        Console(),
        wrong=options.report,
        dated=options.dated,
        title=options.title,
        limit_days=options.limit_days,
    )


def show_own(paths: Sequence[Path], encoding: str, report: Path | None, console: Console) -> None:
    """What of a State's own table is understood; nothing is proposed. Raises `CommandFailed`."""
    try:
        files = [GivenFile(path) for path in paths]
        with _progress(console) as progress:
            read = read_given(OWN, files, Naming(encoding=encoding), progress)
        tell_read(read, console)
        if report is not None:
            write_problems(read.problems, report)
    except (ListError, OSError) as error:
        raise CommandFailed(word_error(error, paths[0], OWN)) from error


def _word_own() -> str:
    """What to do with a State's own list, as the terminal cannot."""
    return _(
        "Nothing was imported: the State’s own listings need two officers, by name. Sign in at the"
        " headquarters as an officer for lists, open the list under “Lists of this State”, choose"
        " “Propose from a file” and give this file there; a second officer approves."
    )


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with rich.progress.Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(_("Reading the list"), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
