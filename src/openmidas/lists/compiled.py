"""The lists compiled, kept in the node's own database: opened at once when the node starts.

The worker compiles the editions in use when they have changed. Nothing waits for it: who finds nothing
kept compiles for itself, in memory. At a sealed post they are sealed with the rest of the database.
"""

from __future__ import annotations

import hashlib
import logging
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.journal import JournalError
from openmidas.journal.wiping import written_anew
from openmidas.lists.editions import Latest, edition_bytes, latest_clocks, usable_editions
from openmidas.lists.local import CompiledLists
from openmidas.lists.models import ListEdition
from openmidas.nodes.erasing import after_erasure
from openmidas.screening import (
    COMPILED_VERSION,
    EDITION_VERSION,
    CompiledError,
    Edition,
    EditionError,
    Index,
    compile_editions,
    compiled_keying,
)

logger = logging.getLogger(__name__)


class Opened(msgspec.Struct, frozen=True):
    """An edition as published, and what it says."""

    row: ListEdition
    edition: Edition


class Kept(msgspec.Struct, frozen=True):
    """Lists that were compiled before, open; and the editions that they were made of."""

    rows: tuple[ListEdition, ...]
    index: Index


def open_editions() -> list[Opened]:
    """Of each list the latest edition that this version of the program can read."""
    opened: dict[str, Opened] = {}
    for row in usable_editions():
        if row.list_code in opened:
            continue
        try:
            opened[row.list_code] = Opened(row, Edition.decode(edition_bytes(row)))
        except (EditionError, JournalError) as error:
            logger.error("edition %s of %s cannot be read: %s", row.id, row.list_code, error)
    return list(opened.values())


def kept(latest: Latest) -> Kept | None:
    """What is kept of just these latest editions; None where there is nothing that can be used."""
    found = CompiledLists.objects.filter(key=_key(latest)).first()
    if found is None:
        return None
    ids = [UUID(id) for id in found.editions]
    rows = ListEdition.objects.in_bulk(ids)
    try:
        index = Index.open(bytes(found.data))
    except CompiledError as error:
        logger.error("the compiled lists cannot be opened: %s", error)
        return None
    return Kept(tuple(rows[id] for id in ids), index) if len(rows) == len(ids) else None


def compile_latest() -> bool:
    """Compile the editions in use and keep that; whether there was anything to do.

    Takes a second for some ten thousand listings.
    """
    latest = latest_clocks()
    key = _key(latest)
    if not latest or CompiledLists.objects.filter(key=key).exists():
        return False
    opened = open_editions()
    data = compile_editions([each.edition for each in opened])
    with transaction.atomic():
        CompiledLists.objects.exclude(key=key).delete()
        ids = [str(each.row.id) for each in opened]
        CompiledLists.objects.update_or_create(key=key, defaults={"editions": ids, "data": data})
    return True


@after_erasure
def forget_compiled() -> None:
    """Let go of what was compiled: it may hold what was erased, and is made again."""
    CompiledLists.objects.all().delete()


written_anew(CompiledLists)


def _key(latest: Latest) -> str:
    made_by = [EDITION_VERSION, COMPILED_VERSION, compiled_keying()]
    return hashlib.sha256(repr([made_by, sorted(latest)]).encode()).hexdigest()
