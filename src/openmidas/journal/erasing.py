"""Taking the bodies of entries away, for good: here, and whenever one of them comes again.

An order (the kind ``entries.erased``, declared by `nodes`) names places. `erase` removes what stands
there: body, salt and kind of the entry, what quarantine says of it, what was sent ahead of it, what
refused segments hold of it. The place is remembered in `ErasedPlace`, and whatever arrives for it
later is stored without its body (`without_erased`), so that an old stick or a restored peer does not
bring it back. The header stays, and the chain verifies.

The tables that were made from such an entry are made again (`rebuild`), and then the files below
them (`wiping`). Until both are done the order stands in `ErasureUnderWay`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated
from uuid import UUID, uuid5

import msgspec

from openmidas.journal.entry import Header, SealedEntry, decode_body
from openmidas.journal.errors import JournalError
from openmidas.journal.kinds import entry_kinds, find_kind
from openmidas.journal.local import AdvanceCopy, ErasureUnderWay, Quarantined, RefusedSegment
from openmidas.journal.models import ErasedPlace, Journal, JournalEntry
from openmidas.journal.projecting import Origin
from openmidas.journal.segments import Segment, pack, unpack

MOST_PLACES = 1000
"""Places that one order may name: its transaction must stay short."""
ROWS = 500
"""Rows that are asked for by one statement."""

Number = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """Places in one epoch of one journal."""

    node: UUID
    epoch: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
    sequences: Annotated[tuple[Number, ...], msgspec.Meta(min_length=1, max_length=MOST_PLACES)]


def lasting_kinds() -> list[str]:
    """The kinds that no erasure touches."""
    return sorted(name for name, kind in entry_kinds().items() if kind.lasting)


def lock_journals(places: Iterable[Places]) -> None:
    """Hold the journals of these places, in the order in which a rebuild holds them all.

    Nobody stores a body at one of them meanwhile who does not know of the order yet.
    """
    nodes = {each.node for each in places}
    list(Journal.objects.select_for_update().filter(node__in=nodes).order_by("pk"))


def erase(origin: Origin, erasure: UUID, places: Sequence[Places]) -> None:
    """Obey an order, in the caller's transaction; harmless to repeat.

    What is gone is gone: a rebuild that comes past the order again finds nothing more to remove.
    """
    lock_journals(places)
    _remember(origin, erasure, places)
    entries = sum(_erase_bodies(each) for each in places)
    cleaned = _forget_ahead(places) | _clean_refused()
    if entries or cleaned:
        _note_under_way(origin, erasure, entries)


def without_erased(entries: Sequence[SealedEntry]) -> list[SealedEntry]:
    """Entries without the bodies that were erased at their places. Raises ``header.malformed``."""
    headers = [Header.decode(entry.header) for entry in entries]
    erased = _erased_among(headers)
    if not erased:
        return list(entries)
    return [
        entry.bare() if _place(header) in erased and not _is_lasting(entry) else entry
        for entry, header in zip(entries, headers, strict=True)
    ]


def may_be_kept(raw: bytes, sender: UUID) -> bytes:
    """A refused segment as it may be kept: without the bodies that were erased at their places.

    Its headers and its signed end stay: they prove what was wrong with it. Of bytes that cannot be
    read nobody can say whether an erased body is among them: once anything of their sender's was
    erased, none are kept.
    """
    try:
        segment = unpack(raw)
        kept = tuple(without_erased(segment.entries))
    except JournalError:
        return b"" if ErasedPlace.objects.filter(of_node=sender).exists() else raw
    return raw if kept == segment.entries else pack(Segment(kept, segment.head))


def first_without_body(node: UUID, epoch: int) -> int | None:
    """The first place of a journal whose entry lacks its body here, though nobody had it erased."""
    erased = ErasedPlace.objects.filter(of_node=node, epoch=epoch).values("sequence")
    bare = JournalEntry.objects.filter(node=node, epoch=epoch, body=None)
    lacking = bare.exclude(sequence__in=erased).order_by("sequence")
    return lacking.values_list("sequence", flat=True).first()


Place3 = tuple[UUID, int, int]


def _place(header: Header) -> Place3:
    return header.node, header.epoch, header.sequence


def _erased_among(headers: Iterable[Header]) -> set[Place3]:
    """Those of these places that were erased: one indexed question for each journal."""
    runs: defaultdict[tuple[UUID, int], list[int]] = defaultdict(list)
    for header in headers:
        runs[header.node, header.epoch].append(header.sequence)
    erased: set[Place3] = set()
    for (node, epoch), sequences in runs.items():
        found = ErasedPlace.objects.filter(
            of_node=node, epoch=epoch, sequence__gte=min(sequences), sequence__lte=max(sequences)
        )
        erased |= {(node, epoch, each) for each in found.values_list("sequence", flat=True)}
    return erased


def _is_lasting(entry: SealedEntry) -> bool:
    """Whether this is of a kind that no erasure touches. What cannot be read is not."""
    if entry.body is None:
        return False
    try:
        kind = find_kind(decode_body(entry.body).kind)
    except JournalError:
        return False
    return kind is not None and kind.lasting


def _remember(origin: Origin, erasure: UUID, places: Iterable[Places]) -> None:
    """In rows whose ids follow from the order and the place: they are the same in whatever order."""
    rows = [
        ErasedPlace(
            id=uuid5(erasure, f"{each.node} {each.epoch} {sequence}"),
            node=origin.node,
            erasure=erasure,
            of_node=each.node,
            epoch=each.epoch,
            sequence=sequence,
        )
        for each in places
        for sequence in each.sequences
    ]
    ErasedPlace.objects.bulk_create(rows, batch_size=ROWS, ignore_conflicts=True)


def _erase_bodies(places: Places) -> int:
    """Take the bodies away that are here; how many there were."""
    erased = 0
    for some in _parts(places.sequences):
        here = JournalEntry.objects.filter(
            node=places.node, epoch=places.epoch, sequence__in=some
        ).exclude(kind__in=lasting_kinds())
        ids = list(here.exclude(body=None).values_list("id", flat=True))
        # The kind goes, too: it says what happened. What stays is the header and when it arrived.
        JournalEntry.objects.filter(id__in=ids).update(body=None, salt=None, kind="")
        Quarantined.objects.filter(entry__in=ids).delete()
        erased += len(ids)
    return erased


def _forget_ahead(places: Iterable[Places]) -> bool:
    """Drop what was sent ahead of the entries at these places; whether there was any."""
    dropped = 0
    for each in places:
        for some in _parts(each.sequences):
            ahead = AdvanceCopy.objects.filter(node=each.node, epoch=each.epoch, sequence__in=some)
            dropped += ahead.delete()[0]
    return dropped > 0


def _clean_refused() -> bool:
    """Take what was erased out of the refused segments that are kept; whether there was any."""
    cleaned = False
    for id in list(RefusedSegment.objects.order_by("id").values_list("id", flat=True)):
        refused = RefusedSegment.objects.get(id=id)  # one at a time: each may weigh 16 MiB
        raw = bytes(refused.raw)
        kept = may_be_kept(raw, refused.peer)
        if kept != raw:
            refused.raw = kept
            refused.save(update_fields=["raw"])
            cleaned = True
    return cleaned


def _note_under_way(origin: Origin, erasure: UUID, entries: int) -> None:
    noted, made = ErasureUnderWay.objects.get_or_create(
        id=erasure,
        defaults={
            "node": origin.node,
            "epoch": origin.epoch,
            "sequence": origin.sequence,
            "entries": entries,
            "tables_follow": entries == 0,
        },
    )
    if not made and entries:
        noted.entries += entries
        noted.tables_follow = False
        noted.save(update_fields=["entries", "tables_follow"])


def _parts(sequences: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(sequences), ROWS):
        yield sequences[start : start + ROWS]
