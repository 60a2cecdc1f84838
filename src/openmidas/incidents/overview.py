"""The incidents of a post, or at the HQ of all: which to show, and how many are open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from string import hexdigits
from uuid import UUID

import msgspec
from django.db.models import CharField, Count, Q, QuerySet
from django.db.models.functions import Cast

from openmidas.incidents.entries import Severity
from openmidas.incidents.models import Incident, IncidentLink
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time

Found = QuerySet[Incident]
DIGITS = 8
"""Of the number that people call an incident by, see `models.number_of`."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which incidents to show; what is empty does not matter. ``days``: reported in so many last ones.

    ``state``: "open" or "closed"; ``text``: the number of an incident, or a part of a vehicle's plate.
    """

    post: UUID | None = None
    kind: str = ""
    severity: str = ""
    state: str = ""
    days: int | None = None
    text: str = ""


def all_here(reporter: UUID | None = None) -> QuerySet[Incident]:
    """What a page may show: at a post its own, at the HQ all. ``reporter``: only of this officer."""
    node = this_node()
    found = Incident.objects.all()
    if not node.is_hq:
        found = found.filter(node=node.id)
    return found if reporter is None else found.filter(officer=reporter)


def chosen(found: QuerySet[Incident], wanted: Wanted) -> QuerySet[Incident]:
    """Those of them that are wanted, the newest first."""
    if wanted.post is not None:
        found = found.filter(post=wanted.post)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.severity:
        found = found.filter(severity=wanted.severity)
    if wanted.state:
        found = found.filter(open=wanted.state == "open")
    if wanted.days is not None:
        found = found.filter(at__gte=node_time() - timedelta(days=wanted.days))
    if wanted.text.strip():
        found = _named(found, wanted.text)
    return found.order_by("-at", "-id")


def open_by_severity(found: QuerySet[Incident]) -> Mapping[Severity, int]:
    """How many of them are open, the worst first; each severity is there."""
    counted = found.filter(open=True).order_by().values_list("severity").annotate(n=Count("id"))
    numbers: dict[str, int] = dict(counted)
    return {one: numbers.get(one, 0) for one in reversed(Severity)}


def _named(found: Found, text: str) -> Found:
    """Those of this number, or that have to do with a vehicle of such a plate."""
    plate = " ".join(text.upper().split())
    linked = IncidentLink.objects.filter(plate__contains=plate).values("incident")
    fits = Q(id__in=linked)
    number = plate.replace("-", "").lower()
    if len(number) == DIGITS and set(number) <= set(hexdigits):
        # With hyphens on one database and without on another, the end of an id is the same.
        found = found.alias(as_text=Cast("id", CharField()))
        fits |= Q(as_text__endswith=number)
    return found.filter(fits)
