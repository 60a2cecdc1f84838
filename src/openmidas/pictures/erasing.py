"""Erasing a picture: with what it is about, or by its own number.

Rooms above say of which kind that is, see `about_of`.
"""

from __future__ import annotations

import argparse
from uuid import UUID

from django.utils.translation import gettext as _

from openmidas.journal import Content
from openmidas.journal.finding import entries_naming
from openmidas.journal.wiping import written_anew
from openmidas.nodes.choosing import chooses
from openmidas.nodes.commanding import CommandFailed
from openmidas.nodes.erasing import EntryPlace, after_erasure
from openmidas.pictures.entries import PictureAttached, PicturePiece
from openmidas.pictures.local import WaitingPicture
from openmidas.pictures.models import Picture

KINDS = ("picture.attached", "picture.piece")


def about_of(content: Content) -> UUID | None:
    """What a picture is about of which an entry tells; None for any other content."""
    return content.about if isinstance(content, PictureAttached | PicturePiece) else None


def places_of_picture(id: UUID) -> list[EntryPlace]:
    """All that the journals here hold of one picture."""
    row = Picture.objects.filter(id=id).first()
    if row is None:
        return []
    found = entries_naming([id], KINDS, [row.node])
    return [EntryPlace(entry.node, entry.epoch, entry.sequence) for entry in found]


@after_erasure
def forget_waiting() -> None:
    """What was erased before it was written into the journal is not kept beside it."""
    kept = Picture.objects.values("id")
    WaitingPicture.objects.exclude(id__in=kept).delete()


written_anew(WaitingPicture)


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--picture",
        type=UUID,
        action="append",
        default=[],
        metavar=_("PICTURE"),
        help=_("one picture, with its caption (its number)"),
    )


@chooses(_declare)
def choose(options: argparse.Namespace) -> list[EntryPlace]:
    """The places of the pictures that were named. Raises `CommandFailed`."""
    found: list[EntryPlace] = []
    for id in options.picture:
        places = places_of_picture(id)
        if not places:
            raise CommandFailed(_("There is no picture %(id)s here.") % {"id": id})
        found += places
    return found
