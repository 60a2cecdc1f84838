"""The HQ's side of an attachment: the next bytes of it, packed the best way for who asks.

Who can name an attachment was told its hash by an entry that it may read: nothing else is asked. No
packing is made while a post waits, and of one only the bytes that are given are read.
"""

from __future__ import annotations

from typing import Any

import msgspec
from django.db.models import BinaryField, QuerySet
from django.db.models.functions import Substr

from openmidas.exchange.local import Attachment, AttachmentDelta
from openmidas.exchange.messages import Fetch, Piece, now
from openmidas.journal import JournalError


class _Packing(msgspec.Struct, frozen=True):
    """Something to read bytes from: a row that holds a packing."""

    row: QuerySet[Any]
    packing: str
    base: str
    length: int


def give_piece(fetch: Fetch) -> Piece:
    """The bytes that a post asks for. Raises `JournalError` ``attachment.unknown``."""
    packing = _begun(fetch)
    start = fetch.start
    if packing is None or start >= packing.length:
        packing, start = _best(fetch), 0
    return Piece(
        time=now(),
        packing=bytes.fromhex(packing.packing),
        base=bytes.fromhex(packing.base) or None,
        length=packing.length,
        start=start,
        data=_read(packing, start, fetch.room),
    )


def _begun(fetch: Fetch) -> _Packing | None:
    """The packing that a post has begun with, if it is still here."""
    if fetch.packing is None:
        return None
    for each in (_whole(fetch), *_deltas(fetch)):
        if each is not None and each.packing == fetch.packing.hex():
            return each
    return None


def _best(fetch: Fetch) -> _Packing:
    """The shortest packing that a post can unpack."""
    whole = _whole(fetch)
    if whole is None:
        raise JournalError("attachment.unknown", digest=fetch.attachment.hex())
    bases = {base.hex() for base in fetch.bases}
    usable = [delta for delta in _deltas(fetch) if delta.base in bases]
    return min([whole, *usable], key=lambda each: each.length)


def _whole(fetch: Fetch) -> _Packing | None:
    rows = Attachment.objects.filter(digest=fetch.attachment.hex())
    row = rows.defer("packed").first()
    return None if row is None else _Packing(rows, row.packing, "", row.length)


def _deltas(fetch: Fetch) -> list[_Packing]:
    rows = AttachmentDelta.objects.filter(digest=fetch.attachment.hex()).defer("packed")
    return [
        _Packing(AttachmentDelta.objects.filter(id=row.id), row.packing, row.base, row.length)
        for row in rows
    ]


def _read(packing: _Packing, start: int, room: int) -> bytes:
    cut = Substr("packed", start + 1, room, output_field=BinaryField())
    found = packing.row.annotate(piece=cut).values_list("piece", flat=True).first()
    if not found:  # let go in between
        raise JournalError("attachment.unknown", packing=packing.packing)
    return bytes(found)
