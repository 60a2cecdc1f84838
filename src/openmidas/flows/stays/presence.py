"""Who is in the country: one row for each document whose last known crossing is an entry.

What the row of a document says follows from the *set* of its crossings that are known, and of the
matches that analysts confirmed: it is made anew from them whenever one comes or changes. In whatever
order the journals of the posts arrive, late ones and paper included, the rows are the same in the
end. Only an HQ keeps them. Travellers without a document cannot be told apart: they are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

import msgspec
from django.db import connection

from openmidas.crossings.changes import on_change
from openmidas.crossings.inspection import Direction, HowRead, Purpose
from openmidas.crossings.models import Crossing
from openmidas.flows.models import Presence, StayMatch, UnmatchedExit
from openmidas.flows.stays.blocks import blocks_of
from openmidas.flows.stays.counts import Key, add, count_without_document
from openmidas.flows.stays.known import Known, Paper, known_of, paper_of
from openmidas.flows.stays.pairs import Pair
from openmidas.flows.stays.rows import keep_presences, keep_unmatched
from openmidas.journal.projecting import together
from openmidas.nodes.identity import this_node

_LOCK = 0x6D69646173
"""Of the database: "midas"."""


class _Change(msgspec.Struct, frozen=True):
    """What one entry of a journal touches: documents, a crossing, counts of those without one."""

    papers: frozenset[Paper]
    crossing: UUID | None = None
    without: Counter[Key] = Counter()


@on_change
def follow(before: Crossing | None, after: Crossing) -> None:
    """Keep the presences up to date with a crossing that came, or that was decided otherwise."""
    if not this_node().is_hq:
        return
    papers = _papers(one for one in (before, after) if one is not None)
    together(_follow_all, _Change(papers, after.id, count_without_document(before, after)))


def follow_match(pair: Pair) -> None:
    """Keep the presences up to date with a decision on these two crossings."""
    found = Crossing.objects.filter(id__in=[pair.entry, pair.exit]).defer("inspection")
    together(_follow_all, _Change(_papers(found)))


def _follow_all(changes: list[_Change]) -> None:
    hold()
    papers = {paper for change in changes for paper in change.papers}
    papers |= _papers_matched_with([one.crossing for one in changes if one.crossing])
    counts: Counter[Key] = Counter()
    for change in changes:
        counts.update(change.without)
    present: dict[UUID, Presence | None] = {}
    unmatched: dict[UUID, UnmatchedExit | None] = {}
    known = known_of(papers)
    for paper in sorted(papers):
        present[paper.id], unmatched[paper.id] = _rows_of(paper, known)
    counts.update(keep_presences(present))
    keep_unmatched(unmatched)
    add(counts)


def _papers_matched_with(exits: list[UUID]) -> frozenset[Paper]:
    """The documents whose stays ended by these exits of other documents, as analysts found."""
    entries = list(StayMatch.objects.filter(exit__in=exits).values_list("entry", flat=True))
    if not entries:
        return frozenset()
    return _papers(Crossing.objects.filter(id__in=entries).defer("inspection"))


def hold() -> None:
    """Let nobody else change presences until this transaction ends: two would each miss the other's.

    SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _papers(crossings: Iterable[Crossing]) -> frozenset[Paper]:
    return frozenset(paper_of(one) for one in crossings if one.document_key)


def _as_resident(crossing: Crossing) -> bool:
    """Whether somebody crossed with a border resident's card that held: they come and go, no stay begins.

    With a card that had lapsed a stay begins, and ends however they leave.
    """
    return crossing.how_read == HowRead.RESIDENT and crossing.purpose == Purpose.RESIDENT


def _rows_of(paper: Paper, known: Known) -> tuple[Presence | None, UnmatchedExit | None]:
    """The rows that follow from what is known of a document now."""
    newest = known.newest.get(paper)
    if not newest:
        return None, None
    last = newest[0]
    if _as_resident(last):
        return None, None
    if last.direction == Direction.ENTRY:
        left = known.left.get(paper)
        return (_presence(paper, last, known) if left is None or left < last.at else None), None
    seen_entering = Direction.ENTRY in {one.direction for one in newest}
    return None, None if seen_entering or last.id in known.matched else _unmatched(paper, last)


def _presence(paper: Paper, entry: Crossing, known: Known) -> Presence:
    """The presence that began with this entry."""
    seen_node, seen_at = known.shown[paper]
    first, last = blocks_of(entry)
    return Presence(
        id=paper.id,
        node=entry.node,
        document_key=paper.key,
        issuer=paper.issuer,
        nationality=entry.nationality,
        sex=entry.sex,
        age_group=entry.age_group,
        crossing=entry.id,
        entered_at=entry.at,
        entered=entry.day,
        seen_node=seen_node,
        seen_at=seen_at,
        rule=entry.stay_rule,
        until=entry.stay_until,
        birth=entry.birth,
        first=first,
        last=last,
    )


def _unmatched(paper: Paper, left: Crossing) -> UnmatchedExit:
    first, last = blocks_of(left)
    return UnmatchedExit(
        id=paper.id,
        node=left.node,
        document_key=paper.key,
        crossing=left.id,
        left_at=left.at,
        birth=left.birth,
        first=first,
        last=last,
    )
