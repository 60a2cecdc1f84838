"""The attachments that editions are: which are needed here, and how far one on its way has come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from openmidas.exchange.attachments import Named, held, names_attachments, percent_here
from openmidas.lists.models import ListEdition, Wholeness


@names_attachments
def edition_attachments() -> Iterator[Named]:
    """Those of all editions. Needed is the last of each list; what is in use stays until it is here."""
    last: set[str] = set()
    for row in ListEdition.objects.exclude(wholeness=Wholeness.DAMAGED).order_by("-clock", "-id"):
        current = row.list_code not in last
        last.add(row.list_code)
        if row.wholeness == Wholeness.APART:
            yield Named(digest=row.digest, size=row.size, current=current)


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """An edition that is published and not whole here. ``percent``: of its way."""

    list_code: str
    title: str
    dated: date
    percent: int


def coming_editions() -> tuple[Coming, ...]:
    """Of each list the last edition, where it is on its way to this node."""
    latest: dict[str, ListEdition] = {}
    for row in ListEdition.objects.exclude(wholeness=Wholeness.DAMAGED).order_by("-clock", "-id"):
        latest.setdefault(row.list_code, row)
    apart = [row for row in latest.values() if row.wholeness == Wholeness.APART]
    here = held(row.digest for row in apart)
    return tuple(
        Coming(
            list_code=row.list_code,
            title=row.title,
            dated=row.day,
            percent=percent_here(row.digest),
        )
        for row in sorted(apart, key=lambda row: row.list_code)
        if row.digest not in here
    )
