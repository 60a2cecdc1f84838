"""What is known of documents, asked for many at once: what their presences follow from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

import msgspec
from django.db import connection
from django.db.models import QuerySet

from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Crossing, Status
from openmidas.flows.models import Outcome, StayMatch

_NAMES = UUID("01900000-0000-7000-8000-0000f1005001")


class Paper(msgspec.Struct, frozen=True, order=True):
    """A document by which crossings belong together: its number as compared, and its issuer."""

    key: str
    issuer: str

    @property
    def id(self) -> UUID:
        """The id of the rows on this document."""
        return uuid5(_NAMES, f"{self.key}\t{self.issuer}")


def paper_of(crossing: Crossing) -> Paper:
    """The document of a crossing; one without a number is nobody's."""
    return Paper(crossing.document_key, crossing.document_issuer)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of some documents.

    ``newest``: the last two crossings of each that were admitted, the last first; ``shown``: where
    and when each was shown last, whatever was decided; ``left``: when its holder left with another
    document, as an analyst found; ``matched``: exits that ended such a stay.
    """

    newest: dict[Paper, list[Crossing]]
    shown: dict[Paper, tuple[UUID, datetime]]
    left: dict[Paper, datetime]
    matched: frozenset[UUID]


def known_of(papers: Collection[Paper]) -> Known:
    """Everything that the rows of these documents follow from: a handful of queries."""
    last = _last_of(papers)
    ids = {id for ids in last.values() for id in ids}
    rows = Crossing.objects.defer("inspection", "note").in_bulk(list(ids))
    newest: dict[Paper, list[Crossing]] = {}
    shown: dict[Paper, tuple[UUID, datetime]] = {}
    for paper, (seen, *admitted) in last.items():
        newest[paper] = [rows[id] for id in admitted]
        shown[paper] = rows[seen].node, rows[seen].at
    exits = [found[0].id for found in newest.values() if _left_last(found)]
    matched = StayMatch.objects.filter(outcome=Outcome.MATCHED, exit__in=exits)
    return Known(
        newest=newest,
        shown=shown,
        left=_left(Crossing.objects.filter(document_key__in={paper.key for paper in papers})),
        matched=frozenset(matched.values_list("exit", flat=True)),
    )


def _left_last(newest: list[Crossing]) -> bool:
    return bool(newest) and newest[0].direction == Direction.EXIT


def _last_of(papers: Collection[Paper]) -> dict[Paper, list[UUID]]:
    """Of each document the crossing at which it was shown last, then the last two admitted ones.

    Each is looked up by itself in the index of documents: one with a hundred thousand crossings
    ("0000", typed for lack of a number) costs no more than another. Written as SQL, since Django has
    no table of values to look up.
    """
    found: dict[Paper, list[UUID]] = {}
    wanted = sorted(papers)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        values = ", ".join(["(%s, %s)"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT column1, column2, {_LAST} FROM (VALUES {values}) AS papers",  # noqa: S608
                [text for paper in some for text in (paper.key, paper.issuer)],
            )
            for key, issuer, *ids in cursor:
                known = [UUID(str(id)) for id in ids if id is not None]
                if known:
                    found[Paper(key, issuer)] = known
    return found


def _one_of(status: str, order: str, place: int) -> str:
    return (
        f"(SELECT id FROM {Crossing._meta.db_table} AS one WHERE one.document_key = column1 "  # noqa: S608
        f"AND one.document_issuer = column2 {status} ORDER BY {order} LIMIT 1 OFFSET {place})"
    )


_AT_ONCE = 400
"""Documents that one statement looks up: SQLite takes a thousand parameters at least."""
_ADMITTED = f"AND one.status = '{Status.ADMITTED}'"
# At one and the same moment, an exit counts as the later: an entry must be later than any exit.
_BY_TIME = "at DESC, direction DESC, id DESC"
_LAST = ", ".join(
    (_one_of("", "at DESC, id DESC", 0), _one_of(_ADMITTED, _BY_TIME, 0), _one_of(_ADMITTED, _BY_TIME, 1))
)  # fmt: skip


def _left(crossings: QuerySet[Crossing]) -> dict[Paper, datetime]:
    """When holders left with another document, by the document that they entered with."""
    matches = StayMatch.objects.filter(outcome=Outcome.MATCHED, entry__in=crossings.values("id"))
    pairs = list(matches.values_list("entry", "exit"))
    if not pairs:
        return {}
    ids = {id for pair in pairs for id in pair}
    rows = Crossing.objects.defer("inspection", "note").in_bulk(ids)
    left: dict[Paper, datetime] = {}
    for entry, exit in pairs:
        gone = rows.get(exit)
        if gone is None or (gone.direction, gone.status) != (Direction.EXIT, Status.ADMITTED):
            continue
        paper = paper_of(rows[entry])
        left[paper] = max(gone.at, left.get(paper, gone.at))
    return left
