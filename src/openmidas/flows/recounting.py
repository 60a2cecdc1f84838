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
from openmidas.flows.models import EVERYWHERE, CountryTally, Span, Tally
from openmidas.flows.pieces import month_of
from openmidas.flows.tallies import Key


class Kind(msgspec.Struct, frozen=True):
    """One way in which crossings are counted, in a table of its own or one that it shares."""

    table: str
    span: Span
    facet: str

    @property
    def country(self) -> bool:
        """Whether all posts are counted together."""
        return self.table == _COUNTRY


_TALLIES = Tally._meta.db_table
_COUNTRY = CountryTally._meta.db_table
_CROSSINGS = Crossing._meta.db_table

KINDS = (
    *(Kind(_TALLIES, Span.DAY, facet) for facet in ("", *SINGLES, RECORDED)),
    *(Kind(_TALLIES, Span.MONTH, facet) for facet in ("", *SINGLES, RECORDED, *PAIRS)),
    *(Kind(_COUNTRY, Span.DAY, facet) for facet in ("", *SINGLES, *PAIRS)),
)
"""Everything that tallies are kept of."""

_COLUMNS = {
    "n": "nationality", "s": "sex", "a": "age_group", "p": "purpose", "c": "conveyance",
    RECORDED: "recorded",
}  # fmt: skip


class Difference(msgspec.Struct, frozen=True):
    """One count that is not what it should be."""

    key: Key
    tallied: int
    counted: int


def differences(month: date, kind: Kind) -> Iterator[Difference]:
    """Where the tallies of one kind in a month are not what the crossings say."""
    first, last = month_of(month)
    grouped = "node, start, direction, status, value, other"
    prepare = connection.ops.adapt_datefield_value
    bounds = [prepare(first), prepare(last)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {grouped}, SUM(tallied), SUM(counted) FROM ("  # noqa: S608
            f"SELECT {grouped}, number AS tallied, 0 AS counted FROM {kind.table} "
            "WHERE span = %s AND facet = %s AND start >= %s AND start <= %s "
            f"UNION ALL SELECT {grouped}, 0, number FROM ({_counted(month, kind)}) AS live"
            f") AS both_ways GROUP BY {grouped} HAVING SUM(tallied) <> SUM(counted) "
            f"ORDER BY {grouped}",
            [kind.span, kind.facet, *bounds, *bounds],
        )
        for node, start, direction, status, value, other, tallied, counted in cursor:
            # As text, whatever the database gives: SQLite knows neither days nor ids.
            post, day = UUID(str(node)), date.fromisoformat(str(start))
            said = (kind.span.value, day, direction, status, kind.facet, value, other)
            yield Difference(Key(post, *said), int(tallied), int(counted))


@transaction.atomic
def recount_month(month: date) -> None:
    """Make the tallies of a month anew from its crossings."""
    prepare = connection.ops.adapt_datefield_value
    bounds = [prepare(day) for day in month_of(month)]
    hold_tallies()
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(
                f"DELETE FROM {kind.table} "  # noqa: S608
                "WHERE span = %s AND facet = %s AND start >= %s AND start <= %s",
                [kind.span, kind.facet, *bounds],
            )
            cursor.execute(
                f"INSERT INTO {kind.table} (id, node, span, start, direction, status, facet, "  # noqa: S608
                f"value, other, number) SELECT {_id(kind)}, node, '{kind.span}', start, direction, "
                f"status, '{kind.facet}', value, other, number "
                f"FROM ({_counted(month, kind)}) AS live",
                bounds,
            )


def hold_tallies() -> None:
    """Let nobody else count until this transaction ends; on SQLite it already holds everything."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {_TALLIES}, {_COUNTRY} IN EXCLUSIVE MODE")
            # Counting by six columns at once needs room, or it is sorted on the disk.
            cursor.execute("SET LOCAL work_mem = '128MB'")


def _counted(month: date, kind: Kind) -> str:
    """The crossings of a month in the columns of tallies; takes its first and its last day."""
    node = _everywhere() if kind.country else "node"
    start = "day" if kind.span is Span.DAY else _literal(month_of(month)[0])
    value, other = [*(_COLUMNS[letter] for letter in kind.facet), "''", "''"][:2]
    return (
        f"SELECT {node} AS node, {start} AS start, direction, status, {value} AS value, "  # noqa: S608
        f"{other} AS other, COUNT(*) AS number FROM {_CROSSINGS} WHERE day >= %s AND day <= %s "
        "GROUP BY 1, 2, 3, 4, 5, 6"
    )


def _id(kind: Kind) -> str:
    """`Key.id` of a row, as the database makes it."""
    on_postgres = connection.vendor == "postgresql"
    node = "replace(node::text, '-', '')" if on_postgres else "node"
    start = "to_char(start, 'YYYY-MM-DD')" if on_postgres else "start"
    tab = "chr(9)" if on_postgres else "char(9)"
    said = (node, f"'{kind.span}'", start, "direction", "status", f"'{kind.facet}'")
    text = f" || {tab} || ".join((*said, "value", "other"))
    if on_postgres:
        return f"left(encode(sha256(convert_to({text}, 'UTF8')), 'hex'), 32)::uuid"
    return f"substr(sha256({text}), 1, 32)"


def _everywhere() -> str:
    return f"'{EVERYWHERE}'::uuid" if connection.vendor == "postgresql" else f"'{EVERYWHERE.hex}'"


def _literal(day: date) -> str:
    return f"{'DATE ' if connection.vendor == 'postgresql' else ''}'{day.isoformat()}'"
