"""Erasing a picture: with what it is about, or by its own number.

Rooms above say of which kind that is, see `about_of`.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from openmidas.journal import Actor, Content
from openmidas.journal.finding import entries_naming
from openmidas.journal.models import ErasedPlace, JournalEntry
from openmidas.journal.wiping import written_anew
from openmidas.nodes.choosing import chooses
from openmidas.nodes.commanding import CommandFailed
from openmidas.nodes.entries import ErasureReason
from openmidas.nodes.erasing import EntryPlace, after_erasure, order_erasure
from openmidas.pictures.entries import PictureAttached, PicturePiece
from openmidas.pictures.local import WaitingPicture
from openmidas.pictures.models import Picture, PiecePlace

KINDS = ("picture.attached", "picture.piece")


def about_of(content: Content) -> UUID | None:
    """What a picture is about of which an entry tells; None for any other content."""
    return content.about if isinstance(content, PictureAttached | PicturePiece) else None


def entries_on(abouts: Mapping[UUID, UUID]) -> list[JournalEntry]:
    """What is written of the pictures that are attached to these things, each with its node.

    For the rooms whose pictures show several travellers, and go with each of them.
    """
    return list(entries_naming(abouts, KINDS, sorted(set(abouts.values())))) if abouts else []


def places_of_picture(id: UUID) -> list[EntryPlace]:
    """All that the journals here hold of one picture."""
    nodes = {
        *Picture.objects.filter(id=id).values_list("node", flat=True),
        *PiecePlace.objects.filter(picture=id).values_list("node", flat=True),
    }
    found = entries_naming([id], KINDS, sorted(nodes)) if nodes else ()
    return [EntryPlace(entry.node, entry.epoch, entry.sequence) for entry in found]


def erase_left_over() -> int:
    """At the HQ: order the erasure of pieces whose picture is erased; how many there were.

    A post writes them before it hears of the order, one that has no link all of them.
    """
    there = Picture.objects.filter(id=OuterRef("picture"), node=OuterRef("node"))
    alone = PiecePlace.objects.exclude(Exists(there))
    found = {(piece.picture, piece.node) for piece in alone}
    places = [place for picture, node in sorted(found) for place in _left_over(picture, node)]
    if places:
        order_erasure(places, ErasureReason.MISTAKE, actor=Actor())
    return len(places)


def _left_over(picture: UUID, node: UUID) -> list[EntryPlace]:
    """The pieces of a picture of which the journal says nothing else any more.

    One that was set aside, or comes later with an earlier epoch, was not erased.
    """
    if not ErasedPlace.objects.filter(of_node=node).exists():
        return []
    found = list(entries_naming([picture], KINDS, [node]))
    if any(entry.kind == "picture.attached" for entry in found):
        return []
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
