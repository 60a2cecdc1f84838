"""The HQ's answer to one message of a post. Short transactions, no network inside one."""

from __future__ import annotations

import logging

from django.db import Error as DatabaseError
from django.db import transaction

from openmidas.exchange import contact, leasing, versions
from openmidas.exchange.attachment_giving import give_piece
from openmidas.exchange.contact import OURS, Concern
from openmidas.exchange.giving_back import given_back, kept_of_first, lacking, without_bodies
from openmidas.exchange.heads import check_peers_head, take_carried, take_contradictions
from openmidas.exchange.log_giving import log_news
from openmidas.exchange.messages import (
    Answer,
    Ask,
    Deposit,
    Fetch,
    News,
    Noted,
    Refusal,
    Release,
    Return,
    decode_question,
    encode,
    now,
)
from openmidas.exchange.reading import own_journals, read_run
from openmidas.exchange.receipts import CheckedReceipt, given_receipts, take_receipt
from openmidas.journal import JournalError, Place
from openmidas.journal.segments import pack
from openmidas.nodes.epochs import successions
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer

logger = logging.getLogger(__name__)


def answer(fingerprint: str, raw: bytes) -> bytes:
    """What the HQ says to whoever holds the certificate with this fingerprint. Never raises on bad input."""
    try:
        peer = Peer.objects.filter(fingerprint=fingerprint).first()
        if peer is None:
            return encode(Refusal(time=now(), code="node.unknown"))
        if peer.revoked:
            return encode(Refusal(time=now(), code="node.revoked"))
        return encode(_answer(peer, raw))
    except DatabaseError:
        logger.exception("the database did not take a message of %s", fingerprint)
        return encode(Refusal(time=now(), code="database.busy"))


def _answer(peer: Peer, raw: bytes) -> Answer:
    try:
        match decode_question(raw):
            case Ask() as ask:
                return _news(peer, ask)
            case Deposit() as deposit:
                return leasing.keep(peer, deposit)
            case Release() as release:
                return leasing.give(peer, release)
            case Return() as back:
                return Noted(time=now(), entries=given_back(peer, back.segment))
            case Fetch() as fetch:
                return give_piece(fetch)
    except JournalError as error:
        logger.warning("message of %s refused: %s", peer, error)
        contact.note_problem(peer.id, error.code)
        return Refusal(time=now(), code=error.code, params=error.params)


def _news(peer: Peer, ask: Ask) -> News:
    receipts = given_receipts(peer)
    held = {receipt.place.epoch: receipt.place.sequence for receipt in receipts}
    behind = sum(max(0, head.place.sequence - held.get(head.place.epoch, 0)) for head in ask.heads)
    ahead = ask.time + ask.round_trip // 2 - now()
    contact.note_contact(peer, waiting=behind, ahead=ahead)
    number = versions.agree_with_post(ask.frames)
    for head in ask.heads:
        check_peers_head(peer, head)
    take_carried(peer, ask.carried)
    take_contradictions(peer, ask.contradictions)
    checked = _where_it_stands(peer, ask)
    places = {each.theirs.epoch: each.theirs for each in checked}
    _note(peer, ask, next((each.problem for each in checked if each.problem), ""))
    segments, waiting = _next(peer, places, number, wants=ask.wants)
    if peer.lacks and ask.held and not ask.lacks:
        # It has heard our receipts, and lacks nothing.
        Peer.objects.filter(id=peer.id).update(lacks=[])
    # One place a message, whoever asks for more: a run is as large as a message may be.
    kept = kept_of_first(peer, ask.lacks[:1], in_parts=ask.in_parts)
    return News(
        time=now(),
        receipts=receipts,
        segments=segments,
        waiting=waiting,
        successions=() if this_node().epoch in places else successions(),
        lacks=tuple(dict.fromkeys([*lacking(checked), *without_bodies(peer)])),
        returned=() if kept is None else (kept,),
        log=log_news(peer, ask.log),
        lease=leasing.renew(peer, ask.share),
    )


def _where_it_stands(peer: Peer, ask: Ask) -> list[CheckedReceipt]:
    """What the post holds of our journals, by its receipts."""
    checked = []
    for receipt in ask.held:
        with transaction.atomic():
            checked.append(take_receipt(peer, receipt))
    return checked


def _note(peer: Peer, ask: Ask, wrong: str) -> None:
    """Write down what a post tells or shows to be wrong; what it does so no longer, is over."""
    ours = ask.refused or wrong
    problem = f"{OURS}{ours}" if ours else ""
    if not problem:
        contact.over(peer, Concern.OURS)
        problem = ask.troubled
    if problem and problem != peer.last_problem:
        logger.error("%s: %s", peer, problem)
        contact.note_problem(peer.id, problem)


def _next(
    peer: Peer, places: dict[int, Place], number: int, *, wants: bool
) -> tuple[tuple[bytes, ...], int]:
    """The next segment of our own journals for a peer, in a format that it reads; how many wait behind."""
    segments: list[bytes] = []
    waiting = 0
    for own in own_journals(peer):
        epoch = own.journal[1]
        reached = places[epoch].sequence if epoch in places else 0
        if wants and not segments and reached < own.head.place.sequence:
            run = read_run(peer, own.journal, reached)
            if run is not None:
                segments.append(pack(run, number))
                reached = run.head.place.sequence
        waiting += max(0, own.head.place.sequence - reached)
    return tuple(segments), waiting
