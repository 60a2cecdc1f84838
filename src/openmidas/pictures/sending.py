"""Writing pictures into the journal, piece by piece, when nothing else waits to be sent.

A journal travels in its order: what stands behind a picture would wait for it, minutes on a slow link.
So a piece is written when the headquarters has all that was written before, and the next one when it
has that. A post that has not reached it for a day writes anyway: its journal may travel by stick.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from openmidas.journal import Actor, NodeKind
from openmidas.journal.local import ErasureUnderWay, HeldReceipt
from openmidas.journal.models import Journal
from openmidas.journal.projecting import moment
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_time, record
from openmidas.pictures.entries import PIECE_BYTES, PicturePiece
from openmidas.pictures.local import WaitingPicture
from openmidas.pictures.models import Picture

PATIENCE = timedelta(days=1)


@transaction.atomic
def write_next_piece() -> bool:
    """Write one piece of the picture that waits longest; whether there was one to write now.

    Raises `Refused` ``disk.full``.
    """
    waits = WaitingPicture.objects.select_for_update().order_by("since", "id").first()
    if waits is None:
        return False
    if ErasureUnderWay.objects.filter(tables_follow=False).exists():
        return False  # of what is erased there may be a row yet
    if not Picture.objects.filter(id=waits.id).exists():  # erased before it was sent
        waits.delete()
        return False
    if not (all_received() or node_time() - max(waits.since, last_heard()) > PATIENCE):
        return False
    start = waits.written * PIECE_BYTES
    piece = bytes(waits.data)[start : start + PIECE_BYTES]
    content = PicturePiece(picture=waits.id, about=waits.about, number=waits.written, data=piece)
    record(content, actor=Actor())
    waits.written += 1
    if start + PIECE_BYTES >= len(waits.data):
        waits.delete()
    else:
        waits.save(update_fields=["written"])
    return True


def all_received() -> bool:
    """Whether the headquarters has given a receipt for all that this post has written."""
    node = this_node()
    own = Journal.objects.filter(node=node.id, epoch=node.epoch).first()
    got = _receipts().filter(epoch=node.epoch, sequence__gte=own.sequence if own else 1)
    return got.exists()


def last_heard() -> datetime:
    """When the headquarters last gave this post a receipt; long ago where it never did."""
    latest = _receipts().order_by("-at").values_list("at", flat=True).first()
    return moment(latest or 0)


def _receipts() -> QuerySet[HeldReceipt]:
    hq = Peer.objects.filter(kind=NodeKind.HQ).values_list("id", flat=True)
    return HeldReceipt.objects.filter(node=this_node().id, witness__in=list(hq))
