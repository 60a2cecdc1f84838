"""Heads of journals that others show, held against what is here: a post's own, and its neighbours'.

Neither a post nor the HQ can rewrite a journal alone: what a neighbour keeps of it
(`openmidas.exchange.carrying`) is signed by its writer, and comes back to be compared.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import transaction

from openmidas.exchange import contact
from openmidas.exchange.messages import Told, now
from openmidas.journal import Head, JournalError
from openmidas.journal.models import Journal
from openmidas.journal.signing import check_head
from openmidas.journal.store import lock_journal, place_at
from openmidas.journal.witnessed import Contradiction, Version, contradict, version_of
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer

logger = logging.getLogger(__name__)

FORK = "journal.fork"
FURTHER = "journal.further_elsewhere"
"""A neighbour keeps a later end of a journal than we hold: we lost it, or its post has more to send."""


def check_peers_head(peer: Peer, head: Head) -> None:
    """A node whose signed head is not what we hold at that place was cloned or rewritten.

    Seen before it sends a single entry. Raises `JournalError` for a head that is not the peer's.
    """
    if head.place.node != peer.id:
        raise JournalError("head.of_another_node", node=str(head.place.node))
    journal = Journal.objects.filter(node=peer.id, epoch=head.place.epoch).first()
    if journal is None or journal.stopped or agrees(journal, head) is not False:
        return
    check_head(head, bytes(journal.public_key))
    stop(journal, head, peer)
    contact.note_problem(peer.id, FORK)


def take_carried(peer: Peer, heads: Iterable[Head]) -> None:
    """At the HQ: hold what a post carried of others' journals against what is here.

    A head that nobody signed says nothing about that journal; it is the carrier's problem.
    """
    for head in heads:
        journal = Journal.objects.filter(node=head.place.node, epoch=head.place.epoch).first()
        if journal is None:
            continue
        try:
            check_head(head, bytes(journal.public_key))
        except JournalError as error:
            logger.warning("%s carried a head that nobody signed", peer)
            contact.note_problem(peer.id, error.code)
            continue
        try:
            _hold_against(journal, head, peer)
        except JournalError as error:  # our copy is damaged, which the carrier cannot help
            logger.exception("a head of %s cannot be compared", journal.node)
            contact.note_problem(journal.node, error.code)


def _hold_against(journal: Journal, head: Head, carrier: Peer) -> None:
    same = agrees(journal, head)
    if same is None:
        _further(journal, head, carrier)
    elif not same:
        stop(journal, head, carrier)
        contact.note_problem(journal.node, FORK)


def take_contradictions(peer: Peer, told: Iterable[Told]) -> None:
    """At the HQ: keep what a post has found to contradict itself. It is the post's word, no proof."""
    for one in told:
        if contradict(one.code, one.node, peer.id, one.ours, one.theirs, now()):
            logger.error("%s finds a contradiction: %s of %s", peer, one.code, one.node)


def caught_up() -> None:
    """What a neighbour kept further than we held, and we hold now: over, or a fork after all."""
    for one in Contradiction.objects.filter(code=FURTHER):
        theirs = one.versions()[1]
        journal = Journal.objects.filter(node=one.node, epoch=theirs.epoch).first()
        if journal is None or journal.sequence < theirs.sequence:
            continue
        if place_at(journal, theirs.sequence).hash != theirs.hash:
            ours = _standing(journal, theirs.sequence)
            contradict(FORK, one.node, one.teller, ours, theirs, now())
            contact.note_problem(one.node, FORK)
        one.delete()


def agrees(journal: Journal, head: Head) -> bool | None:
    """Whether a head is of the history that we hold; None where it lies beyond that.

    Raises `JournalError` ``journal.no_such_place`` where our copy has a gap.
    """
    place = head.place
    if place.sequence == 0 or place == journal.place():
        return True
    if place.sequence > journal.sequence:
        return None
    return place == place_at(journal, place.sequence)


def _standing(journal: Journal, sequence: int) -> Version:
    """What we hold of a journal at a place, or at its end where we hold less; signed at the end."""
    if sequence >= journal.sequence:
        return version_of(journal.head())
    place = place_at(journal, sequence)
    return Version(place.epoch, place.sequence, place.hash)


def stop(journal: Journal, head: Head, teller: Peer) -> None:
    """Two histories of a journal were signed: it is taken no further, and both versions are kept."""
    with transaction.atomic():
        locked = lock_journal(journal.node, journal.epoch)
        ours = _standing(locked, head.place.sequence)
        # Our own journal goes on: a node that could not write any more would be the forger's gain.
        if journal.node != this_node().id and not locked.stopped:
            locked.stopped = FORK
            locked.save(update_fields=["stopped"])
        contradict(FORK, journal.node, teller.id, ours, version_of(head), now())
    logger.error("a head of %s is not what we hold: two histories were signed", journal.node)


def _further(journal: Journal, head: Head, teller: Peer) -> None:
    ours = version_of(journal.head())
    known = Contradiction.objects.filter(code=FURTHER, node=journal.node, teller=teller.id)
    known.delete()  # the latest says all that the one before said
    contradict(FURTHER, journal.node, teller.id, ours, version_of(head), now())
    contact.note_problem(journal.node, FURTHER)
    logger.error("%s keeps a later end of %s than we hold", teller, journal.node)
