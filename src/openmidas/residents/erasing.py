"""Which entries are about a border resident: they are erased by the number of the card."""

from __future__ import annotations

import argparse
from uuid import UUID

from django.utils.translation import gettext as _

from openmidas.crossings.card_numbers import in_card_form, written
from openmidas.journal import JournalError
from openmidas.journal.entry import decode_body
from openmidas.journal.finding import entries_naming
from openmidas.journal.models import JournalEntry
from openmidas.nodes.choosing import chooses
from openmidas.nodes.commanding import CommandFailed
from openmidas.nodes.erasing import EntryPlace
from openmidas.posts.finding import find_post
from openmidas.residents.entries import (
    ResidentFactsKept,
    ResidentRegistered,
    ResidentRenewed,
    ResidentRevoked,
)
from openmidas.residents.models import Resident

OfResident = ResidentRegistered | ResidentFactsKept | ResidentRenewed | ResidentRevoked
KINDS = (
    "resident.registered",
    "resident.facts_kept",
    "resident.renewed",
    "resident.revoked",
)


def places_of_resident(number: str, post: UUID | None = None) -> list[EntryPlace]:
    """All that the journals here say of the resident with this card; none where there is no such one.

    The questions cannot be read at the HQ; they stand right behind the registration, and are named by
    their place. Crossings go by their document, which is the card. ``post``: where it was given out.
    Raises `CommandFailed` where two posts gave out one number, and none of them is named.
    """
    given_out = Resident.objects.filter(number=number, **({"node": post} if post else {}))
    rows = dict(given_out.values_list("id", "node"))
    if len(rows) > 1:
        raise CommandFailed(
            _("More than one post gave out the card %(card)s. Say which: --resident-post")
            % {"card": written(number)}
        )
    places: set[EntryPlace] = set()
    for entry in entries_naming(rows, KINDS, sorted(set(rows.values()))):
        content = _content(entry)
        if content is None or content.resident not in rows:
            continue
        places.add(EntryPlace(entry.node, entry.epoch, entry.sequence))
        if isinstance(content, ResidentRegistered) and content.asked:
            places.add(EntryPlace(entry.node, entry.epoch, entry.sequence + 1))
    return sorted(places, key=lambda place: (place.epoch, place.sequence))


def _content(entry: JournalEntry) -> OfResident | None:
    """What an entry says of a resident; None where this version cannot read it, or it is another's."""
    try:
        content = decode_body(bytes(entry.body)).read() if entry.body is not None else None
    except JournalError:
        return None
    return content if isinstance(content, OfResident) else None


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--resident",
        action="append",
        default=[],
        metavar=_("CARD"),
        help=_("all that is known of the border resident with this card; not their crossings"),
    )
    parser.add_argument(
        "--resident-post",
        metavar=_("POST"),
        help=_("name or number of the post that gave out the card, where two did"),
    )


@chooses(_declare)
def choose(options: argparse.Namespace) -> list[EntryPlace]:
    """The places for the cards that were named. Raises `CommandFailed` for one that is not known."""
    found: list[EntryPlace] = []
    post = find_post(options.resident_post) if options.resident_post else None
    for card in options.resident:
        places = places_of_resident(in_card_form(card), post)
        if not places:
            raise CommandFailed(
                _("No border resident has the card %(card)s here.") % {"card": card}
            )
        found += places
    return found
