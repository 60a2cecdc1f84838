"""Whose a declaration is tells of their crossing: it goes with it, and the numbers stay.

All of a declaration, free text and numbers with it, is erased by its own number.
"""

from __future__ import annotations

import argparse
from uuid import UUID

from django.utils.translation import gettext as _

from openmidas.crossings.erasing import tells_of_crossing
from openmidas.declarations.entries import DeclarantNamed, GoodsDeclared, HerdDeclared
from openmidas.declarations.models import Declaration
from openmidas.journal import Content, JournalError
from openmidas.journal.entry import decode_body
from openmidas.journal.finding import entries_naming
from openmidas.journal.models import JournalEntry
from openmidas.nodes.choosing import chooses
from openmidas.nodes.commanding import CommandFailed
from openmidas.nodes.erasing import EntryPlace

KINDS = ("herd.declared", "goods.declared", "declarant.named")


def crossing_of(content: Content) -> UUID | None:
    """Which crossing a declarant came with; None where none is known."""
    return content.crossing if isinstance(content, DeclarantNamed) else None


tells_of_crossing("declarant.named", crossing_of)


def places_of_declaration(id: UUID) -> list[EntryPlace]:
    """All that the journals here say of a declaration, of what it corrects, and of what corrects it.

    All of them: of a correction alone, what it corrected would count again.
    """
    row = Declaration.objects.filter(id=id).first()
    if row is None:
        return []
    links = Declaration.objects.filter(node=row.node)
    pairs = [(one, of) for one, of in links.values_list("id", "corrects") if of is not None]
    chain = {id}
    while more := {one for pair in pairs if chain.intersection(pair) for one in pair} - chain:
        chain |= more
    found = [one for one in entries_naming(chain, KINDS, [row.node]) if _declared(one) in chain]
    return [EntryPlace(one.node, one.epoch, one.sequence) for one in found]


def _declared(entry: JournalEntry) -> UUID | None:
    """Which declaration an entry is of; None where this version cannot read it."""
    try:
        content = decode_body(bytes(entry.body)).read() if entry.body is not None else None
    except JournalError:
        return None
    if isinstance(content, HerdDeclared | GoodsDeclared | DeclarantNamed):
        return content.declaration
    return None


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--declaration",
        type=UUID,
        action="append",
        default=[],
        metavar=_("DECLARATION"),
        help=_("all of a declared herd or goods, and of its corrections (its number)"),
    )


@chooses(_declare)
def choose(options: argparse.Namespace) -> list[EntryPlace]:
    """The places of the declarations that were named. Raises `CommandFailed`."""
    found: list[EntryPlace] = []
    for id in options.declaration:
        places = places_of_declaration(id)
        if not places:
            raise CommandFailed(_("There is no declaration %(id)s here.") % {"id": id})
        found += places
    return found
