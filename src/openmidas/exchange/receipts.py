"""Receipts: given for what was stored, in the same transaction; taken for what a peer stored of ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from openmidas.exchange.core import PROBLEMS, Standing, compare
from openmidas.exchange.messages import now
from openmidas.journal import JournalError, Place, Receipt
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal
from openmidas.journal.signing import check_receipt, sign_receipt
from openmidas.journal.store import place_at
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.services import keys_of


class CheckedReceipt(msgspec.Struct, frozen=True):
    """A receipt whose signature holds: the place it names, and our own place with that sequence."""

    theirs: Place
    ours: Place | None

    @property
    def standing(self) -> Standing:
        """Whether both have the same journal up to there."""
        return compare(self.theirs, self.ours)

    @property
    def lost(self) -> bool:
        """Whether the peer holds more than we do of an epoch that we have closed: we were restored."""
        return self.standing is Standing.PEER_AHEAD and self.theirs.epoch < this_node().epoch

    @property
    def problem(self) -> str:
        """The code of what it shows to be wrong with our journal; empty where nothing is."""
        return "" if self.lost else PROBLEMS[self.standing]


def give_receipt(journal: Journal) -> Receipt:
    """The receipt for all that this node holds of a locked journal, signed and kept."""
    return give_receipts(journal, [journal.place()])[0]


def give_receipts(journal: Journal, places: Sequence[Place]) -> list[Receipt]:
    """Receipts for places that a locked journal has reached, in order; the last one is kept.

    One that was given for such a place before is given again.
    """
    node = this_node()
    held = HeldReceipt.objects.filter(
        node=journal.node, epoch=journal.epoch, witness=node.id
    ).first()
    before = None if held is None else held.receipt()
    at = max(now(), before.at if before else 0)  # signed time never runs backwards
    given = [
        before
        if before is not None and before.place == place
        else sign_receipt(place, node.id, at, node.key)
        for place in places
    ]
    if given[-1] != before:
        _replace(held, given[-1])
    return given


def given_receipts(peer: Peer) -> tuple[Receipt, ...]:
    """The receipts that this node gave for a peer's journals, by epoch."""
    found = HeldReceipt.objects.filter(node=peer.id, witness=this_node().id).order_by("epoch")
    return tuple(held.receipt() for held in found)


def take_receipt(peer: Peer, receipt: Receipt) -> CheckedReceipt:
    """Keep a peer's receipt for our own journal, if it reaches further than the one we have.

    One that speaks of another history is not kept: see ``standing``. Raises `JournalError`
    ``receipt.wrong_witness``, ``receipt.other_journal`` or ``receipt.not_signed``.
    """
    theirs = receipt.place
    if receipt.witness != peer.id:
        raise JournalError("receipt.wrong_witness", witness=str(receipt.witness))
    journal = Journal.objects.filter(node=theirs.node, epoch=theirs.epoch).first()
    if journal is None or journal.node != this_node().id:
        raise JournalError("receipt.other_journal", node=str(theirs.node), epoch=str(theirs.epoch))
    held = HeldReceipt.objects.filter(node=theirs.node, epoch=theirs.epoch, witness=peer.id).first()
    if held is not None and held.receipt() == receipt:
        return CheckedReceipt(theirs, theirs)
    check_receipt(receipt, *keys_of(peer.id))
    checked = CheckedReceipt(theirs, _ours(journal, theirs.sequence))
    further = held is None or theirs.sequence > held.sequence
    if further and checked.standing is Standing.AGREES:
        _hold(receipt)
    return checked


def our_place(theirs: Place) -> Place | None:
    """Our own place with the sequence that a peer speaks of; None where our journal does not reach."""
    journal = Journal.objects.filter(node=this_node().id, epoch=theirs.epoch).first()
    return None if journal is None else _ours(journal, theirs.sequence)


def _ours(journal: Journal, sequence: int) -> Place | None:
    return None if sequence > journal.sequence else place_at(journal, sequence)


def _hold(receipt: Receipt) -> None:
    place = receipt.place
    HeldReceipt.objects.update_or_create(
        node=place.node, epoch=place.epoch, witness=receipt.witness, defaults=_columns(receipt)
    )


def _replace(held: HeldReceipt | None, receipt: Receipt) -> None:
    """Keep a receipt in the row that is there, as nobody else may: its journal is locked."""
    place, columns = receipt.place, _columns(receipt)
    if held is None:
        HeldReceipt.objects.create(
            node=place.node, epoch=place.epoch, witness=receipt.witness, **columns
        )
    else:
        HeldReceipt.objects.filter(pk=held.pk).update(**columns)


def _columns(receipt: Receipt) -> dict[str, Any]:
    return {
        "sequence": receipt.place.sequence,
        "hash": receipt.place.hash,
        "at": receipt.at,
        "signature": receipt.signature,
    }
