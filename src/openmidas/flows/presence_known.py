"""What is known of documents, asked for many at once: what their presences follow from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

import msgspec
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

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
    crossings = Crossing.objects.filter(document_key__in={paper.key for paper in papers})
    newest: defaultdict[Paper, list[Crossing]] = defaultdict(list)
    # At one and the same moment, an exit counts as the later: an entry must be later than any exit.
    admitted = _last(crossings.filter(status=Status.ADMITTED), "-at", "-direction", "-id", most=2)
    for crossing in admitted.defer("inspection", "note"):
        newest[paper_of(crossing)].append(crossing)
    shown = _last(crossings, "-at", "-id", most=1)
    columns = ("document_key", "document_issuer", "node", "at")
    exits = [found[0].id for found in newest.values() if found[0].direction == Direction.EXIT]
    matched = StayMatch.objects.filter(outcome=Outcome.MATCHED, exit__in=exits)
    return Known(
        newest=dict(newest),
        shown={Paper(k, i): (node, at) for k, i, node, at in shown.values_list(*columns)},
        left=_left(crossings),
        matched=frozenset(matched.values_list("exit", flat=True)),
    )


def _last(crossings: QuerySet[Crossing], *order: str, most: int) -> QuerySet[Crossing]:
    """The last few of each document."""
    place = Window(
        RowNumber(), partition_by=[F("document_key"), F("document_issuer")], order_by=list(order)
    )
    return crossings.annotate(place=place).filter(place__lte=most).order_by("place")


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
