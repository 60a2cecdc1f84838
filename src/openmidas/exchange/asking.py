"""The post's side of an exchange with the HQ, as far as the database is concerned."""

from __future__ import annotations

import logging

import msgspec
from django.db import transaction

from openmidas.exchange import carrying, contact, unsealing, versions
from openmidas.exchange.contact import OURS, Concern
from openmidas.exchange.giving_back import (
    given_back,
    kept_of_first,
    lacking,
    takes_parts,
)
from openmidas.exchange.log_checking import check_withdrawn, log_mark, take_log_news
from openmidas.exchange.messages import Ask, LogNews, News, Refusal, now
from openmidas.exchange.reading import own_journals
from openmidas.exchange.receipts import CheckedReceipt, given_receipts, take_receipt
from openmidas.exchange.records import Pong, Received
from openmidas.exchange.taking import take_segment
from openmidas.journal import JournalError, Place, Receipt
from openmidas.journal.entry import NO_HASH
from openmidas.journal.models import Journal
from openmidas.journal.store import place_at
from openmidas.nodes.epochs import follow
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer

logger = logging.getLogger(__name__)

TRUSTED_TRIP = 5000
"""Milliseconds: an answer that took longer says too little about how the two clocks differ."""


class Digest(msgspec.Struct, frozen=True):
    """What the HQ's news came to.

    ``receipts``: the HQ's for our journals; ``refused``: why its segment was not taken, if so;
    ``troubled``: what its receipts show to be wrong with our own journal, if anything; ``more``:
    whether to ask again at once, if only to tell how far we are now; ``lost``: where our closed
    epochs end, those of which the HQ holds more; ``kept``: what we hold of the HQ's closed epochs
    and it does not.
    """

    receipts: tuple[CheckedReceipt, ...]
    refused: str
    troubled: str
    more: bool
    lost: tuple[Place, ...]
    kept: tuple[bytes, ...]


def make_ask(
    hq: Peer,
    *,
    round_trip: int,
    wants: bool,
    refused: str,
    troubled: str,
    lacks: tuple[Place, ...] = (),
) -> Ask:
    """The question for news, from where both journals stand now."""
    heads = tuple(own.head for own in own_journals(hq) if own.head.place.sequence)
    return Ask(
        time=now(),
        round_trip=round_trip,
        heads=heads,
        held=given_receipts(hq),
        wants=wants,
        refused=refused,
        troubled=troubled,
        lacks=lacks,
        in_parts=takes_parts(lacks),
        log=log_mark(hq),
        carried=carrying.to_give_back(),
        contradictions=carrying.to_tell(),
        share=unsealing.share_at_hq(this_node().home),
        frames=versions.own_formats(),
    )


def digest(hq: Peer, ask: Ask, news: News, round_trip: int) -> Digest:
    """Take in what the HQ answered. Raises `JournalError` for a receipt that does not hold."""
    hq = afresh(hq)
    ahead = news.time + round_trip // 2 - now() if round_trip <= TRUSTED_TRIP else None
    contact.note_contact(hq, waiting=news.waiting, ahead=ahead)
    # Before anything that is signed with the new key.
    for told in news.successions:
        if follow(hq, told):
            contact.note_problem(hq.id, "epoch.followed")
    for raw in news.returned:
        given_back(hq, raw)
    refused, moved = _take(hq, ask, news.segments)
    receipts = tuple(keep_receipt(hq, receipt) for receipt in news.receipts)
    troubled = next((each.problem for each in receipts if each.problem), "")
    if troubled:
        contact.note_problem(hq.id, OURS + troubled)
    elif ask.troubled:
        contact.over(hq, Concern.OURS)
    carrying.given_back(ask.carried)
    carrying.told(ask.contradictions)
    check_withdrawn(afresh(hq), news.time, news.receipts)  # it may just have told of a new epoch
    if news.log is not None:
        _witness(hq, news.log, news.receipts)
    if ask.share is not None and news.lease:
        unsealing.keep_lease(this_node().home, hq, news.lease)
    kept = kept_of_first(hq, news.lacks)
    return Digest(
        receipts,
        refused,
        troubled,
        more=moved,
        lost=lacking(receipts),
        kept=() if kept is None else (kept,),
    )


def keep_received(hq: Peer, told: Received, *, well: bool) -> CheckedReceipt:
    """Check and keep the receipt for a frame that we brought. Raises `JournalError`.

    ``well``: the HQ refuses no journal of ours. Where our journal does not reach so far, nothing can
    be checked, and that itself is told.
    """
    journal = Journal.objects.filter(node=this_node().id, epoch=told.epoch).first()
    if journal is None:
        raise JournalError("receipt.other_journal", epoch=str(told.epoch))
    if told.sequence > journal.sequence:
        return CheckedReceipt(Place(journal.node, told.epoch, told.sequence, NO_HASH), None)
    place = place_at(journal, told.sequence)
    kept = keep_receipt(hq, Receipt(place, hq.id, told.at, told.signature))
    noted = afresh(hq)
    contact.note_contact(noted)
    contact.over(noted, Concern.VERSION)
    if well:
        contact.over(noted, Concern.OURS)
    return kept


def note_pong(hq: Peer, pong: Pong, round_trip: int) -> None:
    """The HQ is there, and this is what its clock says."""
    ahead = pong.time + round_trip // 2 - now() if round_trip <= TRUSTED_TRIP else None
    noted = afresh(hq)
    contact.note_contact(noted, ahead=ahead)
    contact.over(noted, Concern.VERSION)


def _witness(hq: Peer, log: LogNews, receipts: tuple[Receipt, ...]) -> None:
    """What others are to vouch for. Nothing of it holds up the rest of the news."""
    try:
        take_log_news(hq, log, receipts)
        carrying.keep_carried(hq, log.carried)
    except JournalError as error:
        logger.warning("the log of %s is not taken: %s", hq, error)
        contact.note_problem(hq.id, error.code)


def afresh(hq: Peer) -> Peer:
    """The HQ as it is noted now; as it was where it has just been struck out."""
    return Peer.objects.filter(id=hq.id).first() or hq


def keep_receipt(hq: Peer, receipt: Receipt) -> CheckedReceipt:
    """Check the HQ's receipt and keep it. Raises `JournalError`."""
    with transaction.atomic():
        return take_receipt(hq, receipt)


def _take(hq: Peer, ask: Ask, segments: tuple[bytes, ...]) -> tuple[str, bool]:
    """The code of the first refusal, if any, and whether anything was new."""
    held: set[Place] = {receipt.place for receipt in ask.held}
    moved = False
    for raw in segments:
        taken = take_segment(hq, raw)
        if isinstance(taken, Refusal):
            return taken.code, moved
        moved |= taken.place not in held
    if segments:
        contact.over(hq, Concern.THEIRS)
    return "", moved
