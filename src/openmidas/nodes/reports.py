"""A post reports how it is, every hour and when it comes back; what nobody asks for is noticed too.

Every minute the node notes that it is up. When that note is older than `OUTAGE`, the machine was off,
or its programs stood still: the report that is written then closes the span before and tells how
long it lasted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import msgspec
from django.db import transaction

from openmidas import __version__
from openmidas.journal import Actor, NodeKind
from openmidas.journal.models import Journal, new_id
from openmidas.journal.verify import verify_journal
from openmidas.nodes.entries import (
    LONGEST_OUTAGE,
    LONGEST_SPAN,
    MOST_EDITIONS,
    HeldEdition,
    NodeReported,
)
from openmidas.nodes.erasing import followed_to
from openmidas.nodes.identity import this_node
from openmidas.nodes.jobs import every
from openmidas.nodes.keys import public_bytes
from openmidas.nodes.local import JournalProof, Uptime
from openmidas.nodes.models import Erasure, NodeReport
from openmidas.nodes.report_facts import disk_free, read_power, sqlite_version
from openmidas.nodes.sealing.database import is_sealed
from openmidas.nodes.services import clock_reading, node_time, record, witness_keys

OUTAGE = timedelta(minutes=5)
"""Longer without a note than this: the node was not up. A busy machine is late by a minute or two."""
HOURLY = timedelta(hours=1)
AGAIN = timedelta(minutes=1)
"""No second report within this time: a worker that dies and starts over and over writes no flood."""
PROVE_EVERY = timedelta(days=1)
MOST_ORDERS = 100
"""Of the orders to erase, the last: who has done those has done the others."""

Holdings = Callable[[], Iterable[HeldEdition]]

_holdings: list[Holdings] = []


def reports_editions(holdings: Holdings) -> Holdings:
    """Declare what a room above works with here, lists or rules, for the report to name."""
    _holdings.append(holdings)
    return holdings


def note_up(facts: dict[str, Any] | None = None) -> None:
    """Note that this node is up; report at once when it comes back after an outage."""
    facts = facts or _facts()
    with transaction.atomic():
        up, now = _uptime()
        if (gap := now - up.beat) > _ms(OUTAGE):
            _write(up, until=up.beat, outage=gap, facts=facts)
            up.up_from, up.reported = now, now
        up.beat = now
        up.save()


@every(timedelta(minutes=1), at=NodeKind.POST)
def report() -> None:
    """Note that this node is up, and report how it is: every hour, and when there is news, unless
    it was a moment ago."""
    facts = _facts()
    note_up(facts)
    with transaction.atomic():
        up, now = _uptime()
        pause = AGAIN if _is_news(facts) else HOURLY
        if up.reported and now - up.reported < _ms(pause):
            return
        _write(up, until=now, outage=0, facts=facts)
        up.up_from = up.beat = up.reported = now
        up.save()


@every(timedelta(hours=1), at=NodeKind.POST)
def prove_journal() -> None:
    """Prove the own journal from its first entry on, once a day, and remember what came of it."""
    node, now = this_node(), _now()
    last = JournalProof.objects.filter(epoch=node.epoch).order_by("-at").first()
    if last is not None and 0 <= now - last.at < _ms(PROVE_EVERY):
        return
    journal = Journal.objects.get(node=node.id, epoch=node.epoch)
    verdict = verify_journal(journal, witness_keys(), writer_key=public_bytes(node.key))
    JournalProof.objects.update_or_create(
        id=1,
        defaults={
            "epoch": node.epoch,
            "verified": verdict.verified,
            "code": verdict.code,
            "at": now,
        },
    )


def _write(up: Uptime, *, until: int, outage: int, facts: dict[str, Any]) -> None:
    start = max(up.up_from, until - _ms(LONGEST_SPAN))
    outage = min(outage, _ms(LONGEST_OUTAGE))
    content = NodeReported(report=new_id(), up_from=start, up_until=until, outage=outage, **facts)
    record(content, actor=Actor())


def _is_news(facts: dict[str, Any]) -> bool:
    """Whether the last report told of other lists or rules, or nothing yet of a proof that there is,
    or of an erasure that is done.

    The headquarters must not show for an hour that a post has no list, because the post had none
    when it started.
    """
    told = NodeReport.objects.filter(node=this_node().id).order_by("-at").first()
    if told is None or _has_erased(told, facts):
        return True
    held = [msgspec.to_builtins(edition) for edition in facts["editions"]]
    return (told.editions, told.verified is None, told.verified_problem) != (
        held,
        facts["verified"] is None,
        facts["verified_problem"],
    )


def _has_erased(told: NodeReport, facts: dict[str, Any]) -> bool:
    """Whether an order to erase was carried out to the end since the last report."""
    before, now = (told.erased_epoch, told.erased), (facts["erased_epoch"], facts["erased"])
    orders = Erasure.objects.order_by("-epoch", "-sequence").values_list("epoch", "sequence")
    return any(before < order <= now for order in orders[:MOST_ORDERS])


def _facts() -> dict[str, Any]:
    """What a report tells beside the time: looked up before the journal is held."""
    node, power = this_node(), read_power()
    proof = JournalProof.objects.filter(epoch=node.epoch).order_by("-at").first()
    editions = [edition for holdings in _holdings for edition in holdings()]
    erased_epoch, erased = followed_to()
    return {
        "editions": tuple(editions[:MOST_EDITIONS]),
        "verified": proof.verified if proof else None,
        "verified_at": proof.at if proof else None,
        "verified_problem": proof.code if proof else "",
        "mains": power.mains,
        "battery": power.battery,
        "charge": power.charge,
        "disk_free": disk_free(node.home.folder),
        "clock_error": clock_reading().error,
        "program": __version__,
        "sqlite": sqlite_version(),
        "erased_epoch": erased_epoch,
        "erased": erased,
        "sealed": is_sealed(node.home),
    }


def _uptime() -> tuple[Uptime, int]:
    """What was noted last, and the time now: never before it, however far a clock falls back."""
    now = _now()
    up, _made = Uptime.objects.get_or_create(id=1, defaults={"up_from": now, "beat": now})
    return up, max(now, up.beat)


def _now() -> int:
    return round(node_time().timestamp() * 1000)


def _ms(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)
