"""At a post: what the HQ says of its log, checked, and kept if it only grew.

What does not fit is not kept but set beside what was held, with both signatures: that is what proves
to anybody that the HQ signed two histories. Nothing else of the HQ's news waits for it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from uuid import UUID

from openmidas.exchange import contact
from openmidas.exchange.contact import Concern
from openmidas.exchange.messages import LogMark, LogNews, now
from openmidas.exchange.receipts import our_place
from openmidas.journal import JournalError, Place, Receipt, merkle
from openmidas.journal.entry import NO_HASH
from openmidas.journal.local import HeldReceipt
from openmidas.journal.log import latest_head
from openmidas.journal.loghead import LogHead, check_log_head
from openmidas.journal.models import Journal
from openmidas.journal.signing import check_receipt
from openmidas.journal.witnessed import (
    HeldLogHead,
    Version,
    contradict,
    version_of_log,
)
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer

logger = logging.getLogger(__name__)

LACKS = "log.lacks"
"""The HQ was restored: its log has not all that it had at a size. Told once, then followed."""
SET_BACK = "log.set_back"
REWRITTEN = "log.rewritten"
OTHER_HISTORY = "log.other_history"
NOT_INCLUDED = "log.not_included"
LEAVES_OUT = "log.leaves_out"
WITHDRAWN = "receipt.withdrawn"
LATE = 60_000
"""Milliseconds by which an answer may be older than a receipt that has come since."""
GRACE = 1_200_000
"""Milliseconds after its receipt in which a place is in the log: two rounds."""


def log_mark(hq: Peer) -> LogMark:
    """How far this post holds the HQ's log."""
    held = latest_head(hq.id)
    return LogMark(held.epoch, held.size, held.at) if held is not None else LogMark()


def take_log_news(hq: Peer, news: LogNews, receipts: Iterable[Receipt]) -> str:
    """Check the news of the log and keep its head; the code of what does not hold, empty if all does.

    ``receipts``: those that the HQ gives together with it. Raises `JournalError` ``log.not_signed``
    or ``log.of_another_node``: such a head says nothing about the HQ.
    """
    head = news.head
    _check_signer(hq, head)
    held = latest_head(hq.id)
    code = _growth(held, news)
    if code and held is not None:
        _found(hq, code, version_of_log(held.head()), version_of_log(head))
    if code and code != LACKS:
        return code
    shown = _shown(hq, news, receipts)
    _keep(head, shown if isinstance(shown, int) else 0)
    if isinstance(shown, str):
        return shown
    if not code:
        contact.over(hq, Concern.LOG)
    return code


def check_withdrawn(hq: Peer, time: int, receipts: Iterable[Receipt]) -> None:
    """What the HQ gave a receipt for it holds, as long as it is in the epoch that it signed in.

    ``time``: of its answer. One that was restored has said so by its epoch, and gets all again.
    """
    given = {(one.place.node, one.place.epoch): one for one in receipts}
    for kept in HeldReceipt.objects.filter(node=this_node().id, witness=hq.id):
        ours = kept.receipt()
        now_given = given.get((kept.node, kept.epoch))
        if now_given is not None and now_given.place.sequence >= kept.sequence:
            continue
        # An answer may be older than a receipt that came another way.
        if time - kept.at <= LATE or not _of_this_epoch(hq, ours):
            continue
        place = (
            now_given.place if now_given is not None else Place(kept.node, kept.epoch, 0, NO_HASH)
        )
        _found(
            hq, WITHDRAWN, _version(ours.place, ours), _version(place, now_given), ours.place.node
        )


def _of_this_epoch(hq: Peer, receipt: Receipt) -> bool:
    try:
        check_receipt(receipt, bytes(hq.public_key))
    except JournalError:
        return False
    return True


def _check_signer(hq: Peer, head: LogHead) -> None:
    if head.log != hq.id:
        raise JournalError("log.of_another_node", node=str(head.log))
    journal = Journal.objects.filter(node=hq.id, epoch=head.epoch).first()
    if journal is None:
        raise JournalError("log.not_signed")
    check_log_head(head, bytes(journal.public_key))


def _growth(held: HeldLogHead | None, news: LogNews) -> str:
    """What is wrong between the head that we hold and the new one, if anything.

    An HQ in a later epoch was restored, and says so: its log may lack what it had.
    """
    head = news.head
    if held is None or (head.epoch, head.size, head.root) == (
        held.epoch,
        held.size,
        bytes(held.root),
    ):
        return ""
    if head.epoch < held.epoch:
        return SET_BACK
    if merkle.continues(held.size, head.size, bytes(held.root), head.root, news.growth):
        return ""
    if head.epoch > held.epoch:
        return LACKS
    return SET_BACK if head.size < held.size else REWRITTEN


def _shown(hq: Peer, news: LogNews, receipts: Iterable[Receipt]) -> int | str:
    """How far our own journal is shown to be in the log; the code of what is wrong otherwise."""
    head, leaf = news.head, news.leaf
    late = next((one for one in receipts if _should_be_in(one, leaf, head)), None)
    if late is not None:
        _found(hq, LEAVES_OUT, _version(late.place, late), version_of_log(head))
        return LEAVES_OUT
    if leaf is None:
        return 0
    if not merkle.includes(leaf.encode(), news.index, head.size, news.path, head.root):
        _found(hq, NOT_INCLUDED, _version(leaf), version_of_log(head))
        return NOT_INCLUDED
    ours = our_place(leaf)
    if leaf.node != this_node().id or (ours is not None and ours != leaf):
        _found(hq, OTHER_HISTORY, _version(ours or leaf), _version(leaf))
        return OTHER_HISTORY
    return leaf.sequence if leaf.epoch == this_node().epoch else 0


def _should_be_in(receipt: Receipt, leaf: Place | None, head: LogHead) -> bool:
    """Whether the HQ gave a receipt long before it signed this log, and left its place out."""
    place = receipt.place
    if place.epoch != this_node().epoch or receipt.at + GRACE >= head.at:
        return False
    return leaf is None or (leaf.epoch, leaf.sequence) < (place.epoch, place.sequence)


def _found(hq: Peer, code: str, ours: Version, theirs: Version, node: UUID | None = None) -> None:
    if contradict(code, node or hq.id, hq.id, ours, theirs, now()):
        contact.note_problem(hq.id, code)
        logger.error("what %s says of its log or receipts contradicts itself: %s", hq, code)


def _version(place: Place, receipt: Receipt | None = None) -> Version:
    if receipt is None:
        return Version(place.epoch, place.sequence, place.hash)
    return Version(place.epoch, place.sequence, place.hash, receipt.at, receipt.signature)


def _keep(head: LogHead, shown: int) -> None:
    HeldLogHead.objects.update_or_create(
        log=head.log,
        epoch=head.epoch,
        defaults={
            "size": head.size,
            "root": head.root,
            "at": head.at,
            "signature": head.signature,
            "shown": shown,
        },
    )
