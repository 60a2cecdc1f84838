"""``midas journal verify``, ``rebuild`` and ``status``; the group that ``erase`` belongs to."""

from __future__ import annotations

import argparse
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from openmidas.journal.local import HeldReceipt, Quarantined
from openmidas.journal.models import Journal
from openmidas.journal.rebuild import rebuild
from openmidas.journal.verify import Verdict, verify_all
from openmidas.journal.witnessed import Contradiction
from openmidas.nodes import erase_commands
from openmidas.nodes.commanding import (
    CommandFailed,
    Commands,
    add_command,
    add_group,
    progress_bar,
)
from openmidas.nodes.journal_wording import word_journal
from openmidas.nodes.names import node_names
from openmidas.nodes.services import node_time, witness_keys, writer_keys
from openmidas.nodes.witness_commands import tell_witnesses


def register(commands: Commands) -> None:
    """Add ``midas journal``."""
    group = add_group(commands, "journal", _("prove, rebuild or look at the journals of this node"))
    add_command(group, "verify", _verify, _("prove every journal here; names the first bad entry"))
    settle = add_command(
        group, "settle", _settle, _("say that a contradiction has been looked into")
    )
    settle.add_argument("number", type=UUID, help=_("its number, as “journal verify” shows it"))
    add_command(group, "rebuild", _rebuild, _("make all tables again from the journals"))
    erase_commands.add_to(group)
    add_command(group, "status", _status, _("how far each journal goes, and what waits"))


def _total() -> int:
    return int(Journal.objects.aggregate(total=Sum("sequence"))["total"] or 0)


def _verify(options: argparse.Namespace) -> int:
    with progress_bar(_("Verifying"), _total()) as advance:
        verdicts = verify_all(witness_keys(), advance, writer_keys())
    table = Table(_("Journal"), _("Epoch"), _("Verified up to"), _("Witnessed up to"), _("Result"))
    names = node_names()
    for verdict in verdicts:
        table.add_row(
            names.get(verdict.node, str(verdict.node)),
            str(verdict.epoch),
            f"{verdict.verified} / {verdict.sequence}",
            str(verdict.witnessed),
            _result(verdict),
        )
    console = Console()
    console.print(table)
    witnessed = tell_witnesses(console, names)
    return 0 if witnessed and all(verdict.holds for verdict in verdicts) else 1


def _settle(options: argparse.Namespace) -> None:
    open_ones = Contradiction.objects.filter(id=options.number, settled=None)
    if not open_ones.update(settled=round(node_time().timestamp() * 1000)):
        raise CommandFailed(_("There is no open contradiction with this number."))
    Console().print(_("Settled. Both versions stay here."))


def _result(verdict: Verdict) -> str:
    if verdict.holds:
        return _("holds")
    return f"{word_journal(verdict.code, verdict.params)} ({verdict.code})"


def _rebuild(options: argparse.Namespace) -> None:
    with progress_bar(_("Rebuilding"), _total()) as advance:
        taken = rebuild(advance)
    aside = Quarantined.objects.count()
    Console().print(
        _("%(taken)s entries replayed, %(aside)s set aside.") % {"taken": taken, "aside": aside}
    )


def _status(options: argparse.Namespace) -> None:
    receipts = {
        (held.node, held.epoch): held.sequence for held in HeldReceipt.objects.order_by("sequence")
    }
    names = node_names()
    table = Table(
        _("Journal"),
        _("Epoch"),
        _("Journal entries"),
        _("Followed up to"),
        _("Receipt up to"),
        _("Stopped"),
    )
    for journal in Journal.objects.order_by("node", "epoch"):
        table.add_row(
            names.get(journal.node, str(journal.node)),
            str(journal.epoch),
            str(journal.sequence),
            str(journal.projected),
            str(receipts.get((journal.node, journal.epoch), 0)),
            word_journal(journal.stopped) if journal.stopped else "",
        )
    Console().print(table)
