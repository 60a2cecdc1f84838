"""Putting many new rows into a table at once.

An HQ takes in thousands of rows a second. Its database gets them as they are, by COPY, not as the
text of a statement, which takes longer to write and to read than to obey.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.db import DEFAULT_DB_ALIAS, connection, connections, models


def insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Put new rows, whose ids are set, into their table, in the caller's transaction.

    Raises what the database raises, as Django words it; nothing is told to signals.
    """
    if not rows:
        return
    if connection.vendor == "postgresql":
        _copy(model, rows)
    else:
        model._default_manager.bulk_create(rows)


def _copy(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    database = connections[DEFAULT_DB_ALIAS]  # itself: its stand-in costs more than the values
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with (
        database.cursor() as cursor,
        database.wrap_database_errors,
        cursor.copy(
            f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN (FORMAT BINARY)'
        ) as copy,
    ):
        copy.set_types(_types(model))
        for row in rows:
            copy.write_row(
                [field.get_db_prep_save(field.pre_save(row, True), database) for field in fields]
            )


@cache
def _types(model: type[models.Model]) -> list[str]:
    """The columns' types by PostgreSQL's names: "varchar" of "varchar(64)"."""
    types = [field.db_type(connection) for field in model._meta.concrete_fields]
    return [str(kind).partition("(")[0] for kind in types]
