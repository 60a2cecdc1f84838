"""What the headquarters' page of confirmed answers shows. It names no traveller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from openmidas.cases.entries import Answer
from openmidas.cases.hits import list_titles, names_of
from openmidas.cases.models import HitResolution
from openmidas.cases.settled.models import SettledHit
from openmidas.cases.settled.services import answered_otherwise
from openmidas.cases.wording import word_reason
from openmidas.crossings.overview import post_names
from openmidas.nodes.services import node_day


class AnswerRow(msgspec.Struct, frozen=True, kw_only=True):
    """An answer "not the same person" of a post. ``settled``: its confirmation, None where there is none;
    ``otherwise``: somebody has given another answer since.
    """

    row: HitResolution
    list: str
    post: str
    reason: str
    by: str
    settled: SettledHit | None
    otherwise: bool


def open_answers() -> QuerySet[HitResolution]:
    """The answers that hold today, the last first; and those that were confirmed and hold no more."""
    rows = HitResolution.objects.filter(answer=Answer.NOT_SAME, until__gte=node_day())
    settled = SettledHit.objects.filter(ended_at=None).values("resolution")
    counting = HitResolution.objects.that_count().values("id")
    return (rows.filter(id__in=counting) | rows.filter(id__in=settled)).order_by("-at", "-id")


def answer_rows(rows: Iterable[HitResolution]) -> Iterator[AnswerRow]:
    """Answers for a page."""
    shown = list(rows)
    posts, names, titles = post_names(), names_of(shown), list_titles()
    settled: dict[UUID, SettledHit] = {
        one.resolution: one
        for one in SettledHit.objects.filter(resolution__in=[r.id for r in shown], ended_at=None)
    }
    for row in shown:
        yield AnswerRow(
            row=row,
            list=titles.get(row.list_code, row.list_code),
            post=posts.get(row.node, ""),
            reason=word_reason(row.answer, row.reason),
            by=names.get(row.officer, ""),
            settled=settled.get(row.id),
            otherwise=answered_otherwise(row),
        )
