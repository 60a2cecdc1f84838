"""A post's side of an attachment: what to ask for next, and what came of it.

Every piece is stored as it comes, so that whatever breaks off goes on behind it. The whole is used only
when its hash is the one that the entry named: until then there is nothing to see of it.
"""

from __future__ import annotations

import hashlib
import logging

from django.db import transaction

from openmidas.exchange.attachments import (
    Named,
    attachment_bytes,
    give_up,
    held,
    keep_whole,
    wanted,
)
from openmidas.exchange.deltas import most_packed, pack, unpack
from openmidas.exchange.local import ArrivingAttachment, ArrivingPiece, Attachment
from openmidas.exchange.messages import Fetch, Piece, now
from openmidas.journal import JournalError
from openmidas.nodes.room import check_room

logger = logging.getLogger(__name__)

MOST_BASES = 8


def next_fetch(room: int) -> Fetch | None:
    """What to ask the HQ for now, and no more of it than ``room`` bytes; None: nothing is lacking.

    Raises `JournalError` ``attachment.damaged`` where what has come whole is not what it should be,
    `Refused` where the disk is full.
    """
    named = wanted()
    _forget_all_but(named)
    if named is None:
        return None
    check_room()
    begun = ArrivingAttachment.objects.filter(digest=named.digest).first()
    if begun is not None and begun.packing and begun.here == begun.length:
        _finish(begun, named.size)  # it was killed between the last piece and this
        return next_fetch(room)
    attachment = bytes.fromhex(named.digest)
    if begun is None or not begun.packing:
        bases = () if begun is not None and begun.alone else _bases()
        return Fetch(time=now(), attachment=attachment, room=room, bases=bases)
    return Fetch(
        time=now(),
        attachment=attachment,
        room=room,
        packing=bytes.fromhex(begun.packing),
        start=begun.here,
    )


def take_piece(fetch: Fetch, piece: Piece) -> None:
    """Keep what the HQ answered; with the last piece the attachment is here.

    Raises `JournalError` ``attachment.malformed``, and nothing has changed, or ``attachment.damaged``,
    and it begins anew.
    """
    named = wanted()
    if named is None or named.digest != fetch.attachment.hex():
        return  # a stick was faster, or a later edition was published
    begun = _keep(fetch, piece, named)
    if begun.here == begun.length:
        _finish(begun, named.size)


def _bases() -> tuple[bytes, ...]:
    """What a delta may build on: the attachments that came last."""
    newest = Attachment.objects.order_by("-at").values_list("digest", flat=True)
    return tuple(bytes.fromhex(digest) for digest in newest[:MOST_BASES])


def _forget_all_but(named: Named | None) -> None:
    """What was on its way, and is replaced already by what is newer."""
    arriving = ArrivingAttachment.objects.values_list("digest", flat=True)
    if gone := [digest for digest in arriving if named is None or digest != named.digest]:
        with transaction.atomic():
            give_up(gone)


@transaction.atomic
def _keep(fetch: Fetch, piece: Piece, named: Named) -> ArrivingAttachment:
    begun = ArrivingAttachment.objects.filter(digest=named.digest).first()
    if begun is None or begun.packing != piece.packing.hex():
        begun = _begin(begun, fetch, piece, named)
    fits = piece.start == begun.here and piece.length == begun.length
    if not fits or len(piece.data) > min(fetch.room, begun.length - begun.here):
        raise JournalError("attachment.malformed", reason="a piece that does not fit")
    ArrivingPiece.objects.create(digest=begun.digest, start=piece.start, data=piece.data)
    begun.here += len(piece.data)
    begun.save()
    return begun


def _begin(
    before: ArrivingAttachment | None, fetch: Fetch, piece: Piece, named: Named
) -> ArrivingAttachment:
    """A packing from its first byte on. The HQ may change to another one: it was restored."""
    base = "" if piece.base is None else piece.base.hex()
    alone = before is not None and before.alone
    if base and (alone or base not in held([base])):
        raise JournalError("attachment.malformed", reason="it builds on what is not here")
    if not 0 < piece.length <= most_packed(named.size):
        raise JournalError("attachment.malformed", reason="its length")
    give_up([named.digest])
    return ArrivingAttachment(
        digest=named.digest,
        packing=piece.packing.hex(),
        base=base,
        length=piece.length,
        alone=alone,
    )


def _finish(begun: ArrivingAttachment, size: int) -> None:
    """Unpack, prove, and swap in, in one transaction; or begin anew.

    Raises `JournalError` ``attachment.damaged`` unless it built on something: then what is damaged may
    be that, and it comes alone the next time.
    """
    rows = ArrivingPiece.objects.filter(digest=begun.digest).order_by("start")
    packed = b"".join(bytes(data) for data in rows.values_list("data", flat=True))
    try:
        if hashlib.sha256(packed).hexdigest() != begun.packing:
            raise JournalError("attachment.damaged", reason="its packing")
        base = attachment_bytes(begun.base) if begun.base else b""
        data = unpack(packed, size=size, digest=begun.digest, base=base)
    except JournalError as error:
        logger.warning("the attachment %s begins anew: %s", begun.digest, error)
        _begin_anew(begun)
        if begun.base:
            return
        raise JournalError("attachment.damaged", **error.params) from error
    keep_whole(begun.digest, size, pack(data) if begun.base else packed)
    logger.info("the attachment %s is here: %d bytes in %d", begun.digest, size, len(packed))


@transaction.atomic
def _begin_anew(begun: ArrivingAttachment) -> None:
    give_up([begun.digest])
    ArrivingAttachment.objects.create(digest=begun.digest, alone=True)
