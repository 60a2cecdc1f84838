"""Crossings as other systems are told them.

Nobody is named unless the question asks for it. Never told: what the checks found, why somebody was
referred or refused (that would tell of lists, health and protection), notes, places in free words,
and which officer decided.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

from openmidas.api.cursors import Cursor, read_cursor, write_cursor
from openmidas.api.questions import CrossingsAsked, range_of
from openmidas.api.ways_out import CROSSINGS
from openmidas.crossings.models import Crossing
from openmidas.nodes.ways_out import tellable

COLUMNS = tellable(CROSSINGS, "crossings.Crossing", (
    "id", "at", "day", "node", "direction", "status", "nationality", "sex", "age_group", "purpose",
    "conveyance", "document_code", "document_issuer", "recorded", "stay_rule", "stay_until",
))  # fmt: skip
PERSON_COLUMNS = tellable(
    CROSSINGS,
    "crossings.Crossing",
    ("surname", "given_names", "birth", "document_number", "document_expiry"),
)


class ToldPerson(Schema):
    """Who crossed, and with which document."""

    surname: str = Field(description=_("As printed in the document, or as given."))
    given_names: str = Field(description=_("As printed in the document, or as given."))
    birth: str = Field(description=_("As far as it is known: 1974, 1974-05 or 1974-05-02."))
    document_number: str = Field(description=_("Empty: without a document."))
    document_expiry: str = Field(description=_("The last day on which the document is valid."))


class ToldCrossing(Schema):
    """One crossing. What is not known is empty."""

    id: UUID = Field(description=_("The crossing’s own number, the same for ever."))
    at: datetime = Field(description=_("When it was decided on."))
    day: date = Field(description=_("The day of that, where the headquarters is."))
    post: UUID = Field(description=_("The id of the post."))
    direction: str = Field(description=_("entry or exit."))
    decision: str = Field(description=_("admitted, referred (not decided yet) or refused."))
    nationality: str = Field(description=_("The code of Doc 9303."))
    sex: str = Field(description=_("F, M or X."))
    age_group: str = Field(description=_("Years of age at the crossing: 18-59."))
    purpose: str = Field(description=_("Why the traveller crosses, as a code."))
    conveyance: str = Field(description=_("The means of transport, as a code."))
    document_code: str = Field(description=_("The kind of document; empty: without a document."))
    document_issuer: str = Field(description=_("The State or organisation that issued it."))
    recorded: str = Field(
        description=_("live: decided on here; paper or register: written down later.")
    )
    stay_rule: str = Field(description=_("The rule of stay that was told, as a code."))
    stay_until: date | None = Field(description=_("The last day of the stay, where there is one."))
    person: ToldPerson | None = Field(description=_("Only where “persons” was asked for."))


class ToldCrossings(Schema):
    """Crossings in the order asked for."""

    crossings: list[ToldCrossing] = Field(description=_("The crossings."))
    next: str | None = Field(description=_("The cursor for what follows; null: nothing follows."))
    start: datetime = Field(
        serialization_alias="from", description=_("The time that was asked for: from here")
    )
    until: datetime = Field(description=_("to before here."))


def told_crossings(asked: CrossingsAsked) -> ToldCrossings:
    """One run of the crossings asked for. Raises `NotAnswered` (422)."""
    within = range_of(asked)
    found = Crossing.objects.filter(at__gte=within.start, at__lt=within.end, **_equal(asked))
    if asked.cursor is not None:
        found = found.filter(_behind(read_cursor(asked.cursor), asked.order))
    sign = "-" if asked.order == "newest" else ""
    # One more than is told shows whether there are more, without counting millions.
    rows = _rows(found.order_by(f"{sign}at", f"{sign}id")[: asked.limit + 1], asked.persons)
    told = rows[: asked.limit]
    more = len(rows) > asked.limit
    return ToldCrossings(
        crossings=told,
        next=write_cursor(told[-1].at, told[-1].id) if more else None,
        start=within.start,
        until=within.end,
    )


def told_crossing(id: UUID, persons: bool) -> ToldCrossing | None:
    """One crossing; None where there is none."""
    return next(iter(_rows(Crossing.objects.filter(id=id), persons)), None)


def _equal(asked: CrossingsAsked) -> dict[str, Any]:
    wanted = {
        "node": asked.post,
        "direction": asked.direction,
        "status": asked.decision,
        "nationality": asked.nationality,
    }
    return {column: value for column, value in wanted.items() if value is not None}


def _behind(cursor: Cursor, order: str) -> Q:
    """What follows the cursor. The first condition says nothing new: it is what an index can use."""
    side = "lt" if order == "newest" else "gt"
    return Q(**{f"at__{side}e": cursor.at}) & (
        Q(**{f"at__{side}": cursor.at}) | Q(**{f"id__{side}": cursor.id})
    )


def _rows(found: QuerySet[Crossing], persons: bool) -> list[ToldCrossing]:
    columns = (*COLUMNS, *PERSON_COLUMNS) if persons else COLUMNS
    return [_told(row, persons) for row in found.values(*columns)]


def _told(row: dict[str, Any], persons: bool) -> ToldCrossing:
    told = {column: row[column] for column in COLUMNS if column not in ("node", "status")}
    return ToldCrossing(
        **told,
        post=row["node"],
        decision=row["status"],
        person=ToldPerson(**{c: row[c] for c in PERSON_COLUMNS}) if persons else None,
    )
