"""Putting a picture together again, and seeing that it is the one that was attached."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Count

from openmidas.journal import JournalError
from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry
from openmidas.pictures.entries import PicturePiece
from openmidas.pictures.local import WaitingPicture
from openmidas.pictures.models import Picture, PiecePlace


def picture_bytes(row: Picture) -> bytes | None:
    """The picture, as JPEG; None where it has not come whole, or is not what its node said it is."""
    places = PiecePlace.objects.filter(picture=row.id, node=row.node).order_by("number")
    data = b"".join(_piece(place) for place in places[: row.pieces])
    if hashlib.sha256(data).hexdigest() == row.digest:
        return data
    waiting = WaitingPicture.objects.filter(id=row.id).first()
    return bytes(waiting.data) if waiting is not None else None


def percent_here(rows: Iterable[Picture]) -> Mapping[UUID, int]:
    """How much of each of these pictures is at this node, in percent."""
    asked = {row.id: row for row in rows}
    found = PiecePlace.objects.filter(picture__in=asked).values_list("picture", "node")
    counts = {
        id: number
        for id, node, number in found.annotate(number=Count("id"))
        if node == asked[id].node
    }
    whole = set(WaitingPicture.objects.filter(id__in=asked).values_list("id", flat=True))
    return {
        id: 100 if id in whole else min(counts.get(id, 0) * 100 // row.pieces, 100)
        for id, row in asked.items()
    }


def _piece(place: PiecePlace) -> bytes:
    entry = JournalEntry.objects.filter(
        node=place.node, epoch=place.epoch, sequence=place.sequence
    ).first()
    if entry is None or entry.body is None:
        return b""
    try:
        content = decode_body(bytes(entry.body)).read()
    except JournalError:
        return b""
    return content.data if isinstance(content, PicturePiece) else b""
