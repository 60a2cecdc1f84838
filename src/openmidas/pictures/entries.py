"""What a post writes about a picture: that there is one, and, later and in pieces, the picture itself."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from openmidas.journal import TO_HQ, Content, NodeKind, kind

PIECE_BYTES = 24 * 1024
"""About three seconds of a slow link: what is written meanwhile waits no longer behind a picture."""
MOST_PIECES = 32
MOST_CAPTION = 200

Edge = Annotated[int, Meta(ge=1, le=4096)]


@kind("picture.attached", version=1, audience=TO_HQ, authority=[NodeKind.POST], confined=True)
class PictureAttached(Content, frozen=True, kw_only=True):
    """A picture (JPEG) is attached to what has the id ``about``: a crossing, or what an incident has for it.

    ``digest``: SHA-256 of the whole; ``pieces``: in how many parts it follows.
    """

    picture: UUID
    about: UUID
    caption: Annotated[str, Meta(min_length=1, max_length=MOST_CAPTION)]
    digest: Annotated[bytes, Meta(min_length=32, max_length=32)]
    size: Annotated[int, Meta(ge=1, le=PIECE_BYTES * MOST_PIECES)]
    pieces: Annotated[int, Meta(ge=1, le=MOST_PIECES)]
    width: Edge
    height: Edge


@kind("picture.piece", version=1, audience=TO_HQ, authority=[NodeKind.POST], confined=True)
class PicturePiece(Content, frozen=True, kw_only=True):
    """A part of a picture, counted from 0. ``about``: as the picture has it, so that they go together."""

    picture: UUID
    about: UUID
    number: Annotated[int, Meta(ge=0, lt=MOST_PIECES)]
    data: Annotated[bytes, Meta(min_length=1, max_length=PIECE_BYTES)]
