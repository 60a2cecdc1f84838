"""``midas lists`` and what stands below it: which lists this node holds, and a new edition of one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Literal

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openmidas.lists import screen_commands
from openmidas.lists.build_command import add_build
from openmidas.lists.editions import latest_editions
from openmidas.lists.import_commands import KINDS, add_import
from openmidas.lists.in_use import in_use
from openmidas.lists.lost import commands as lost_commands
from openmidas.lists.wording import word_age, word_error, word_files, word_limit, word_title
from openmidas.nodes.commanding import CommandFailed, Commands, add_command
from openmidas.nodes.services import node_day
from openmidas.screening import write_template


def register(commands: Commands) -> None:
    """Add ``midas lists``, which without more shows them, and ``midas screen``."""
    screen_commands.register(commands)
    shown = _("lists that travellers are checked against")
    lists = add_command(commands, "lists", lambda options: show_command(Console()), shown)
    group = lists.add_subparsers(metavar=_("COMMAND"), dest="lists_command")
    add_import(group)
    kinds = _("the kinds of list that can be imported")
    add_command(group, "kinds", lambda options: show_kinds(Console()), kinds, needs_node=False)
    empty = _("an empty table for the State’s own list")
    template = add_command(group, "template", _template, empty, needs_node=False)
    path = _("the file to write: CSV, or XLSX if it ends so; none: to standard output, as CSV")
    template.add_argument("file", type=Path, nargs="?", help=path)
    template.add_argument("--lang", choices=["fr", "en"], help=_("the language of the headings"))
    lost_commands.register(group)
    add_build(group)


def show_kinds(console: Console) -> None:
    """The kinds of list there are, and the files that each is read from."""
    table = Table(_("kind"), _("list"), _("files"))
    for kind in KINDS:
        table.add_row(Text(kind), Text(word_title(kind, kind)), Text(word_files(kind)))
    console.print(table)
    said = _(
        "Any file may be gzipped. Text is read as UTF-8; another encoding is named by --encoding."
    )
    console.print(Text(said))


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
