"""From the lists room's entries to rows.

Of an edition that comes in parts, these and the publication may be projected in any order (an epoch's
late entries come after newer ones), so whichever comes last sees that the edition is whole.
"""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid5

from openmidas.journal import JournalError
from openmidas.journal.projecting import Origin, projects, put
from openmidas.lists import entries
from openmidas.lists.editions import edition_parts
from openmidas.lists.models import EditionPart, EditionSource, ImportProblem, ListEdition, Wholeness
from openmidas.lists.national.models import NationalList


@projects(entries.EditionPartSent)
def edition_part_sent(origin: Origin, content: entries.EditionPartSent) -> None:
    """An edition never changes: another part in the place of one that is here is refused."""
    id = uuid5(content.edition, f"part {content.number}")
    known = EditionPart.objects.filter(id=id, node=origin.node).first()
    if known is not None and bytes(known.data) != content.data:
        raise JournalError("edition.changed", edition=str(content.edition))
    put(
        EditionPart,
        origin,
        id,
        edition=content.edition,
        number=content.number,
        data=content.data,
    )
    _see_whether_whole(content.edition, origin.node)


@projects(entries.EditionPublished)
def edition_published(origin: Origin, content: entries.EditionPublished) -> None:
    if ListEdition.objects.filter(id=content.edition).exclude(digest=content.digest).exists():
        raise JournalError("edition.changed", edition=str(content.edition))
    _check_not_of_one_person(origin, content)
    put(
        ListEdition,
        origin,
        content.edition,
        list_code=content.list_code,
        title=content.title,
        dated=content.dated,
        digest=content.digest,
        says=content.says,
        size=content.size,
        parts=content.parts,
        persons=content.persons,
        entities=content.entities,
        limit_days=content.limit_days,
        problems=content.problems,
        documents=content.documents,
        readers=None if content.readers is None else list(content.readers),
        officer=origin.actor.officer,
        role=origin.actor.role,
        published_at=origin.at,
        clock=origin.clock,
        # Never whether an attachment is here: that is this machine's own matter, and no journal's.
        **({"wholeness": Wholeness.APART} if content.size else {}),
    )
    _see_whether_whole(content.edition, origin.node)


@projects(entries.SourceKept)
def source_kept(origin: Origin, content: entries.SourceKept) -> None:
    put(
        EditionSource,
        origin,
        content.edition,
        file_name=content.file_name,
        size=content.size,
        digest=content.digest,
        parts=content.parts,
        epoch=origin.epoch,
        sequence=origin.sequence,
    )


@projects(entries.SourceProblemsFound)
def source_problems_found(origin: Origin, content: entries.SourceProblemsFound) -> None:
    for number, problem in enumerate(content.problems, start=content.first):
        put(
            ImportProblem,
            origin,
            uuid5(content.edition, f"problem {number}"),
            edition=content.edition,
            number=number,
            listing=problem.listing,
            field=problem.field,
            code=problem.code,
            text=problem.text,
        )


def _check_not_of_one_person(origin: Origin, content: entries.EditionPublished) -> None:
    """A list whose listings take two persons is made of them alone: no file takes its place."""
    own = NationalList.objects.filter(code=content.list_code, node=origin.node)
    if content.readers is None and own.exists():
        raise JournalError("edition.of_one_person", list_code=content.list_code)


def _see_whether_whole(id: UUID, node: UUID) -> None:
    edition = ListEdition.objects.filter(id=id, node=node, wholeness=Wholeness.ARRIVING).first()
    if edition is None:
        return
    parts = edition_parts(edition)
    if parts.count() < edition.parts:
        return
    digest = hashlib.sha256()
    for data in parts.values_list("data", flat=True).iterator():
        digest.update(bytes(data))
    fits = digest.hexdigest() == edition.digest
    edition.wholeness = Wholeness.WHOLE if fits else Wholeness.DAMAGED
    edition.save(update_fields=["wholeness"])
