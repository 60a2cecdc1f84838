"""What an incident can be linked with: crossings of the post, vehicles by plate, other incidents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from openmidas.crossings.models import Crossing
from openmidas.incidents import limits
from openmidas.incidents.entries import IncidentLinked
from openmidas.incidents.models import Incident, IncidentLink
from openmidas.journal.models import new_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time
from openmidas.posts.refusals import Refused

RECENT = timedelta(hours=24)
"""How far back crossings are offered for linking."""
MOST_OFFERED = 20
MOST_COMPARED = 100
_BETWEEN = re.compile(r"[,;\n]+")
_NO_PLATE = re.compile(r"[^\w .·/-]")


class Links(msgspec.Struct, frozen=True, kw_only=True):
    """What an incident has to do with."""

    crossings: tuple[UUID, ...] = ()
    plates: tuple[str, ...] = ()
    others: tuple[UUID, ...] = ()


def linked(incident: UUID, links: Links) -> list[IncidentLinked]:
    """The entries that make these links, without those that are there already.

    Raises `Refused` ``link.unknown`` for a crossing or an incident that is not this node's, and
    ``link.too_many``.
    """
    crossings, others = set(links.crossings), set(links.others) - {incident}
    if max(len(crossings), len(others), len(links.plates)) > limits.MOST_LINKED:
        raise Refused("link.too_many", most=str(limits.MOST_LINKED))
    _all_known(Crossing.objects.all(), crossings)
    _all_known(Incident.objects.all(), others)
    there = IncidentLink.objects.filter(incident=incident)
    known = {(one.crossing, one.plate, one.other) for one in there}
    wanted = (
        *((crossing, "", None) for crossing in sorted(crossings)),
        *((None, plate, None) for plate in dict.fromkeys(links.plates)),
        *((None, "", other) for other in sorted(others)),
    )
    return [
        IncidentLinked(link=new_id(), incident=incident, crossing=one, plate=plate, other=other)
        for one, plate, other in wanted
        if (one, plate, other) not in known
    ]


def plates_in(text: str) -> tuple[str, ...]:
    """The plates in what was typed, each in capitals, parted by commas or lines.

    Raises `Refused` ``plate.not_one`` for what is too long, or has signs that no plate has.
    """
    return tuple(_plates(_BETWEEN.split(text)))


def recent_crossings() -> QuerySet[Crossing]:
    """The last crossings at this post, the last first. Their pages do not say who crossed."""
    lately = Crossing.objects.filter(node=this_node().id, at__gte=node_time() - RECENT)
    return lately.order_by("-at", "-id").defer("inspection")[:MOST_OFFERED]


def crossings_named(ids: Iterable[str]) -> QuerySet[Crossing]:
    """Those of these crossings that are of this post; texts that are no ids are passed over."""
    named = set()
    for text in islice(ids, limits.MOST_LINKED):
        with suppress(ValueError):
            named.add(UUID(text))
    found = Crossing.objects.filter(node=this_node().id, id__in=named)
    return found.order_by("-at", "-id").defer("inspection")


def may_be_the_same(than: UUID) -> QuerySet[Incident]:
    """The last incidents that one may be the same as, the last first: at the HQ of all posts."""
    here = (
        Incident.objects.all()
        if this_node().is_hq
        else Incident.objects.filter(node=this_node().id)
    )
    return here.exclude(id=than).order_by("-at", "-id")[:MOST_COMPARED]


def other_incidents(than: UUID | None = None) -> QuerySet[Incident]:
    """The last incidents that this node wrote, the last first."""
    own = Incident.objects.filter(node=this_node().id)
    if than is not None:
        own = own.exclude(id=than)
    return own.order_by("-at", "-id")[:MOST_OFFERED]


def _plates(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        plate = " ".join(part.upper().split())
        if len(plate) > limits.PLATE or _NO_PLATE.search(plate):
            raise Refused("plate.not_one", most=str(limits.PLATE))
        if plate:
            yield plate


def _all_known(rows: QuerySet[Crossing] | QuerySet[Incident], ids: set[UUID]) -> None:
    node = this_node()
    found = rows.filter(id__in=ids)
    if not node.is_hq:
        found = found.filter(node=node.id)
    if found.count() != len(ids):
        raise Refused("link.unknown")
