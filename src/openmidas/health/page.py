"""What the pages of health checks show: who waits, and one traveller with all checks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import msgspec
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils.formats import localize

from openmidas.cases.referrals.wording import said as in_language
from openmidas.crossings.entries import ReferralReason
from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.overview import post_names
from openmidas.health import wording
from openmidas.health.definitions import Definition
from openmidas.health.models import HealthCheck
from openmidas.health.publishing import editions
from openmidas.health.raising import alerts_of
from openmidas.health.signs import words_on
from openmidas.incidents.models import number_of
from openmidas.nodes.identity import this_node
from openmidas.nodes.names import node_names
from openmidas.nodes.services import node_time
from openmidas.posts.models import Officer

SHOWN_FOR = timedelta(days=60)
"""How long a check stays in the list."""


class ShownFile(msgspec.Struct, frozen=True, kw_only=True):
    """One traveller in a line of the list. ``name``: only while they wait at this post."""

    row: Crossing
    number: str
    name: str
    post: str
    word: str
    look: str


class ShownMet(msgspec.Struct, frozen=True, kw_only=True):
    """A definition that a traveller meets. ``incident``: the last that was raised, where it is here, and
    whether it is ``open``."""

    name: str
    advice: str
    source: str
    incident: UUID | None
    number: str
    open: bool


class ShownCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One check in words. ``hot``: whether the temperature counts as fever."""

    row: HealthCheck
    by: str
    temperature: str
    hot: bool
    signs: tuple[str, ...]
    contact: str
    visits: tuple[tuple[str, int], ...]
    met: tuple[str, ...]


def files_here() -> QuerySet[Crossing]:
    """Who waits for health at this post, and who was checked lately; at the HQ those of all posts.

    Those who wait and met a definition stand first. Why they do, the list does not say: names stand in it.
    """
    lately = HealthCheck.objects.filter(at__gte=node_time() - SHOWN_FOR)
    wanted = Q(id__in=lately.values("crossing"))
    alerts = HealthCheck.objects.filter(crossing=OuterRef("id"), node=OuterRef("node"))
    first = Exists(alerts.exclude(met=[])) & Q(status=Status.REFERRED)
    found = Crossing.objects.annotate(first=Case(When(first, then=0), default=1))
    found = found.defer("inspection").order_by("first", "-at", "-id")
    if this_node().is_hq:
        return found.filter(wanted)
    waits = Q(status=Status.REFERRED, reason=ReferralReason.HEALTH)
    return found.filter(wanted | waits, node=this_node().id)


def in_lines(rows: Iterable[Crossing]) -> list[ShownFile]:
    """Travellers in a line each."""
    shown = list(rows)
    ids = [row.id for row in shown]
    words = words_on(ids)
    names = posts_by_id() if this_node().is_hq else {}
    return [
        ShownFile(
            row=row,
            number=number_of(row.id.hex),
            name=_name(row) if row.status == Status.REFERRED and not this_node().is_hq else "",
            post=names.get(row.node, ""),
            word=wording.word_sign(words[row.id]) if words[row.id] else "",
            look=wording.LOOKS.get(words[row.id], "look"),
        )
        for row in shown
    ]


def checks_of(row: Crossing) -> list[ShownCheck]:
    """All checks of one traveller at one crossing, the last first."""
    rows = list(
        HealthCheck.objects.filter(crossing=row.id, node=row.node).order_by("-clock", "-id")
    )
    said = editions({one.edition for one in rows if one.edition})
    names = dict(
        Officer.objects.filter(id__in={one.officer for one in rows if one.officer}).values_list(
            "id", "name"
        )
    )
    found = []
    for one in rows:
        of = said.get(one.edition) if one.edition else None
        met = [definition for code in one.met if of and (definition := of.of(code))]
        found.append(
            ShownCheck(
                row=one,
                by=names.get(one.officer, "") if one.officer else "",
                temperature="" if one.temperature is None else localize(one.temperature),
                hot=bool(of and one.temperature and one.temperature >= of.fever_from),
                signs=tuple(wording.word_symptom(code) for code in one.symptoms),
                contact=wording.word_contact(one.contact),
                visits=tuple((visit.place, visit.days_ago) for visit in one.visits()),
                met=tuple(wording.name_of(definition.name) for definition in met),
            )
        )
    return found


def met_by(row: Crossing) -> list[Definition]:
    """The definitions that the checks of a traveller met, each once."""
    rows = HealthCheck.objects.filter(crossing=row.id, node=row.node).order_by("clock", "id")
    checks = list(rows)
    said = editions({one.edition for one in checks if one.edition})
    found: dict[str, Definition] = {}
    for one in checks:
        of = said.get(one.edition) if one.edition else None
        for code in one.met:
            definition = of.of(code) if of else None
            if definition is not None:
                found[code] = definition
    return list(found.values())


def alerts_on(row: Crossing) -> list[ShownMet]:
    """What all checks of a traveller meet together: a later one without the signs takes nothing back."""
    return [_met(row, one) for one in met_by(row)]


def posts_by_id() -> dict[UUID, str]:
    """What people call the posts, and this node."""
    return {this_node().id: this_node().config.name, **node_names(), **post_names()}


def _met(row: Crossing, one: Definition) -> ShownMet:
    last = next(iter(alerts_of(row.node, row.id, one.code)), None)
    return ShownMet(
        name=wording.name_of(one.name),
        advice=in_language(one.advice),
        source=in_language(one.source),
        incident=last.id if last else None,
        number=str(last or ""),
        open=last is not None and last.open,
    )


def _name(row: Crossing) -> str:
    return f"{row.surname} {row.given_names}".strip()
