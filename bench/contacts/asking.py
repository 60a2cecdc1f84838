"""Asking who travelled with whom, as the page does, and how long each took."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Max

from bench.report import Figure, at_least, at_most
from openmidas.crossings.models import Crossing
from openmidas.health.contacts import Asked, contacts_of, explained, own_crossings

ASKED = Asked(days=21, minutes=30)
"""As far as the sample's widest definition."""
CASES = 30


def measure(where: str) -> list[Figure]:
    """Each case once; the slowest must stay below a second."""
    seconds, found = [], []
    for case in _cases():
        started = time.monotonic()
        own = own_crossings(case, ASKED.days).rows
        wanted = contacts_of(own, ASKED)
        number = wanted.count()
        told = explained(wanted, own, ASKED)
        seconds.append(time.monotonic() - started)
        found.append(len(told))
        if len(told) != number:
            raise AssertionError(f"counted {number}, found {len(told)}")
    return [
        at_least(f"{where}, cases", len(seconds), "", CASES),
        Figure(f"{where}, contacts of a case, median", statistics.median(found), "", None, None),
        Figure(f"{where}, contacts of a case, most", max(found), "", None, None),
        Figure(f"{where}, asking, median", statistics.median(seconds), "s", None, None),
        at_most(f"{where}, asking, slowest", max(seconds), "s", 1),
    ]


def _cases() -> Iterator[Crossing]:
    """The last crossings of those who cross most, and of others, in the last months."""
    last = Crossing.objects.aggregate(at=Max("at"))["at"]
    lately = Crossing.objects.filter(at__gte=last - timedelta(days=42)).exclude(document_key="")
    often = lately.values("document_key", "document_issuer").annotate(n=Count("id"))
    for one in often.order_by("-n", "document_key")[:CASES]:
        yield _last_of(one["document_key"], one["document_issuer"])
    yield from lately.order_by("id").defer("inspection")[:CASES]


def _last_of(key: str, issuer: str) -> Crossing:
    of_one = Crossing.objects.filter(document_key=key, document_issuer=issuer)
    return of_one.order_by("-at").defer("inspection")[0]
