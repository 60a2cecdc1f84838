"""From the crossings room's entries to rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from openmidas.crossings import entries
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.models import CancelledInspection, Crossing, PublishedRules, Status
from openmidas.crossings.reading import document_key, name_key
from openmidas.journal.projecting import Origin, amend, projects, put


@projects(entries.CrossingAdmitted)
def crossing_admitted(origin: Origin, content: entries.CrossingAdmitted) -> None:
    values = _columns(content.inspection) | _by(origin)
    put(
        Crossing,
        origin,
        content.inspection.id,
        **values,
        status=Status.ADMITTED,
        admission_reason=content.reason,
    )


@projects(entries.CrossingReferred)
def crossing_referred(origin: Origin, content: entries.CrossingReferred) -> None:
    values = _columns(content.inspection) | _by(origin)
    put(
        Crossing,
        origin,
        content.inspection.id,
        **values,
        status=Status.REFERRED,
        reason=content.reason,
    )


@projects(entries.CrossingResolved)
def crossing_resolved(origin: Origin, content: entries.CrossingResolved) -> None:
    amend(
        Crossing,
        origin,
        content.crossing,
        status=Status(content.outcome),
        refusal_reason=content.refusal or "",
        admission_reason=content.admission or "",
        note=content.note,
        resolved_by=origin.actor.officer,
        resolved_at=origin.at,
    )


@projects(entries.InspectionCancelled)
def inspection_cancelled(origin: Origin, content: entries.InspectionCancelled) -> None:
    put(
        CancelledInspection,
        origin,
        content.inspection.id,
        lane=content.inspection.lane,
        state=content.inspection.state,
        inspection=msgspec.msgpack.encode(content.inspection),
        **_by(origin),
    )


@projects(entries.RulesPublished)
def rules_published(origin: Origin, content: entries.RulesPublished) -> None:
    put(
        PublishedRules,
        origin,
        content.edition,
        title=content.rules.title,
        dated=content.rules.dated,
        limit_days=content.rules.limit_days,
        rules=msgspec.msgpack.encode(content.rules),
        published_at=origin.at,
        clock=origin.clock,
    )


def _by(origin: Origin) -> dict[str, Any]:
    return {"officer": origin.actor.officer, "role": origin.actor.role, "at": origin.at}


def _columns(inspection: Inspection) -> dict[str, Any]:
    """What is searched and counted stands in columns of its own; the rest in ``inspection``."""
    traveller, document, journey = inspection.traveller, inspection.document, inspection.journey
    stay = inspection.stay
    return {
        "lane": inspection.lane,
        "direction": journey.direction,
        "state": inspection.state,
        "surname": traveller.surname,
        "given_names": traveller.given_names,
        "name_key": name_key(traveller.name),
        "birth": traveller.birth.text() if traveller.birth else "",
        "sex": traveller.sex,
        "nationality": traveller.nationality,
        "document_code": document.code,
        "document_number": document.number,
        "document_key": document_key(document),
        "document_issuer": document.issuer,
        "document_expiry": document.expiry.text() if document.expiry else "",
        "how_read": document.how_read,
        "purpose": journey.purpose,
        "origin": journey.origin,
        "destination": journey.destination,
        "conveyance": journey.conveyance,
        "group": inspection.group,
        "stay_rule": stay.rule if stay else "",
        "stay_until": date.fromisoformat(stay.until) if stay and stay.until else None,
        "inspection": msgspec.msgpack.encode(inspection),
    }
