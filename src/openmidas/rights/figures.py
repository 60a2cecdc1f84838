"""How many complaints there were: for everybody to read, and nobody to be found by."""

from __future__ import annotations

import csv
import io
from collections import Counter

import msgspec
from django.utils import timezone

from openmidas.crossings.overview import post_names
from openmidas.rights.entries import ComplaintKind
from openmidas.rights.limits import LEAST_PUBLISHED
from openmidas.rights.models import Complaint, ReceivedComplaint
from openmidas.screening.formats.cells import harmless

KINDS = tuple(str(kind) for kind in ComplaintKind)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A month of a post. ``counts``: by kind, in the order of `KINDS`; None where it is too small to
    be told. There is no sum: with it, what is left out could be reckoned."""

    post: str
    month: str
    counts: tuple[int | None, ...]


def published() -> list[Row]:
    """The figures, the last month first. What could not be opened counts as "other"."""
    about = dict(ReceivedComplaint.objects.values_list("id", "about"))
    names = post_names()
    counted: Counter[tuple[str, str, str]] = Counter()
    for id, node, at in Complaint.objects.filter(id__in=about).values_list("id", "node", "at"):
        month = f"{timezone.localdate(at):%Y-%m}"
        counted[month, names.get(node, str(node)), about[id] or ComplaintKind.OTHER] += 1
    places = sorted({(month, post) for month, post, _ in counted}, key=lambda one: one[1])
    places.sort(key=lambda one: one[0], reverse=True)
    return [
        Row(post=post, month=month, counts=tuple(_told(counted[month, post, k]) for k in KINDS))
        for month, post in places
    ]


def table() -> str:
    """The figures as CSV, with codes for kinds and an empty cell where nothing is told."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("month", "post", *KINDS))
    for row in published():
        writer.writerow((row.month, harmless(row.post), *row.counts))
    return text.getvalue()


def _told(count: int) -> int | None:
    return count if count == 0 or count >= LEAST_PUBLISHED else None
