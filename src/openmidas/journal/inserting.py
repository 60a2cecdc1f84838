"""Putting many new rows into a table at once.

An HQ takes in thousands of rows a second. Its database gets them as they are, by COPY, not as the
text of a statement, which takes longer to write and to read than to obey.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper


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


def copy_in(table: str, types: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Put rows into a table of PostgreSQL by COPY; ``types``: of each column in a row, in order.

    Raises what the database raises, as Django words it.
    """
    database = connections[DEFAULT_DB_ALIAS]  # itself: its stand-in costs more than the values
    columns = ", ".join(f'"{column}"' for column in types)
    with (
        database.cursor() as cursor,
        database.wrap_database_errors,
        cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN (FORMAT BINARY)') as copy,
    ):
        copy.set_types(list(types.values()))
        for row in rows:
            copy.write_row(row)


def _copy(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    database = connections[DEFAULT_DB_ALIAS]
    values = [_value_of(field, database) for field in model._meta.concrete_fields]
    copy_in(model._meta.db_table, _types(model), ([value(row) for value in values] for row in rows))


def _value_of(
    field: models.Field[Any, Any], database: BaseDatabaseWrapper
) -> Callable[[models.Model], Any]:
    """What takes a field's value out of a row, as the database has it: nearly always as it is."""
    if type(field) in _AS_THEY_ARE:
        return attrgetter(field.attname)
    return lambda row: field.get_db_prep_save(field.pre_save(row, True), database)


_AS_THEY_ARE = (
    models.UUIDField,
    models.CharField,
    models.TextField,
    models.BinaryField,
    models.IntegerField,
    models.BigIntegerField,
    models.PositiveIntegerField,
)


@cache
def _types(model: type[models.Model]) -> dict[str, str]:
    """The columns with their types by PostgreSQL's names: "varchar" of "varchar(64)"."""
    fields = model._meta.concrete_fields
    return {str(field.column): str(field.db_type(connection)).partition("(")[0] for field in fields}
