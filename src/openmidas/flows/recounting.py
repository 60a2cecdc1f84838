"""Counting the crossings of a month anew, in the database, and how that differs from the tallies.

Written as SQL: a month of a hundred posts is a million crossings, and none of them has to leave the
database for it. One statement sees one moment: crossings and tallies change in one transaction, so
that what arrives meanwhile makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import msgspec
from django.db import connection, transaction

from openmidas.crossings.models import Crossing
from openmidas.flows.dimensions import PAIRS, RECORDED, SINGLES
from openmidas.flows.models import Span, Tally
from openmidas.flows.pieces import month_of
from openmidas.flows.tallies import Key

KINDS: tuple[tuple[Span, str], ...] = (
    *((Span.DAY, facet) for facet in ("", *SINGLES, RECORDED)),
    *((Span.MONTH, facet) for facet in ("", *SINGLES, RECORDED, *PAIRS)),
)
"""Everything that tallies are kept of."""

_COLUMNS = {
    "n": "nationality", "s": "sex", "a": "age_group", "p": "purpose", "c": "conveyance",
    RECORDED: "recorded",
}  # fmt: skip
_TALLIES = Tally._meta.db_table
_CROSSINGS = Crossing._meta.db_table


class Difference(msgspec.Struct, frozen=True):
    """One count that is not what it should be."""

    key: Key
    tallied: int
    counted: int


def differences(month: date, span: Span, facet: str) -> Iterator[Difference]:
    """Where the tallies of one kind in a month are not what the crossings say."""
    first, last = month_of(month)
    grouped = "node, start, direction, status, value, other"
    prepare = connection.ops.adapt_datefield_value
    bounds = [prepare(first), prepare(last)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {grouped}, SUM(tallied), SUM(counted) FROM ("  # noqa: S608
            f"SELECT {grouped}, number AS tallied, 0 AS counted FROM {_TALLIES} "
            "WHERE span = %s AND facet = %s AND start >= %s AND start <= %s "
            f"UNION ALL SELECT {grouped}, 0, number FROM ({_counted(month, span, facet)}) AS live"
            f") AS both_ways GROUP BY {grouped} HAVING SUM(tallied) <> SUM(counted) "
            f"ORDER BY {grouped}",
            [span, facet, *bounds, *bounds],
        )
        for node, start, direction, status, value, other, tallied, counted in cursor:
            # As text, whatever the database gives: SQLite knows neither days nor ids.
            post, day = UUID(str(node)), date.fromisoformat(str(start))
            key = Key(post, span.value, day, direction, status, facet, value, other)
            yield Difference(key, int(tallied), int(counted))


@transaction.atomic
def recount_month(month: date) -> None:
    """Make the tallies of a month anew from its crossings."""
    first, last = month_of(month)
    hold_tallies()
    held = Tally.objects.filter(start__gte=first, start__lte=last)
    prepare = connection.ops.adapt_datefield_value
    with connection.cursor() as cursor:
        for span, facet in KINDS:
            held.filter(span=span, facet=facet).delete()
            cursor.execute(
                f"INSERT INTO {_TALLIES} (id, node, span, start, direction, status, facet, value, "  # noqa: S608
                f"other, number) SELECT {_id(span, facet)}, node, '{span}', start, direction, "
                f"status, '{facet}', value, other, number "
                f"FROM ({_counted(month, span, facet)}) AS live",
                [prepare(first), prepare(last)],
            )


def hold_tallies() -> None:
    """Let nobody else count until this transaction ends; on SQLite it already holds everything."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {_TALLIES} IN EXCLUSIVE MODE")


def _counted(month: date, span: Span, facet: str) -> str:
    """The crossings of a month in the columns of tallies; takes its first and its last day."""
    start = "day" if span is Span.DAY else _literal(month_of(month)[0])
    value, other = [*(_COLUMNS[letter] for letter in facet), "''", "''"][:2]
    return (
        f"SELECT node, {start} AS start, direction, status, {value} AS value, {other} AS other, "  # noqa: S608
        f"COUNT(*) AS number FROM {_CROSSINGS} WHERE day >= %s AND day <= %s "
        "GROUP BY 1, 2, 3, 4, 5, 6"
    )


def _id(span: Span, facet: str) -> str:
    """`Key.id` of a row, as the database makes it."""
    on_postgres = connection.vendor == "postgresql"
    node = "replace(node::text, '-', '')" if on_postgres else "node"
    start = "to_char(start, 'YYYY-MM-DD')" if on_postgres else "start"
    tab = "chr(9)" if on_postgres else "char(9)"
    said = (node, f"'{span}'", start, "direction", "status", f"'{facet}'", "value", "other")
    text = f" || {tab} || ".join(said)
    if on_postgres:
        return f"left(encode(sha256(convert_to({text}, 'UTF8')), 'hex'), 32)::uuid"
    return f"substr(sha256({text}), 1, 32)"


def _literal(day: date) -> str:
    return f"{'DATE ' if connection.vendor == 'postgresql' else ''}'{day.isoformat()}'"
