"""From the incidents room's entries to rows.

How an incident stands is made anew of all its steps whenever one comes: in whichever order they come,
the rows are the same.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from openmidas.incidents import entries
from openmidas.incidents.models import (
    Incident,
    IncidentLink,
    IncidentStep,
    PublishedIncidentRules,
    Step,
)
from openmidas.incidents.rule_entries import IncidentRulesPublished
from openmidas.journal import JournalError
from openmidas.journal.projecting import Origin, moment, projects, put


@projects(IncidentRulesPublished)
def incident_rules_published(origin: Origin, content: IncidentRulesPublished) -> None:
    """Rules, and since when."""
    put(
        PublishedIncidentRules,
        origin,
        content.publication,
        edition=content.rules.edition,
        rules=msgspec.msgpack.encode(content.rules),
        officer=origin.actor.officer,
        published_at=origin.at,
        clock=origin.clock,
    )


@projects(entries.IncidentReported)
def incident_reported(origin: Origin, content: entries.IncidentReported) -> None:
    """The incident, and the first line of its history."""
    put(
        Incident,
        origin,
        content.incident,
        post=origin.node,
        kind=content.kind,
        source=content.source,
        **_begun(origin, content.severity, content.told),
    )
    _step(origin, content.incident, content.incident, Step.REPORTED, content.severity, content.told)


@projects(entries.IncidentRaised)
def incident_raised(origin: Origin, content: entries.IncidentRaised) -> None:
    """The same of one that a rule raised."""
    put(
        Incident,
        origin,
        content.incident,
        post=content.post,
        kind=content.kind,
        rule=content.rule,
        edition=content.edition,
        cause=dict(content.cause),
        **_begun(origin, content.severity, content.told),
    )
    _step(origin, content.incident, content.incident, Step.RAISED, content.severity, content.told)


@projects(entries.IncidentUpdated)
def incident_updated(origin: Origin, content: entries.IncidentUpdated) -> None:
    """A line of the history, and the incident as it stands after it."""
    _own(origin, content.incident)
    severity = content.severity or ""
    _step(origin, content.step, content.incident, Step.UPDATED, severity, content.told)


@projects(entries.IncidentCommented)
def incident_commented(origin: Origin, content: entries.IncidentCommented) -> None:
    """A line of the history by whoever says it: it changes nothing of the incident."""
    told = entries.Told(words=content.words)
    _line(origin, content.comment, content.incident, Step.COMMENTED, told)


@projects(entries.IncidentClosed)
def incident_closed(origin: Origin, content: entries.IncidentClosed) -> None:
    """As `incident_updated`."""
    _own(origin, content.incident)
    told = entries.Told(words=content.words)
    _line(origin, content.step, content.incident, Step.CLOSED, told, outcome=content.outcome)
    _stand(content.incident)


@projects(entries.IncidentReopened)
def incident_reopened(origin: Origin, content: entries.IncidentReopened) -> None:
    """As `incident_updated`."""
    _own(origin, content.incident)
    told = entries.Told(words=content.words)
    _line(origin, content.step, content.incident, Step.REOPENED, told)
    _stand(content.incident)


@projects(entries.IncidentLinked)
def incident_linked(origin: Origin, content: entries.IncidentLinked) -> None:
    """A row for each link."""
    _own(origin, content.incident)
    put(
        IncidentLink,
        origin,
        content.link,
        incident=content.incident,
        crossing=content.crossing,
        plate=content.plate,
        other=content.other,
        officer=origin.actor.officer,
        at=origin.at,
    )


def _begun(origin: Origin, severity: str, told: entries.Told) -> dict[str, Any]:
    """What both beginnings of an incident say of it."""
    return {
        "severity": severity,
        "officer": origin.actor.officer,
        "role": origin.actor.role,
        "at": origin.at,
        "changed_at": origin.at,
        **_columns(told),
    }


def _own(origin: Origin, incident: UUID) -> None:
    """Raises ``row.missing`` or ``row.not_owned``: only who wrote an incident goes on writing it."""
    owner = Incident.objects.filter(id=incident).values_list("node", flat=True).first()
    table = Incident._meta.db_table
    if owner is None:
        raise JournalError("row.missing", table=table, id=str(incident))
    if owner != origin.node:
        raise JournalError("row.not_owned", table=table, id=str(incident))


def _step(
    origin: Origin, id: UUID, incident: UUID, step: Step, severity: str, told: entries.Told
) -> None:
    _line(origin, id, incident, step, told, severity=severity)
    _stand(incident)


def _line(
    origin: Origin, id: UUID, incident: UUID, step: Step, told: entries.Told, **more: str
) -> None:
    put(
        IncidentStep,
        origin,
        id,
        incident=incident,
        step=step,
        officer=origin.actor.officer,
        role=origin.actor.role,
        at=origin.at,
        clock=origin.clock,
        **_columns(told),
        **more,
    )


def _columns(told: entries.Told) -> dict[str, Any]:
    """What was told, by column."""
    place = told.place or entries.Place()
    point, away = place.point, place.away
    return {
        "words": told.words,
        "happened_at": None if told.happened_at is None else moment(told.happened_at),
        "place": place.name,
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "kilometres": away.kilometres if away else None,
        "bearing": away.bearing if away else "",
        "people": told.people,
    }


PLACE_COLUMNS = ("place", "latitude", "longitude", "kilometres", "bearing")


def _stand(id: UUID) -> None:
    """The incident as its own node's steps make it."""
    row = Incident.objects.get(id=id)
    steps = IncidentStep.objects.filter(incident=id, node=row.node)
    row.words = ""
    for step in steps.exclude(step=Step.COMMENTED).order_by("clock", "id"):
        if step.step not in (Step.CLOSED, Step.REOPENED):
            row.words = row.words or step.words
        row.severity = step.severity or row.severity
        if step.happened_at is not None:
            row.happened_at = step.happened_at
        if step.people is not None:
            row.people = step.people
        if step.place or step.latitude is not None:
            for column in PLACE_COLUMNS:
                setattr(row, column, getattr(step, column))
        if step.step in (Step.CLOSED, Step.REOPENED):
            row.open, row.outcome = step.step == Step.REOPENED, step.outcome
        row.changed_at = step.at
    row.save()
