"""At the HQ: the same plate, opened as two kinds of vehicle or for two companies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from uuid import UUID

import msgspec
from django.db.models import Count, Q
from django.db.models.functions import Length
from django.utils import timezone

from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.inspection import Conveyance
from openmidas.crossings.overview import post_names
from openmidas.crossings.reading import name_key
from openmidas.incidents import limits
from openmidas.incidents.entries import Told
from openmidas.incidents.linking import Links
from openmidas.incidents.publishing import rules_in_use
from openmidas.incidents.raising.raising import Cause, raise_once
from openmidas.incidents.rules import SamePlate
from openmidas.incidents.services import milliseconds
from openmidas.nodes.services import node_time

CODE = "same_plate"


class Registration(msgspec.Struct, frozen=True, order=True):
    """What a plate was opened as. ``company``: the words of a bus company's name; of other vehicles
    nothing is compared, it may be the owner, a person, and vehicles are sold."""

    what: str
    company: tuple[str, ...] = ()

    def contradicts(self, other: Registration) -> bool:
        """Whether one vehicle cannot be both. "Sonef" and "SONEF Transport" are one company, and an
        empty name is any."""
        if self.what != other.what:
            return True
        mine, theirs = set(self.company), set(other.company)
        return not (mine <= theirs or theirs <= mine)


def raise_same_plates() -> int:
    """Raise an incident for each pair of registrations of one plate; how many.

    Once for a pair, for good: whoever closed it has looked.
    """
    rules = rules_in_use()
    rule = rules.same_plate
    if rule is None:
        return 0
    names = post_names()
    return sum(
        raise_once(CODE, rule, _cause(first, second, names), edition=rules.edition) is not None
        for rows in _by_plate(rule)
        for first, second in _pairs(rows)
    )


def registration_of(row: OpenedConveyance) -> Registration:
    """What a plate was opened as."""
    is_bus = row.what == Conveyance.BUS
    return Registration(row.what, tuple(name_key(row.company).split()) if is_bus else ())


def _by_plate(rule: SamePlate) -> Iterator[list[OpenedConveyance]]:
    """The openings of each plate that was said to be more than one thing, the first first."""
    since = node_time() - timedelta(days=rule.days)
    lately = OpenedConveyance.objects.filter(at__gte=since)
    read = lately.annotate(signs=Length("plate_key")).filter(signs__gte=rule.signs)
    grouped = read.order_by().values("plate_key")
    said = grouped.annotate(
        kinds=Count("what", distinct=True), names=Count("company", distinct=True)
    )
    plates = said.filter(Q(kinds__gt=1) | Q(names__gt=1)).values("plate_key")
    found: defaultdict[str, list[OpenedConveyance]] = defaultdict(list)
    for row in lately.filter(plate_key__in=plates).order_by("at", "id"):
        found[row.plate_key].append(row)
    yield from found.values()


def _pairs(rows: list[OpenedConveyance]) -> Iterator[tuple[OpenedConveyance, OpenedConveyance]]:
    """The first opening of each registration against that of each other."""
    firsts: dict[Registration, OpenedConveyance] = {}
    for row in rows:
        firsts.setdefault(registration_of(row), row)
    for one, other in combinations(firsts, 2):
        if one.contradicts(other):
            yield firsts[one], firsts[other]


def _cause(first: OpenedConveyance, second: OpenedConveyance, names: dict[UUID, str]) -> Cause:
    one, other = sorted((registration_of(first), registration_of(second)))
    # Two kinds are one pair, whatever the buses among them are called.
    companies = (one.company, other.company) if one.what == other.what else ((), ())
    return Cause(
        key=(first.plate_key, one.what, other.what, *map(" ".join, companies)),
        post=second.node,
        said={
            "first": names.get(first.node, "–")[:120],
            "first_at": f"{timezone.localtime(first.at):%Y-%m-%d %H:%M}",
            "first_what": first.what,
            "second": names.get(second.node, "–")[:120],
            "second_at": f"{timezone.localtime(second.at):%Y-%m-%d %H:%M}",
            "second_what": second.what,
        },
        told=Told(happened_at=milliseconds(second.at)),
        links=Links(plates=(_linked(second),)),
    )


def _linked(row: OpenedConveyance) -> str:
    """The plate as it was written, where a link has room for it."""
    written = " ".join(row.plate.upper().split())
    return written if len(written) <= limits.PLATE else row.plate_key[: limits.PLATE]
