"""``midas epoch``: the runs of a node's journal, each under a key of its own."""

from __future__ import annotations

import argparse
import sys

from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from openmidas.journal.models import Journal
from openmidas.nodes.commanding import CommandFailed, Commands, add_command, add_group
from openmidas.nodes.epochs import raise_epoch
from openmidas.nodes.identity import forget_this_node, this_node
from openmidas.nodes.services import open_own_journal


def register(commands: Commands) -> None:
    """Add ``midas epoch``."""
    group = add_group(commands, "epoch", _("the epochs of this node's journal"))
    opening = add_command(
        group,
        "open",
        _open,
        _("go on in a new epoch, after the machine was put back to an older state by other means"),
    )
    opening.add_argument(
        "--yes", action="store_true", help=_("the node is stopped, and peers will be told")
    )
    add_command(group, "show", _show, _("which epochs there are, and what each continues from"))


def _open(options: argparse.Namespace) -> None:
    if not options.yes:
        raise CommandFailed(
            _(
                "A new epoch cannot be undone, and a post's headquarters must then be given its new"
                " card. Stop the node, then: midas epoch open --yes"
            )
        )
    epoch = raise_epoch(this_node().home)
    forget_this_node()
    open_own_journal()
    sys.stdout.write(_("Epoch %(epoch)s is open.") % {"epoch": epoch} + "\n")


def _show(options: argparse.Namespace) -> None:
    table = Table(_("Epoch"), _("Journal entries"), _("Continues from"), _("Key"))
    for journal in Journal.objects.filter(node=this_node().id).order_by("epoch"):
        continues = bytes(journal.continues)
        table.add_row(
            str(journal.epoch),
            str(journal.sequence),
            continues.hex()[:16] if any(continues) else "",
            bytes(journal.public_key).hex()[:16],
        )
    Console().print(table)
