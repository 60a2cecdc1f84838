"""Epochs of a node: how a new one is opened, and how a post follows its HQ into one.

An epoch is a run of a node's journal under one key. A machine that was restored or replaced opens a
new one, because what it wrote since its backup is out in the world under the old one (decision
0014). Whoever holds more of the old epoch than the node itself keeps it, and gives it back.
"""

from __future__ import annotations

import logging

import msgspec
from django.db import transaction

from openmidas.journal import Actor, JournalError, NodeKind, Place
from openmidas.journal.entry import decode_body
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.signing import Succession, check_succession, sign_succession
from openmidas.journal.store import open_journal, place_at
from openmidas.nodes.entries import EpochFollowed, EpochOpened
from openmidas.nodes.home import NodeHome
from openmidas.nodes.identity import this_node
from openmidas.nodes.keys import epochs_with_keys, signing_key
from openmidas.nodes.local import Peer
from openmidas.nodes.services import record

logger = logging.getLogger(__name__)

MOST = 64
"""The most epochs that one HQ tells of: what a message may hold."""


def raise_epoch(home: NodeHome) -> int:
    """Give a node the key of a new epoch, and have it write under that from its next start on.

    The journal itself is opened by `open_own_journal`. Nothing of the node may be running.
    """
    config = home.config()
    known = [config.epoch, *epochs_with_keys(home)]
    epoch = max(known) + 1
    signing_key(home, epoch)
    home.write_config(msgspec.structs.replace(config, epoch=epoch))
    return epoch


def successions() -> tuple[Succession, ...]:
    """What this node can say of its epochs: each new key, signed with the key of the epoch before."""
    node = this_node()
    told = []
    for journal in Journal.objects.filter(node=node.id, epoch__gt=1).order_by("epoch")[:MOST]:
        place = continued_place(journal)
        if place is not None:
            key = signing_key(node.home, place.epoch)
            told.append(sign_succession(place, journal.epoch, bytes(journal.public_key), key))
    return tuple(told)


def continued_place(journal: Journal) -> Place | None:
    """The place of the epoch before that an epoch continues from, as its first entry says."""
    first = JournalEntry.objects.filter(node=journal.node, epoch=journal.epoch, sequence=1).first()
    if first is None or first.body is None:
        return None
    content = decode_body(bytes(first.body)).read()
    if not isinstance(content, EpochOpened) or content.continues is None:
        return None
    return Place(journal.node, content.after_epoch, content.after, content.continues)


@transaction.atomic
def follow(hq: Peer, told: Succession) -> bool:
    """At a post: take a new epoch of the HQ for what it is; whether it was new.

    It must be signed with the key of the epoch before, which was pinned here when the HQ was met,
    and must continue from a place that is not contradicted by what we hold. That the HQ was put
    back to an older state is written into our own journal: it is never accepted in silence.

    Raises `JournalError` ``epoch.of_another_node``, ``epoch.not_signed``, ``epoch.two_keys``,
    ``epoch.unknown_before`` or ``journal.fork``.
    """
    place = told.place
    if place.node != hq.id or told.epoch <= place.epoch:
        raise JournalError("epoch.of_another_node", node=str(place.node))
    known = Journal.objects.filter(node=hq.id, epoch=told.epoch).first()
    if known is not None:
        # Two machines that were restored from one backup would open the same epoch.
        if bytes(known.public_key) != told.public_key:
            raise JournalError("epoch.two_keys", epoch=str(told.epoch))
        return False
    before = Journal.objects.filter(node=hq.id, epoch=place.epoch).first()
    if before is None:
        raise JournalError("epoch.unknown_before", epoch=str(place.epoch))
    check_succession(told, bytes(before.public_key))
    if place.sequence <= before.sequence and place_at(before, place.sequence) != place:
        raise JournalError("journal.fork", node=str(hq.id), sequence=str(place.sequence))
    open_journal(hq.id, told.epoch, NodeKind(before.node_kind), told.public_key, place.hash)
    if told.epoch > hq.epoch:
        Peer.objects.filter(id=hq.id).update(epoch=told.epoch, public_key=told.public_key)
    record(
        EpochFollowed(
            followed=hq.id,
            epoch=told.epoch,
            public_key=told.public_key,
            key_before=bytes(before.public_key),
            continues=place.hash,
            after_epoch=place.epoch,
            after=place.sequence,
            held=before.sequence,
        ),
        actor=Actor(),
    )
    logger.error(
        "%s was restored: epoch %d goes on after entry %d of epoch %d, of which we hold %d",
        hq,
        told.epoch,
        place.sequence,
        place.epoch,
        before.sequence,
    )
    return True
