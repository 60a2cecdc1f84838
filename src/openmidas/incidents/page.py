"""What the pages of incidents show: rows in words, and one incident with its history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openmidas.crossings.models import Crossing
from openmidas.crossings.overview import post_names
from openmidas.crossings.words import DIRECTIONS
from openmidas.incidents import wording
from openmidas.incidents.ahead import Alert, alerts_ahead
from openmidas.incidents.linking import (
    crossings_named,
    may_be_the_same,
    other_incidents,
    recent_crossings,
)
from openmidas.incidents.models import (
    Incident,
    IncidentLink,
    IncidentStep,
    number_of,
)
from openmidas.incidents.overview import all_here, open_by_severity
from openmidas.nodes.identity import this_node
from openmidas.nodes.names import node_names
from openmidas.posts.models import Officer


class ShownIncident(msgspec.Struct, frozen=True, kw_only=True):
    """An incident in a line. ``tag``: the style of its severity; ``about``: its words, or its cause."""

    row: Incident
    number: str
    kind: str
    severity: str
    tag: str
    post: str
    where: str
    about: str
    outcome: str


class ShownStep(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the history. ``facts``: what was said beside the words, each in a few words."""

    row: IncidentStep
    what: str
    by: str
    facts: tuple[str, ...]


class LinkedCrossing(msgspec.Struct, frozen=True, kw_only=True):
    """A crossing that an incident has to do with: never who crossed. ``words``: when and where."""

    id: UUID
    number: str
    words: str
    here: bool


class IncidentPage(msgspec.Struct, frozen=True, kw_only=True):
    """One incident, all of it. ``people``: empty where nothing was said; ``why``: what a rule saw, and
    ``rule``: which one, of which edition.

    ``apart``: how many crossings it has to do with that are not told.
    """

    shown: ShownIncident
    happened_at: datetime | None
    people: str
    source: str
    why: str
    rule: str
    steps: tuple[ShownStep, ...]
    crossings: tuple[LinkedCrossing, ...]
    apart: int
    plates: tuple[str, ...]
    others: tuple[ShownIncident, ...]


class ShownAlert(msgspec.Struct, frozen=True, kw_only=True):
    """An alert that came ahead of its journal."""

    alert: Alert
    post: str
    kind: str
    severity: str
    tag: str
    where: str
    about: str


def shown(rows: Iterable[Incident]) -> list[ShownIncident]:
    """Incidents in a line each."""
    names = _names()
    return [_shown(row, names) for row in rows]


def incident_page(row: Incident, *, named: bool = True) -> IncidentPage:
    """The page of one incident. ``named``: whether it tells which crossings it has to do with."""
    links = list(IncidentLink.objects.filter(incident=row.id).order_by("at", "id"))
    crossings = [link.crossing for link in links if link.crossing]
    others = {link.other for link in links if link.other}
    others |= set(IncidentLink.objects.filter(other=row.id).values_list("incident", flat=True))
    return IncidentPage(
        shown=shown([row])[0],
        happened_at=row.happened_at,
        people="" if row.people is None else wording.word_people(row.people),
        source=wording.word(wording.SOURCES, row.source) if row.source else "",
        why=wording.word_cause(row.rule, row.cause) if row.rule else "",
        rule=wording.word_rule(row.rule, row.edition) if row.rule else "",
        steps=tuple(_steps(row)),
        crossings=tuple(_crossings(crossings)) if named else (),
        apart=0 if named else len(set(crossings)),
        plates=tuple(dict.fromkeys(link.plate for link in links if link.plate)),
        others=tuple(shown(Incident.objects.filter(id__in=others).order_by("-at", "-id"))),
    )


class Grave(msgspec.Struct, frozen=True):
    """What headquarters must not overlook: how many are ``open`` of each severity that alerts, the worst
    first, each with its word and its style; and how many alerts came ``ahead`` of their journals."""

    open: tuple[tuple[int, str, str], ...]
    ahead: int


def grave() -> Grave:
    """How many open incidents of all posts are of high or critical severity."""
    counted = open_by_severity(all_here())
    words = {one: wording.word(wording.SEVERITIES, one) for one in counted}
    return Grave(
        tuple((n, words[s], wording.TAGS[s]) for s, n in counted.items() if s.alerts and n),
        len(alerts_ahead()),
    )


def crossings_to_link(also: Iterable[str] = ()) -> list[tuple[str, str]]:
    """The crossings of this post that are offered for linking, each in words.

    ``also``: ids that a form or an address names, whatever has crossed since; what is none is left out.
    """
    rows = {row.id: row for row in (*crossings_named(also), *recent_crossings())}
    return [(str(id), f"{number_of(id.hex)} · {_crossing(row)}") for id, row in rows.items()]


def incidents_to_link(than: UUID | None = None) -> list[tuple[str, str]]:
    """The other incidents that are offered for linking, each in words."""
    return [
        (str(one.row.id), f"{one.number} · {_day(one.row.at)} · {one.kind} · {one.severity}")
        for one in shown(other_incidents(than))
    ]


def incidents_to_name(row: Incident) -> list[tuple[str, str]]:
    """Those that one may be the same as, each in words, at the HQ with the post."""
    at_hq = this_node().is_hq
    return [
        (str(one.row.id), " · ".join(part for part in parts if part))
        for one in shown(may_be_the_same(row.id))
        for parts in [
            (one.number, _day(one.row.at), one.post if at_hq else "", one.kind, one.severity)
        ]
    ]


def shown_alerts() -> list[ShownAlert]:
    """The alerts that came ahead of their journals."""
    names = _names()
    return [_shown_alert(alert, names) for alert in alerts_ahead()]


def _shown(row: Incident, names: dict[UUID, str]) -> ShownIncident:
    return ShownIncident(
        row=row,
        number=number_of(row.id.hex),
        kind=wording.word(wording.KINDS, row.kind),
        severity=wording.word(wording.SEVERITIES, row.severity),
        tag=wording.TAGS.get(row.severity, ""),
        post=names.get(_about(row), this_node().config.name),
        where=wording.word_place(row.where()) or _("At the post"),
        about=row.words or (wording.word_cause(row.rule, row.cause) if row.rule else ""),
        outcome=wording.word(wording.OUTCOMES, row.outcome) if row.outcome else "",
    )


def _names() -> dict[UUID, str]:
    """What people call the posts: as laid out, else as enrolled or met."""
    return {**node_names(), **post_names()}


def _about(row: Incident) -> UUID:
    """About which post it is: only the HQ speaks of others than itself."""
    return row.post if row.node == this_node().id else row.node


def _shown_alert(alert: Alert, names: dict[UUID, str]) -> ShownAlert:
    said = alert.said
    return ShownAlert(
        alert=alert,
        post=names.get(alert.node, str(alert.node)),
        kind=wording.word(wording.KINDS, said.kind),
        severity=wording.word(wording.SEVERITIES, said.severity),
        tag=wording.TAGS.get(said.severity, ""),
        where=wording.word_place(said.told.place) or _("At the post"),
        about=said.told.words or (wording.word_cause(said.rule, said.cause) if said.rule else ""),
    )


def _steps(row: Incident) -> Iterable[ShownStep]:
    """The history: of its own node, and what the HQ says of it."""
    found = IncidentStep.objects.filter(incident=row.id)
    if this_node().is_hq:
        found = found.filter(Q(node=row.node) | Q(node=this_node().id))
    steps = list(found.order_by("clock", "id"))
    ids = {step.officer for step in steps if step.officer}
    names = dict(Officer.objects.filter(id__in=ids).values_list("id", "name"))
    for step in steps:
        yield ShownStep(
            row=step,
            what=wording.word(wording.STEPS, step.step),
            by=_by(step, row, names),
            facts=tuple(_facts(step)),
        )


def _by(step: IncidentStep, row: Incident, names: dict[UUID, str]) -> str:
    if step.officer is None:
        return _("by the machine")
    name = names.get(step.officer, "")
    at_headquarters = step.node != row.node or row.node != row.post
    if not at_headquarters:
        return name or "–"
    return f"{name}, {_('headquarters')}" if name else _("headquarters")


def _facts(step: IncidentStep) -> Iterable[str]:
    if step.severity:
        yield wording.word(wording.SEVERITIES, step.severity)
    if step.outcome:
        yield wording.word(wording.OUTCOMES, step.outcome)
    if step.happened_at is not None:
        yield _("happened %(at)s") % {"at": _time(step.happened_at)}
    where = wording.word_place(step.where())
    if where:
        yield where
    if step.people is not None:
        yield wording.word_people(step.people)


def _crossings(ids: Iterable[UUID]) -> Iterable[LinkedCrossing]:
    wanted = list(dict.fromkeys(ids))
    rows = Crossing.objects.filter(id__in=wanted).defer("inspection").in_bulk()
    names = _names() if this_node().is_hq else {}
    for id in wanted:
        row = rows.get(id)
        words = (
            pgettext("crossing", "not known here")
            if row is None
            else _crossing(row, names.get(row.node, ""))
        )
        yield LinkedCrossing(id=id, number=number_of(id.hex), words=words, here=row is not None)


def _crossing(row: Crossing, post: str = "") -> str:
    parts = [
        _time(row.at),
        str(DIRECTIONS.get(row.direction, row.direction)),
        post,
        _("lane %(lane)s") % {"lane": row.lane} if row.lane else "",
    ]
    return " · ".join(part for part in parts if part)


def _time(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _day(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d}"
