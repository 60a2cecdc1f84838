"""Crossings as their rows, without the officers and papers behind them, and counted as they come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from openmidas.crossings.models import Crossing
from openmidas.flows.stays import counts
from openmidas.flows.tallies import Key, add, all_keys_of
from openmidas.journal.models import new_id
from tests.conftest import POST

LABBEZANGA = UUID("01900000-0000-7000-8000-000000000002")


def crossing(day: date, node: UUID = POST, **columns: Any) -> Crossing:
    """One crossing of a day; an admitted entry, if nothing else is said."""
    usual: dict[str, Any] = {
        "direction": "entry", "status": "admitted", "state": "clear", "how_read": "mrz",
        "purpose": "trade", "conveyance": "bus", "nationality": "MLI", "sex": "F",
        "age_group": "18-59",
    }  # fmt: skip
    return Crossing(
        id=new_id(),
        node=node,
        lane="1",
        role="primary",
        inspection=b"",
        clock=0,
        day=day,
        at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        **(usual | columns),
    )


def happened(crossings: Iterable[Crossing]) -> list[Crossing]:
    """They are in the tables of the HQ, and counted."""
    rows = Crossing.objects.bulk_create(crossings)
    change: Counter[Key] = Counter(key for row in rows for key in all_keys_of(row))
    pairs = list(change.items())
    for start in range(0, len(pairs), 500):
        add(dict(pairs[start : start + 500]))
    counts.add(sum((counts.count_without_document(None, row) for row in rows), Counter()))
    return rows


def some_crossings(days: st.SearchStrategy[date], most: int = 30) -> st.SearchStrategy[Any]:
    """Any crossings on these days."""
    one = st.builds(
        crossing,
        days,
        st.sampled_from([POST, LABBEZANGA]),
        direction=st.sampled_from(["entry", "exit"]),
        status=st.sampled_from(["admitted", "admitted", "referred", "refused"]),
        nationality=st.sampled_from(["MLI", "GIN", "SEN", ""]),
        sex=st.sampled_from(["F", "M", ""]),
        age_group=st.sampled_from(["0-4", "18-59", ""]),
        purpose=st.sampled_from(["trade", "family", "other"]),
        conveyance=st.sampled_from(["bus", "foot"]),
    )
    return st.lists(one, max_size=most)
