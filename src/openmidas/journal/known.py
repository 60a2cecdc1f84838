"""What a segment brings that is here already: told apart, compared, and completed."""

from __future__ import annotations

from openmidas.journal.entry import SealedEntry, sequence_of
from openmidas.journal.erasing import without_erased
from openmidas.journal.errors import JournalError
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.rows import kind_name
from openmidas.journal.segments import Segment


def split(segment: Segment, journal: Journal) -> tuple[list[SealedEntry], list[SealedEntry]]:
    """What of a segment the journal has reached already, and what it has not."""
    known: list[SealedEntry] = []
    new: list[SealedEntry] = []
    for sealed in segment.entries:
        (known if sequence_of(sealed.header) <= journal.sequence else new).append(sealed)
    return known, new


def check_known(known: list[SealedEntry], journal: Journal) -> None:
    """Two different entries at one place are a fork: the machine was cloned, or history rewritten.

    Raises `JournalError` ``journal.fork``, or ``journal.no_such_place`` where our copy has a gap.
    """
    if not known:
        return
    sequences = [sequence_of(sealed.header) for sealed in known]
    stored = dict(
        JournalEntry.objects.filter(
            node=journal.node,
            epoch=journal.epoch,
            sequence__range=(min(sequences), max(sequences)),
        ).values_list("sequence", "header")
    )
    for sequence, sealed in zip(sequences, known, strict=True):
        if sequence not in stored:
            raise JournalError("journal.no_such_place", sequence=str(sequence))
        if bytes(stored[sequence]) != sealed.header:
            raise JournalError("journal.fork", node=str(journal.node), sequence=str(sequence))


def fill(sealed: SealedEntry, journal: Journal) -> JournalEntry | None:
    """Put a body back into an entry that has none; the entry, or None where nothing was to be put."""
    header = sealed.check_commitment()
    (sealed,) = without_erased([sealed])
    if sealed.body is None:
        return None
    entry = JournalEntry.objects.filter(
        node=header.node, epoch=header.epoch, sequence=header.sequence, body=None
    ).first()
    if entry is None:
        return None
    entry.body, entry.salt, entry.kind = sealed.body, sealed.salt, kind_name(sealed)
    entry.save(update_fields=["body", "salt", "kind"])
    return entry
