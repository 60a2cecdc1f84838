"""The HQ's log of the heads that it holds, and what it tells posts of it (decision 0017).

Every round, each journal that has gone on since the last gets one leaf, and the HQ signs the new
end. A receipt costs nothing more than before: it is in the log with the next round.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict
from datetime import timedelta
from random import SystemRandom
from uuid import UUID

from django.db import transaction

from openmidas.exchange.heads import caught_up
from openmidas.exchange.messages import LogMark, LogNews, now
from openmidas.journal import Head, JournalError, NodeKind
from openmidas.journal.log import (
    add_leaves,
    heads_to_log,
    latest_head,
    latest_leaf,
    log_root,
    prove_growth,
    prove_leaf,
)
from openmidas.journal.loghead import LogHead, sign_log_head
from openmidas.journal.models import Journal
from openmidas.journal.witnessed import HeldLogHead
from openmidas.nodes.identity import this_node
from openmidas.nodes.jobs import every
from openmidas.nodes.local import Peer

logger = logging.getLogger(__name__)

ROUND = timedelta(minutes=10)
TELL_EVERY = 3_600_000
"""Milliseconds by which a post's head of the log is older before it hears of a later one: some 3 kB."""
AGAIN = ROUND.total_seconds()
"""A post that does not take what it is told, or did not hear it, is told again after so long."""
CARRIED_AT_ONCE = 4

_turns: defaultdict[UUID, int] = defaultdict(lambda: SystemRandom().randrange(2**20))
"""Whose turn it is to be carried by each post. Forgotten with the process: it starts anywhere then."""
_told: dict[UUID, float] = {}
"""When each post was told of the log, by this process's own clock."""
_lock = threading.Lock()


@every(ROUND, at=NodeKind.HQ)
def log_heads() -> None:
    """Put the heads of all journals that have gone on into the log, and sign its end."""
    write_log()
    caught_up()


@transaction.atomic
def write_log() -> LogHead | None:
    """One round; the head of the log, None while there is nothing to log.

    Raises `JournalError` ``log.damaged``.
    """
    node = this_node()
    ours = HeldLogHead.objects.select_for_update().filter(log=node.id)
    before = ours.order_by("-epoch").first()
    size = before.size if before is not None else 0
    places = heads_to_log()
    if not places and before is not None and before.epoch == node.epoch:
        return before.head()
    if not places:
        return None
    add_leaves(size, places)
    size += len(places)
    at = max(now(), before.at if before is not None else 0)  # signed time never runs backwards
    head = sign_log_head(node.id, node.epoch, size, log_root(size), at, node.key)
    HeldLogHead.objects.update_or_create(
        log=node.id,
        epoch=node.epoch,
        defaults={"size": size, "root": head.root, "at": at, "signature": head.signature},
    )
    return head


def log_news(peer: Peer, mark: LogMark | None) -> LogNews | None:
    """What a post that holds so much of the log is told of it; None where it is not its time.

    A post that says nothing of a log knows of none. One that was away for weeks gets one proof.
    """
    kept = latest_head(this_node().id) if mark is not None else None
    if mark is None or kept is None:
        return None
    head = kept.head()
    if (head.epoch, head.size) == (mark.epoch, mark.size):
        return None
    grown = head.epoch == mark.epoch and head.size > mark.size
    if grown and 0 <= head.at - mark.at < TELL_EVERY:
        return None
    if not _due(peer):
        return None
    try:
        return _proved(peer, mark, head)
    except JournalError:
        # Without a proof the post will say that the log was rewritten, and so it was.
        logger.exception("the log is damaged: nothing can be proved of it")
        return LogNews(head=head)


def _due(peer: Peer) -> bool:
    with _lock:
        clock = time.monotonic()
        if clock - _told.get(peer.id, -AGAIN) < AGAIN:
            return False
        _told[peer.id] = clock
        return True


def forget_told() -> None:
    """Tell every post anew, as a process does that has just started."""
    _told.clear()


def _proved(peer: Peer, mark: LogMark, head: LogHead) -> LogNews:
    leaf = latest_leaf(peer.id, head.size)
    return LogNews(
        head=head,
        growth=prove_growth(mark.size, head.size),
        leaf=leaf.place() if leaf is not None else None,
        index=leaf.index if leaf is not None else 0,
        path=prove_leaf(leaf.index, head.size) if leaf is not None else (),
        carried=to_carry(peer),
    )


def to_carry(peer: Peer) -> tuple[Head, ...]:
    """The ends of some other posts' journals, each post's in its turn, and always of our own."""
    node = this_node()
    others = Journal.objects.filter(node_kind=NodeKind.POST, sequence__gt=0).exclude(node=peer.id)
    latest = {row.node: row.pk for row in others.only("node", "epoch").order_by("node", "epoch")}
    ids = list(latest.values())
    with _lock:
        start = _turns[peer.id]
        _turns[peer.id] += CARRIED_AT_ONCE
    chosen = {ids[(start + step) % len(ids)] for step in range(min(CARRIED_AT_ONCE, len(ids)))}
    own = Journal.objects.filter(node=node.id, epoch=node.epoch, sequence__gt=0)
    return tuple(one.head() for one in [*own, *Journal.objects.filter(pk__in=chosen)])
