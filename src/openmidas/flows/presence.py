"""Who is in the country: one row for each document whose last known crossing is an entry.

What the row of a document says follows from the *set* of its crossings that are known, and of the
matches that analysts confirmed: it is made anew from them whenever one comes or changes. In whatever
order the journals of the posts arrive, late ones and paper included, the rows are the same in the
end. Only an HQ keeps them. Travellers without a document cannot be told apart: they are counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

import msgspec
from django.db import connection
from django.db.models import QuerySet

from openmidas.crossings.changes import on_change
from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Crossing, Status
from openmidas.flows.models import Outcome, Presence, StayMatch, UnmatchedExit
from openmidas.flows.presence_counts import count_presence, count_without_document
from openmidas.flows.stays_blocks import blocks_of
from openmidas.flows.stays_pairs import Pair
from openmidas.nodes.identity import this_node

_NAMES = UUID("01900000-0000-7000-8000-0000f1005001")
_LOCK = 0x6D69646173
"""Of the database: "midas"."""


class Paper(msgspec.Struct, frozen=True, order=True):
    """A document by which crossings belong together: its number as compared, and its issuer."""

    key: str
    issuer: str

    @property
    def id(self) -> UUID:
        """The id of the rows on this document."""
        return uuid5(_NAMES, f"{self.key}\t{self.issuer}")

    def crossings(self) -> QuerySet[Crossing]:
        """All that is known of it."""
        return Crossing.objects.filter(document_key=self.key, document_issuer=self.issuer)


@on_change
def follow(before: Crossing | None, after: Crossing) -> None:
    """Keep the presences up to date with a crossing that came, or that was decided otherwise."""
    if not this_node().is_hq:
        return
    hold()
    count_without_document(before, after)
    _make_anew(_papers([one for one in (before, after) if one is not None]))
    matched = StayMatch.objects.filter(exit=after.id).values_list("entry", flat=True)
    _make_anew(_papers(Crossing.objects.filter(id__in=list(matched)).defer("inspection")))


def follow_match(pair: Pair) -> None:
    """Keep the presences up to date with a decision on these two crossings."""
    found = Crossing.objects.filter(id__in=[pair.entry, pair.exit]).defer("inspection")
    _make_anew(_papers(found))


def hold() -> None:
    """Let nobody else change presences until this transaction ends: two would each miss the other's.

    SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _papers(crossings: Iterable[Crossing]) -> set[Paper]:
    return {Paper(one.document_key, one.document_issuer) for one in crossings if one.document_key}


def _make_anew(papers: set[Paper]) -> None:
    for paper in sorted(papers):
        _make_rows(paper)


def _make_rows(paper: Paper) -> None:
    """The rows that follow from what is known of a document now."""
    # At one and the same moment, an exit counts as the later: an entry must be later than any exit.
    newest = list(
        paper.crossings()
        .filter(status=Status.ADMITTED)
        .defer("inspection", "note")
        .order_by("-at", "-direction", "-id")[:2]
    )
    entry = left = None
    if newest and newest[0].direction == Direction.ENTRY:
        entry = None if _left_otherwise(paper, newest[0]) else newest[0]
    elif newest and Direction.ENTRY not in {one.direction for one in newest}:
        left = None if _matched(newest[0]) else newest[0]
    _keep_presence(paper, entry)
    _keep_unmatched(paper, left)


def _left_otherwise(paper: Paper, entry: Crossing) -> bool:
    """Whether the holder left with another document since, as an analyst found."""
    matches = StayMatch.objects.filter(
        outcome=Outcome.MATCHED, entry__in=paper.crossings().values("id")
    )
    exits = list(matches.values_list("exit", flat=True))
    if not exits:
        return False
    left = Crossing.objects.filter(id__in=exits, direction=Direction.EXIT, status=Status.ADMITTED)
    return left.filter(at__gte=entry.at).exists()


def _matched(left: Crossing) -> bool:
    return StayMatch.objects.filter(outcome=Outcome.MATCHED, exit=left.id).exists()


def _keep_presence(paper: Paper, entry: Crossing | None) -> None:
    before = Presence.objects.filter(id=paper.id).first()
    if entry is None:
        if before is not None:
            Presence.objects.filter(id=paper.id).delete()
            count_presence(before, None)
        return
    after = Presence(id=paper.id, **_presence(paper, entry))
    if before is not None and _values(before) == _values(after):
        return
    after.save(force_insert=before is None, force_update=before is not None)
    count_presence(before, after)


def _presence(paper: Paper, entry: Crossing) -> dict[str, Any]:
    """The columns of a presence that began with this entry."""
    shown = paper.crossings().order_by("-at", "-id").values_list("node", "at").first()
    seen_node, seen_at = shown or (entry.node, entry.at)
    first, last = blocks_of(entry)
    return {
        "node": entry.node,
        "document_key": paper.key,
        "issuer": paper.issuer,
        "nationality": entry.nationality,
        "sex": entry.sex,
        "age_group": entry.age_group,
        "crossing": entry.id,
        "entered_at": entry.at,
        "entered": entry.day,
        "seen_node": seen_node,
        "seen_at": seen_at,
        "rule": entry.stay_rule,
        "until": entry.stay_until,
        "birth": entry.birth,
        "first": first,
        "last": last,
    }


def _keep_unmatched(paper: Paper, left: Crossing | None) -> None:
    if left is None:
        UnmatchedExit.objects.filter(id=paper.id).delete()
        return
    first, last = blocks_of(left)
    UnmatchedExit.objects.update_or_create(
        id=paper.id,
        defaults={
            "node": left.node,
            "document_key": paper.key,
            "crossing": left.id,
            "left_at": left.at,
            "birth": left.birth,
            "first": first,
            "last": last,
        },
    )


def _values(row: Presence) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
