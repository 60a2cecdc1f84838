"""Which entries are about a crossing or a document, and what stays counted once they are erased."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console

from openmidas.crossings.entries import (
    CrossingAdmitted,
    CrossingCollected,
    CrossingRecorded,
    CrossingReferred,
    CrossingResolved,
    CrossingsErased,
    InspectionCancelled,
)
from openmidas.crossings.inspection import Direction, Document, Inspection
from openmidas.crossings.models import CancelledInspection, Crossing
from openmidas.crossings.reading import document_key
from openmidas.journal import Actor, Content, JournalError
from openmidas.journal.entry import decode_body
from openmidas.journal.finding import entries_naming
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.choosing import chooses
from openmidas.nodes.collecting.entries import CollectedOpened
from openmidas.nodes.commanding import CommandFailed
from openmidas.nodes.erasing import EntryPlace, before_erasure
from openmidas.nodes.identity import this_node
from openmidas.nodes.room import LEAST_TO_ERASE
from openmidas.nodes.services import record_all

WITH_INSPECTION = (
    CrossingAdmitted,
    CrossingReferred,
    CrossingRecorded,
    CrossingCollected,
    InspectionCancelled,
)
MAKE_CROSSINGS = (
    "crossing.admitted",
    "crossing.referred",
    "crossing.recorded",
    "collected.opened",
)
KINDS = (*MAKE_CROSSINGS, "crossing.resolved", "inspection.cancelled")

Subject = Callable[[Content], UUID | None]
_told_above: dict[str, Subject] = {}
Beside = Callable[[Collection[UUID], str], list[JournalEntry]]
_told_beside: list[Beside] = []


def tells_of_crossing(kind: str, subject: Subject) -> None:
    """Entries of this kind, of a room above, are about a crossing: they are erased with it.

    ``subject``: which one, of such an entry's content; None for any other content.
    """
    _told_above[kind] = subject


def tells_beside(find: Beside) -> Beside:
    """What tells of several travellers at once, as a manifest does, goes with each of them.

    ``find`` gives its entries by crossings or cancelled scans, and by a document's key ("": none).
    """
    _told_beside.append(find)
    return find


def entries_about(rows: Mapping[UUID, UUID]) -> list[JournalEntry]:
    """The entries that made or changed these crossings or cancelled scans (by id, each with its post)."""
    # What a post collected stands readable in the headquarters' journal, its partner is found by that.
    kinds = (*KINDS, *_told_above)
    found = entries_naming(rows, kinds, sorted({*rows.values(), this_node().id}))
    return [entry for entry in found if subject_of(entry) in rows]


def subject_of(entry: JournalEntry) -> UUID | None:
    """Which crossing or cancelled scan an entry is about; None where it is about none."""
    content = content_of(entry)
    if isinstance(content, CrossingResolved):
        return content.crossing
    inspection = _inspection(content)
    if inspection is not None:
        return inspection.id
    above = _told_above.get(entry.kind)
    return above(content) if above is not None and content is not None else None


def places_of_crossing(crossing: UUID) -> list[EntryPlace]:
    """All that the journals here say of one crossing, or of one cancelled scan."""
    rows: dict[UUID, UUID] = {}
    for model in (Crossing, CancelledInspection):
        rows |= dict(model._default_manager.filter(id=crossing).values_list("id", "node"))
    return _places([*entries_about(rows), *_beside(rows, "")])


def places_of_document(number: str, issuer: str) -> list[EntryPlace]:
    """All that this document left in the journals here: crossings, refusals, cancelled scans, and
    what was set aside, as far as this version can read it."""
    key = document_key(Document(number=number))
    crossed = Crossing.objects.filter(document_key=key, document_issuer=issuer)
    rows = dict(crossed.values_list("id", "node"))
    for row in CancelledInspection.objects.iterator():
        if _shows(row.inspected(), key, issuer):
            rows[row.id] = row.node
    for aside in Quarantined.objects.filter(kind__in=KINDS).iterator():
        inspection = _inspection(content_of(JournalEntry.objects.get(id=aside.entry)))
        if inspection is not None and _shows(inspection, key, issuer):
            rows[inspection.id] = aside.node
    return _places([*entries_about(rows), *_beside(rows, key)])


def _beside(rows: Mapping[UUID, UUID], key: str) -> list[JournalEntry]:
    return [entry for find in _told_beside for entry in find(rows.keys(), key)]


@before_erasure
def keep_counts(entries: Sequence[JournalEntry], actor: Actor) -> None:
    """Keep how many crossings there were of which nothing else will be known.

    A crossing is gone when every entry that made it is: one of which only a correction is erased, or
    the decision of the second line, stays with the rest.
    """
    made = [entry for entry in entries if entry.kind in MAKE_CROSSINGS]
    subjects = {subject for entry in made if (subject := subject_of(entry)) is not None}
    rows = {row.id: row for row in Crossing.objects.filter(id__in=subjects).defer("inspection")}
    if not rows:
        return
    going = {entry.id for entry in made}
    staying = {
        subject_of(entry)
        for entry in entries_about({row.id: row.node for row in rows.values()})
        if entry.kind in MAKE_CROSSINGS and entry.id not in going
    }
    counts = Counter(
        (row.node, row.day.isoformat(), row.direction, row.status)
        for row in rows.values()
        if row.id not in staying
    )
    record_all(
        [
            CrossingsErased(
                count=new_id(),
                post=post,
                day=day,
                direction=Direction(direction),
                outcome=outcome,
                number=number,
            )
            for (post, day, direction, outcome), number in sorted(counts.items())
        ],
        actor=actor,
        least=LEAST_TO_ERASE,
    )


def others_of_document(crossing: UUID) -> int:
    """How many other crossings there are of the document of this one."""
    row = Crossing.objects.filter(id=crossing).exclude(document_key="").first()
    if row is None:
        return 0
    same = Crossing.objects.filter(
        document_key=row.document_key, document_issuer=row.document_issuer
    )
    return same.exclude(id=crossing).count()


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--crossing",
        type=UUID,
        action="append",
        default=[],
        metavar=_("CROSSING"),
        help=_("all entries about this crossing, or this cancelled scan (its number)"),
    )
    parser.add_argument(
        "--document",
        metavar=_("DOCUMENT"),
        help=_("all crossings and cancelled scans of the document with this number"),
    )
    parser.add_argument(
        "--issuer", metavar=_("STATE"), help=_("which State issued it, as its zone says")
    )


@chooses(_declare)
def choose(options: argparse.Namespace) -> list[EntryPlace]:
    """The places for the crossings and the document that were named. Raises `CommandFailed`."""
    found: list[EntryPlace] = []
    for crossing in options.crossing:
        places = places_of_crossing(crossing)
        if not places:
            raise CommandFailed(_("There is no crossing %(id)s here.") % {"id": crossing})
        if others := others_of_document(crossing):
            said = ngettext(
                "The document has %(number)s other crossing, which stays: from it alone it may look as if its"
                " holder were still in the country. For all of them: --document",
                "The document has %(number)s other crossings, which stay: from those alone it may look"
                " as if its holder were still in the country. For all of them: --document",
                others,
            )
            Console(stderr=True).print(said % {"number": others}, soft_wrap=True)
        found += places
    if options.document is None:
        return found
    if options.issuer is None:
        raise CommandFailed(_("Which State issued the document? --issuer"))
    places = places_of_document(options.document, options.issuer.upper())
    if not places:
        raise CommandFailed(_("No crossing of this document is known here."))
    return found + places


def content_of(entry: JournalEntry) -> Content | None:
    """What an entry says; None where this version cannot read it, or it says nothing any more."""
    try:
        content = decode_body(bytes(entry.body)).read() if entry.body is not None else None
        if isinstance(content, CollectedOpened):
            return decode_body(content.body).read() if content.body is not None else None
        return content
    except JournalError:
        return None


def _inspection(content: Content | None) -> Inspection | None:
    return content.inspection if isinstance(content, WITH_INSPECTION) else None


def _shows(inspection: Inspection, key: str, issuer: str) -> bool:
    document = inspection.document
    return document_key(document) == key and document.issuer == issuer


def _places(entries: Iterable[JournalEntry]) -> list[EntryPlace]:
    return [EntryPlace(entry.node, entry.epoch, entry.sequence) for entry in entries]
