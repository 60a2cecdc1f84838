"""Which lists this node has, for its report."""

from __future__ import annotations

from collections.abc import Iterator

from openmidas.lists.editions import latest_editions
from openmidas.lists.lost.in_use import LOST, lost_editions
from openmidas.nodes.entries import HeldEdition
from openmidas.nodes.reports import reports_editions


@reports_editions
def held_lists() -> Iterator[HeldEdition]:
    """Of each list the edition to use here: the last one that is whole."""
    for row in latest_editions():
        yield HeldEdition(kind="list", code=row.list_code, edition=row.id, dated=row.day)
    for lost in lost_editions():
        yield HeldEdition(kind="list", code=LOST, edition=lost.edition, dated=lost.dated)
