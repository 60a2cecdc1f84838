"""The long table: one line for each day, post, direction, decision and value of one dimension.

For programs and spreadsheets that count by themselves; in codes, the same in every language.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from django.db.models import QuerySet

from openmidas.crossings.overview import post_names
from openmidas.flows.dimensions import FACETS, Dimension
from openmidas.flows.files import MOST_LINES, Line, written
from openmidas.flows.models import Span, Tally
from openmidas.flows.questions import Question, QuestionRefused, chosen

_AT_ONCE = 2_000


def long_file(question: Question, by: Dimension | None, form: str) -> IO[bytes]:
    """The long table of the days, posts, direction and decision of a question, as a file.

    ``by``: a dimension of the traveller, or None. Raises `QuestionRefused` where a sheet cannot
    hold it.
    """
    found = _found(question, by)
    if form == "xlsx" and found.count() >= MOST_LINES:
        raise QuestionRefused("question.too_long_for_a_sheet", most=str(MOST_LINES - 1))
    return written(_lines(found, by), question, form)


def _found(question: Question, by: Dimension | None) -> QuerySet[Any]:
    tallies = Tally.objects.filter(
        facet=FACETS[by] if by else "",
        span=Span.DAY,
        start__gte=question.start,
        start__lte=question.end,
        number__gt=0,
    )
    return chosen(question, tallies).order_by("start", "node", "direction", "status", "value")


def _lines(found: QuerySet[Any], by: Dimension | None) -> Iterator[Line]:
    names = post_names()
    divided = (by.value,) if by else ()
    yield ("day", "post", "post_name", "direction", "decision", *divided, "crossings")
    columns = ("start", "node", "direction", "status", "value", "number")
    # An iterator: on PostgreSQL the lines come by and by, from a cursor of the server.
    for day, post, direction, status, value, number in found.values_list(*columns).iterator(
        chunk_size=_AT_ONCE
    ):
        told = (value,) if by else ()
        name = names.get(post, "")
        yield (day.isoformat(), str(post), name, direction, status, *told, number)
