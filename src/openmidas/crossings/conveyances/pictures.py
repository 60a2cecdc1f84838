"""Photos of a bus's manifest on paper: for whoever may see the manifest, and gone with it."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.urls import reverse

from openmidas.crossings.conveyances.aboard import is_overdue
from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.conveyances.services import found
from openmidas.journal import Actor
from openmidas.pictures.page import ShownPicture, shown_pictures
from openmidas.pictures.redrawing import Redrawn
from openmidas.pictures.services import attach
from openmidas.posts.refusals import Refused


def pictures_of_list(conveyance: UUID) -> UUID:
    """What the photos of a list are about.

    Not the bare id of the conveyance, which a form brings: that of a crossing would open its pictures.
    """
    return uuid5(conveyance, "pictures of the passenger list")


def attach_to_list(
    actor: Actor, conveyance: UUID, id: UUID, picture: Redrawn, caption: str
) -> None:
    """Attach a photo of the list, also when all are scanned: it may come off a telephone later.

    Raises `Refused` ``conveyance.unknown``, and as `pictures.services.attach` does.
    """
    named_here(conveyance)
    about = pictures_of_list(conveyance)
    attach(actor, about=about, id=id, picture=picture, caption=caption)


def named_here(conveyance: UUID) -> OpenedConveyance:
    """A conveyance of this post whose travellers its page still names.

    Raises `Refused` ``conveyance.unknown``.
    """
    row = found(conveyance)
    if is_overdue(row):
        raise Refused("conveyance.unknown")
    return row


def shown_at_post(row: OpenedConveyance) -> list[ShownPicture]:
    """The photos of its list, for its page at the post; none where that names nobody any more."""
    return [] if is_overdue(row) else _shown(row, "conveyance-picture")


def shown_at_hq(row: OpenedConveyance) -> list[ShownPicture]:
    """The photos of its list, for its page at the HQ."""
    return _shown(row, "hq-conveyance-picture")


def _shown(row: OpenedConveyance, name: str) -> list[ShownPicture]:
    about = pictures_of_list(row.id)
    return shown_pictures(about, row.node, lambda one: reverse(name, args=[row.id, one.id]))
