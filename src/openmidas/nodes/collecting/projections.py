"""From what was collected to rows: once a post's entry and the HQ's opening of it are both here.

They stand in two journals and may come in any order. The rows that follow are the post's own, as the
body says: it is the post's entry that commits to the body, and the HQ has only opened it.
"""

from __future__ import annotations

from uuid import UUID, uuid5

import msgspec

from openmidas.journal import Header, JournalError, NodeKind
from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry
from openmidas.journal.projecting import Origin, moment, project_content, projects, put
from openmidas.nodes.collecting.chain import Opened, check_opened
from openmidas.nodes.collecting.entries import (
    CollectedOpened,
    CollectedSealed,
    CollectingPrepared,
    may_be_collected,
)
from openmidas.nodes.models import CollectedEntry, CollectingRun, OpenedEntry


def place_id(post: UUID, run: UUID, number: int) -> UUID:
    """What stands for a place in a post's run: the same for what was collected and what was opened."""
    return uuid5(post, f"collected {run} {number}")


@projects(CollectingPrepared)
def collecting_prepared(origin: Origin, content: CollectingPrepared) -> None:
    put(CollectingRun, origin, content.run, public_key=content.public_key)


@projects(CollectedSealed)
def collected_sealed(origin: Origin, content: CollectedSealed) -> None:
    """Keep its place. Raises ``collected.fork`` where another entry of the run stood there before."""
    header = Header.decode(content.header)
    id = place_id(origin.node, content.run, header.sequence)
    before = CollectedEntry.objects.filter(id=id).first()
    if before is not None:
        if bytes(before.header) != content.header:
            raise JournalError("collected.fork", sequence=str(header.sequence))
        return  # it was settled twice: nothing is doubled
    row = put(
        CollectedEntry,
        origin,
        id,
        run=content.run,
        number=header.sequence,
        header=content.header,
        epoch=origin.epoch,
        sequence=origin.sequence,
        at=origin.at,
    )
    opened = OpenedEntry.objects.filter(id=id).first()
    if opened is not None:
        _meet(row, _opening_at(opened))


@projects(CollectedOpened)
def collected_opened(origin: Origin, content: CollectedOpened) -> None:
    """Keep what was found, and make rows of it where the post's entry is here."""
    id = place_id(content.post, content.run, content.sequence)
    put(
        OpenedEntry,
        origin,
        id,
        post=content.post,
        epoch=origin.epoch,
        sequence=origin.sequence,
        problem=content.problem,
    )
    row = CollectedEntry.objects.filter(id=id).first()
    if row is not None:
        _meet(row, content)


def _opening_at(opened: OpenedEntry) -> CollectedOpened | None:
    """What the HQ's entry says; None where it has been erased since."""
    entry = JournalEntry.objects.get(node=opened.node, epoch=opened.epoch, sequence=opened.sequence)
    if entry.body is None:
        return None
    return msgspec.convert(decode_body(bytes(entry.body)).read(), CollectedOpened)


def _meet(row: CollectedEntry, opening: CollectedOpened | None) -> None:
    """Make the rows of a body that was opened. Raises ``entry.body_changed``, ``collected.kind``."""
    if opening is None or opening.body is None or opening.salt is None:
        return
    check_opened(bytes(row.header), Opened(opening.body, opening.salt))
    body = decode_body(opening.body)
    body.check_authority(NodeKind.POST)
    content = body.read()
    if not may_be_collected(content):
        raise JournalError("collected.kind", kind=body.kind)
    said = moment(body.at)
    origin = Origin(
        node=row.node,
        epoch=row.epoch,
        sequence=row.sequence,
        actor=body.actor,
        at=min(said, row.at),  # it was collected before it came into the journal
        clock=body.clock,
        said=said,
    )
    project_content(origin, content)
