"""``midas lists lost``: the lost and stolen documents, made and changed at the HQ, taken in at a post."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openmidas.lists.lost.editions import changes_here, is_here
from openmidas.lists.lost.in_use import lost_in_use
from openmidas.lists.lost.models import LostEdition
from openmidas.lists.lost.publishing import LIMIT_DAYS, LostSource, fold, publish, publish_changes
from openmidas.lists.lost.taking import remove_old_files, take_file
from openmidas.lists.lost.telling import bar_of, tell_published, told_errors, wrong_rows
from openmidas.lists.lost.wording import word_documents
from openmidas.lists.wording import word_age, word_limit
from openmidas.nodes.commanding import AT_THE_TERMINAL, CommandFailed, Commands, add_command


def register(group: Commands) -> None:
    """Add ``lost`` to the commands of lists."""
    shown = _("lost and stolen documents: the edition here")
    lost = add_command(group, "lost", lambda options: show_lost(Console()), shown)
    below = lost.add_subparsers(metavar=_("COMMAND"), dest="lost_command")
    build = add_command(
        below, "build", _build, _("at the headquarters: make an edition and publish it")
    )
    files = _("the list: CSV with number, type, issuer, date, reason; may be gzipped")
    build.add_argument("files", type=Path, nargs="*", metavar="FILE", help=files)
    folding = _("make it of the edition here and all its changes, without the list")
    build.add_argument("--fold", action="store_true", help=folding)
    build.add_argument("--title", default="", help=_("what the list is called"))
    limit = _("stale when older than so many days (at first %(days)s, then as before)")
    build.add_argument("--limit-days", type=int, metavar="N", help=limit % {"days": LIMIT_DAYS})
    changed = _("at the headquarters: publish what has changed; it goes to the posts by the link")
    apply = add_command(below, "apply", _apply, changed)
    apply.add_argument("files", type=Path, nargs="+", metavar="FILE", help=files)
    removed = _("all documents of these files are to be taken off the list")
    apply.add_argument("--removed", action="store_true", help=removed)
    for command in (build, apply):
        _add_common(command)
    taken = _("take in the file of an edition that was carried here")
    command = add_command(below, "import", _import, taken)
    command.add_argument("file", type=Path, metavar="FILE", help=_("the file that `build` made"))


def show_lost(console: Console) -> None:
    """The editions that the headquarters published, and which of their files are here."""
    rows = list(LostEdition.objects.order_by("-clock", "-id")[:5])
    if not rows:
        said = _(
            "There is no list of lost documents. At the headquarters: midas lists lost build FILE"
        )
        console.print(Text(said))
        return
    table = Table(_("edition of"), _("documents"), _("age"), _("limit"), _("changes"), _("file"))
    for row in rows:
        changes = changes_here(row)
        edition = lost_in_use(row, changes)
        age = Text(word_age(edition))
        if edition.stale:
            age.append(" – " + pgettext("list", "stale"), style="bold red")
        here = _("here") if is_here(row) else _("not here: carry it by stick")
        cells = (str(row.day), str(row.documents), age, word_limit(row.limit_days))
        table.add_row(*cells, str(len(changes)), here)
    console.print(table)


def build_command(options: argparse.Namespace, console: Console) -> None:
    """Make an edition, and tell what came of it. Raises `CommandFailed`."""
    if bool(options.files) == options.fold:
        raise CommandFailed(_("Give the files of the list, or --fold."))
    if options.fold:
        with told_errors(Path()), bar_of(console, _("Putting it together")) as progress:
            published = fold(actor=AT_THE_TERMINAL, progress=progress)
        tell_published(published, console)
        return
    source = LostSource(
        paths=tuple(options.files), issuer=options.issuer, encoding=options.encoding
    )
    publish_command(
        source,
        console,
        wrong=options.wrong,
        dated=options.dated,
        title=options.title,
        limit_days=options.limit_days,
    )


def publish_command(
    source: LostSource,
    console: Console,
    *,
    wrong: Path | None,
    dated: date | None,
    title: str,
    limit_days: int | None,
) -> None:
    """Make an edition of files, and tell what came of it. Raises `CommandFailed`."""
    with (
        told_errors(source.paths[0]),
        wrong_rows(wrong, console) as report,
        bar_of(console, _("Reading the list")) as progress,
    ):
        published = publish(
            source,
            report,
            actor=AT_THE_TERMINAL,
            dated=dated,
            title=title,
            limit_days=limit_days,
            progress=progress,
        )
    tell_published(published, console)


def apply_command(options: argparse.Namespace, console: Console) -> None:
    """Publish changes, and tell how many. Raises `CommandFailed`."""
    paths = tuple(options.files)
    source = LostSource(
        paths=paths, issuer=options.issuer, removed=options.removed, encoding=options.encoding
    )
    with (
        told_errors(paths[0]),
        wrong_rows(options.wrong, console) as report,
        bar_of(console, _("Reading the list")) as progress,
    ):
        changes = publish_changes(
            source, report, actor=AT_THE_TERMINAL, dated=options.dated, progress=progress
        )
    header = changes[0].header
    said = _("Put on: %(added)s. Taken off: %(removed)s. On their way to the posts.")
    console.print(Text(said % {"added": header.added, "removed": header.removed}))


def import_command(path: Path, console: Console) -> None:
    """Take a carried file in, and tell which. Raises `CommandFailed`."""
    with told_errors(path), bar_of(console, _("Copying and checking")) as progress:
        edition = take_file(path, progress)
        remove_old_files()
    said = _("Edition of %(day)s, %(documents)s: in use from now on.")
    told = {"day": edition.day, "documents": word_documents(edition.documents)}
    console.print(Text(said % told))


def _build(options: argparse.Namespace) -> None:
    build_command(options, Console())


def _apply(options: argparse.Namespace) -> None:
    apply_command(options, Console())


def _import(options: argparse.Namespace) -> None:
    import_command(options.file, Console())


def _add_common(command: argparse.ArgumentParser) -> None:
    issuer = _("three letters of the State, for a list that names none")
    command.add_argument("--issuer", default="", metavar="STATE", help=issuer)
    dated = _("the day of the list (today, where nothing is said)")
    command.add_argument("--dated", type=date.fromisoformat, metavar="YYYY-MM-DD", help=dated)
    encoding = _("of a text file that is not in UTF-8: cp1252")
    command.add_argument("--encoding", default="", help=encoding)
    wrong = _("write all rows that were not understood there, with the reason")
    command.add_argument("--wrong", type=Path, metavar="FILE", help=wrong)
