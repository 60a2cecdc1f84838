"""Nodes that this process exchanges with in tests: a pen that writes, and a peer that is known."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from openmidas.crossings.entries import CrossingReferred, ReferralReason
from openmidas.crossings.inspection import Document, Inspection, Journey, Traveller
from openmidas.journal import NodeKind, Place, Receipt
from openmidas.journal.entry import NO_HASH, hash_header
from openmidas.journal.models import new_id
from openmidas.journal.signing import sign_receipt
from openmidas.nodes.entries import EpochOpened
from openmidas.nodes.home import NodeHome
from openmidas.nodes.identity import NodeCard
from openmidas.nodes.keys import certificate
from openmidas.nodes.local import Peer
from openmidas.nodes.services import meet
from tests.support.writers import Pen


def befriend(kind: NodeKind, entries: int = 0, name: str = "Labbézanga") -> tuple[Pen, Peer]:
    """A node of this kind that has written some entries, and is a peer of this one."""
    pen = Pen(kind)
    for number in range(entries):
        pen.write(opened(str(number)))
    meet(
        NodeCard(
            id=pen.node,
            kind=kind,
            state="MLI",
            name=name,
            epoch=1,
            public_key=pen.public_key,
            certificate=_certificate(pen.node),
            exchange="127.0.0.1:1",
        )
    )
    return pen, Peer.objects.get(id=pen.node)


def clone_of(pen: Pen, keep: int) -> Pen:
    """The same machine with the same key, restored to its first entries."""
    clone = Pen(pen.kind, pen.node)
    clone.key = pen.key
    clone.entries = pen.entries[:keep]
    clone.clock = pen.clock
    last = hash_header(clone.entries[-1].header) if keep else NO_HASH
    clone.place = Place(pen.node, 1, keep, last)
    return clone


def opened(name: str) -> EpochOpened:
    """An entry that any node may write and anybody may read."""
    return EpochOpened(name=name, state="MLI", public_key=b"")


def referral() -> CrossingReferred:
    """A traveller is sent to the second line: an urgent entry."""
    inspection = Inspection(
        id=new_id(),
        lane="1",
        opened_at=0,
        traveller=Traveller(surname="SPECIMEN"),
        document=Document(),
        journey=Journey(),
    )
    return CrossingReferred(inspection=inspection, reason=ReferralReason.FINDINGS)


def receipt_by(witness: Pen, place: Place, at: int = 1_760_000_000_000) -> Receipt:
    """What this node signs for a place in another's journal."""
    return sign_receipt(place, witness.node, at, witness.key)


@cache
def _certificate(node: UUID) -> str:
    with TemporaryDirectory() as folder:
        return certificate(NodeHome(Path(folder)), node)
