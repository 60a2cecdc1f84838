"""What `midas journal verify` tells of witnesses: the log, the neighbours' heads, contradictions."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from openmidas.journal import NodeKind
from openmidas.journal.verify_log import (
    LogVerdict,
    verify_carried,
    verify_held_log,
    verify_own_log,
)
from openmidas.journal.witnessed import Contradiction, Version
from openmidas.nodes.identity import this_node
from openmidas.nodes.journal_wording import word_journal
from openmidas.nodes.local import Peer
from openmidas.nodes.models import EnrolledNode
from openmidas.nodes.services import witness_keys
from openmidas.nodes.witnesses import short


def verify_logs() -> list[LogVerdict]:
    """Prove the log: the HQ its own, a post what it holds of its HQ's."""
    node, keys = this_node(), witness_keys()
    if node.is_hq:
        return [verify_own_log(node.id, keys)]
    hqs = Peer.objects.filter(kind=NodeKind.HQ).order_by("id").values_list("id", flat=True)
    return [verify_held_log(hq, keys) for hq in hqs]


def tell_witnesses(console: Console, names: dict[UUID, str]) -> bool:
    """Print what is witnessed and what contradicts itself; whether all of it holds."""
    verdicts = verify_logs()
    for verdict in verdicts:
        console.print(_line(verdict, names))
    carried, bad = verify_carried(_neighbours())
    if not this_node().is_hq:
        console.print(
            _("Heads of neighbours kept here: %(carried)s, of which %(bad)s are not signed.")
            % {"carried": carried, "bad": bad}
        )
    found = list(Contradiction.objects.filter(settled=None).order_by("since", "id"))
    if found:
        console.print(_table(found, names))
    return all(verdict.holds for verdict in verdicts) and not bad and not found


def moment(milliseconds: int) -> str:
    """A time as all commands print it, in UTC; empty for none."""
    if not milliseconds:
        return ""
    return f"{datetime.fromtimestamp(milliseconds / 1000, UTC):%Y-%m-%d %H:%M} UTC"


def _neighbours() -> dict[tuple[UUID, int], bytes]:
    return {(post.id, post.epoch): bytes(post.public_key) for post in EnrolledNode.objects.all()}


def _line(verdict: LogVerdict, names: dict[UUID, str]) -> str:
    named = {"name": names.get(verdict.log, str(verdict.log)), "size": verdict.size}
    if not verdict.holds:
        reason = f"{word_journal(verdict.code, verdict.params)} ({verdict.code})"
        return _("The log of heads of %(name)s does not hold: %(reason)s") % {
            **named,
            "reason": reason,
        }
    if not verdict.size:
        return _("No log of heads of %(name)s yet.") % named
    return _("The log of heads of %(name)s holds: %(size)s heads, signed %(at)s.") % {
        **named,
        "at": moment(verdict.at),
    }


def _table(found: list[Contradiction], names: dict[UUID, str]) -> Table:
    table = Table(
        _("Since"), _("Whose"), _("What"), _("Here"), _("There"), _("Told by"), _("Number")
    )
    for one in found:
        ours, theirs = one.versions()
        table.add_row(
            moment(one.since),
            names.get(one.node, str(one.node)),
            f"{word_journal(one.code)} ({one.code})",
            word_version(ours),
            word_version(theirs),
            names.get(one.teller, str(one.teller)),
            str(one.id),
        )
    return table


def word_version(version: Version) -> str:
    """One side of a contradiction: epoch, place or size, the beginning of its hash, when it was signed."""
    said = f"{version.epoch}/{version.sequence} {short(version.hash)}"
    return f"{said}, {moment(version.at)}" if version.at else said
