"""What can be done with pictures: attach one to something, and say which there are.

Who may attach to what, and who may look, is for the room to say that owns what a picture is about::

    attach(actor, about=crossing.id, id=id, picture=redraw(given), caption="Page 12 of the passport")
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from openmidas.journal import Actor
from openmidas.nodes.refusals import Refused
from openmidas.nodes.services import node_time, record
from openmidas.pictures.entries import MOST_CAPTION, PIECE_BYTES, PictureAttached
from openmidas.pictures.local import WaitingPicture
from openmidas.pictures.models import Picture
from openmidas.pictures.redrawing import Redrawn

MOST_PICTURES = 20
"""How many may be attached to one thing."""
SHORTEST_CAPTION = 3


@transaction.atomic
def attach(actor: Actor, *, about: UUID, id: UUID, picture: Redrawn, caption: str) -> None:
    """Attach a picture to what has the id ``about``; the same again changes nothing.

    That it exists is written now, the picture itself when nothing else waits to be sent. Raises
    `Refused`: ``picture.caption``, ``picture.caption_long``, ``picture.caption_unprintable``,
    ``picture.too_many``, ``form.saved_already``, ``disk.full``.
    """
    caption = checked_caption(caption)
    before = Picture.objects.filter(id=id).first()
    if before is not None:
        if (before.about, before.caption, before.digest) != (about, caption, picture.digest.hex()):
            raise Refused("form.saved_already")
        return
    if Picture.objects.filter(about=about).count() >= MOST_PICTURES:
        raise Refused("picture.too_many", most=str(MOST_PICTURES))
    content = PictureAttached(
        picture=id,
        about=about,
        caption=caption,
        digest=picture.digest,
        size=len(picture.data),
        pieces=-(-len(picture.data) // PIECE_BYTES),
        width=picture.width,
        height=picture.height,
    )
    record(content, actor=actor)
    WaitingPicture.objects.create(id=id, about=about, data=picture.data, since=node_time())


def checked_caption(caption: str) -> str:
    """What is to be seen, in a line: who cannot see the picture reads it. Raises as `attach` does."""
    caption = " ".join(caption.split())
    if len(caption) < SHORTEST_CAPTION:
        raise Refused("picture.caption")
    if len(caption) > MOST_CAPTION:
        raise Refused("picture.caption_long", most=str(MOST_CAPTION))
    if not caption.isprintable():
        raise Refused("picture.caption_unprintable")
    return caption


def pictures_of(about: UUID, node: UUID) -> Sequence[Picture]:
    """The pictures that are attached to something of this node, in the order in which they were.

    What another node says of it counts for nothing: erasing what it is about would not find it.
    """
    return list(Picture.objects.filter(about=about, node=node).order_by("at", "id"))
