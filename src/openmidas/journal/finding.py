"""Finding entries by what stands in their bodies, in the database: no index knows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, F, Func, IntegerField, Q, Value
from django.db.models.lookups import GreaterThan

from openmidas.journal.models import JournalEntry

AT_ONCE = 50
"""Ids that one statement looks for: each body is gone through once for each."""


class _Place(Func):
    """Where bytes begin within others, counted from 1; 0 where they do not occur."""

    function = "INSTR"
    output_field = IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        body, bytes_ = self.get_source_expressions()
        turned = Func(bytes_, body, arg_joiner=" IN ", function="POSITION")
        return turned.as_sql(compiler, connection, **context)


def entries_naming(
    ids: Iterable[UUID], kinds: Sequence[str], nodes: Sequence[UUID]
) -> Iterator[JournalEntry]:
    """The entries of these kinds and nodes in whose bodies any of these ids stands, anywhere.

    All their bodies are read, within the database: some seconds for a million.
    """
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), AT_ONCE):
        names = reduce(or_, (Q(_names(id)) for id in wanted[start : start + AT_ONCE]))
        yield from JournalEntry.objects.filter(names, kind__in=kinds, node__in=nodes)


def _names(id: UUID) -> GreaterThan:
    text = Value(str(id).encode(), output_field=BinaryField())
    return GreaterThan(_Place(F("body"), text), 0)
