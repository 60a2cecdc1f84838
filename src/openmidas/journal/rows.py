"""The rows of entries: made from the bytes that came, and put into the table, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection

from openmidas.journal.entry import SealedEntry, decode_body
from openmidas.journal.errors import JournalError
from openmidas.journal.models import JournalEntry

_TYPES = {
    "id": "uuid",
    "node": "uuid",
    "epoch": "int4",
    "sequence": "int8",
    "kind": "text",
    "header": "bytea",
    "body": "bytea",
    "salt": "bytea",
    "arrived": "int8",
}
"""The columns as PostgreSQL's binary format of COPY has them."""


def row_of(
    sealed: SealedEntry,
    node: UUID,
    epoch: int,
    sequence: int,
    kind: str,
    arrived: int | None = None,
) -> JournalEntry:
    """The row of an entry at this place."""
    return JournalEntry(
        node=node,
        epoch=epoch,
        sequence=sequence,
        kind=kind,
        header=sealed.header,
        body=sealed.body,
        salt=sealed.salt,
        arrived=arrived,
    )


def kind_name(sealed: SealedEntry) -> str:
    """The kind in a body, for finding it again; a body that cannot be read is stored all the same."""
    if sealed.body is None:
        return ""
    try:
        kind = decode_body(sealed.body).kind
    except JournalError:
        return "?"
    # A column of PostgreSQL takes no NUL, and what cannot be stored would stop its journal.
    return kind[:64] if kind.isprintable() else "?"


def insert(entries: Sequence[JournalEntry]) -> None:
    """Put new rows into the table, in the caller's transaction.

    An HQ takes in thousands a second: its database gets them as they are, not as a statement's text.
    """
    if not entries:
        return
    if connection.vendor == "postgresql":
        _copy(entries)
    else:
        JournalEntry.objects.bulk_create(entries)


def _copy(entries: Iterable[JournalEntry]) -> None:
    table, columns = JournalEntry._meta.db_table, ", ".join(_TYPES)
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.set_types(list(_TYPES.values()))
        for entry in entries:
            copy.write_row([getattr(entry, column) for column in _TYPES])
