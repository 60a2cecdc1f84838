"""From what is written about pictures to rows."""

from __future__ import annotations

from uuid import UUID, uuid5

from openmidas.journal.projecting import Origin, projects, put
from openmidas.pictures.entries import PictureAttached, PicturePiece
from openmidas.pictures.models import Picture, PiecePlace


@projects(PictureAttached)
def picture_attached(origin: Origin, content: PictureAttached) -> None:
    put(
        Picture,
        origin,
        content.picture,
        about=content.about,
        caption=content.caption,
        digest=content.digest.hex(),
        size=content.size,
        pieces=content.pieces,
        width=content.width,
        height=content.height,
        officer=origin.actor.officer,
        role=origin.actor.role,
        at=origin.at,
    )


@projects(PicturePiece)
def picture_piece(origin: Origin, content: PicturePiece) -> None:
    put(
        PiecePlace,
        origin,
        piece_id(origin.node, content.picture, content.number),
        picture=content.picture,
        number=content.number,
        epoch=origin.epoch,
        sequence=origin.sequence,
    )


def piece_id(node: UUID, picture: UUID, number: int) -> UUID:
    """The id of a part's row: one for each, and no node can take another's."""
    return uuid5(picture, f"{node} {number}")
