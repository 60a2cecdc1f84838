"""Are the journals proved, and do the tables follow them?"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Sum

from openmidas.journal.models import Journal
from openmidas.journal.verify import verify_all
from openmidas.journal.witnessed import Contradiction, LogLeaf
from openmidas.nodes.doctor import Effort, Finding, Level, check
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import witness_keys, writer_keys
from openmidas.nodes.witness_commands import verify_logs

MANY = 5_000
"""Entries that wait for the tables: more than a worker that is at work leaves for a minute."""

LONG = 1_000_000
"""Entries or leaves that a daily check does not go through at the HQ."""


@check()
def opened() -> Iterator[Finding]:
    """The journal of the node's epoch is there to be written."""
    node = this_node()
    journal = Journal.objects.filter(node=node.id, epoch=node.epoch).first()
    if journal is None or journal.sequence == 0:
        yield Finding("journal.not_opened", Level.STOP, {"epoch": node.epoch})
    else:
        yield Finding(
            "journal.opened", Level.OK, {"epoch": node.epoch, "entries": journal.sequence}
        )


@check()
def followed() -> Iterator[Finding]:
    """Entries that no table shows yet."""
    behind = Journal.objects.filter(projected__lt=F("sequence"))
    waiting = behind.aggregate(all=Sum(F("sequence") - F("projected")))["all"] or 0
    if waiting > MANY:
        yield Finding("journal.not_followed", Level.LOOK, {"entries": waiting})
    else:
        yield Finding("journal.followed", Level.OK, {"entries": waiting})


@check()
def contradicted() -> Iterator[Finding]:
    """Two versions of one journal or log, which nobody has looked into yet."""
    number = Contradiction.objects.filter(settled=None).count()
    if number:
        yield Finding("journal.contradicted", Level.STOP, {"number": number})


@check(Effort.SLOW)
def logged() -> Iterator[Finding]:
    """The log of heads: its own at the HQ, the HQ's as far as a post holds it."""
    if LogLeaf.objects.filter(index__gt=LONG).exists():
        yield Finding("journal.too_long_to_prove", Level.UNKNOWN)
        return
    for verdict in verify_logs():
        if verdict.holds:
            yield Finding("journal.log_holds", Level.OK, {"size": verdict.size})
        else:
            yield Finding("journal.log_does_not_hold", Level.STOP, {"reason": verdict.code})


@check(Effort.SLOW)
def proved() -> Iterator[Finding]:
    """Every hash, commitment and signature of every journal here, as `midas journal verify` does."""
    if this_node().is_hq and Journal.objects.aggregate(all=Sum("sequence"))["all"] > LONG:
        yield Finding("journal.too_long_to_prove", Level.UNKNOWN)
        return
    bad = [one for one in verify_all(witness_keys(), writer_keys=writer_keys()) if not one.holds]
    for verdict in bad:
        yield Finding(
            "journal.does_not_hold",
            Level.STOP,
            {"journal": str(verdict.node), "after": verdict.verified, "reason": verdict.code},
        )
    if not bad:
        yield Finding("journal.proved", Level.OK)
