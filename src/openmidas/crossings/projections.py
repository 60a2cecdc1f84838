"""From the crossings room's entries to rows."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import partial
from typing import Any

import msgspec
from django.utils import timezone

from openmidas.crossings import changes, entries
from openmidas.crossings.ages import age_group
from openmidas.crossings.inspection import Inspection, State
from openmidas.crossings.models import (
    CancelledInspection,
    CountOnly,
    Crossing,
    ErasedCount,
    PublishedRules,
    Recorded,
    Status,
)
from openmidas.crossings.reading import document_key, name_key, sound_key
from openmidas.journal import JournalError
from openmidas.journal.projecting import Origin, moment, projects, put
from openmidas.journal.putting import Then, amend_then, put_then

_STATE_CODE = re.compile("[A-Z]{1,3}")
_SEXES = frozenset("FMX")


@projects(entries.CrossingAdmitted)
def crossing_admitted(origin: Origin, content: entries.CrossingAdmitted) -> None:
    _put(
        origin,
        content.inspection,
        **_by(origin),
        **_receipt(origin),
        status=Status.ADMITTED,
        admission_reason=content.reason,
    )


@projects(entries.CrossingReferred)
def crossing_referred(origin: Origin, content: entries.CrossingReferred) -> None:
    _put(
        origin,
        content.inspection,
        **_by(origin),
        status=Status.REFERRED,
        reason=content.reason,
    )


@projects(entries.CrossingRecorded)
def crossing_recorded(origin: Origin, content: entries.CrossingRecorded) -> None:
    """A crossing of the past: it counts on the day when it took place."""
    crossed_at = moment(content.crossed_at)
    # Twice: the clock by which it was let in may have been wrong.
    if not origin.said - 2 * entries.OLDEST <= crossed_at <= origin.said:
        raise JournalError("entry.malformed", kind="crossing.recorded", reason="crossed_at")
    on_paper = content.source is entries.RecordSource.PAPER
    _put(
        origin,
        content.inspection,
        partial(_typed, origin.at) if on_paper else changes.tell,
        **_by(origin) | {"at": min(crossed_at, origin.at)},
        status=Status(content.outcome),
        refusal_reason=content.refusal or "",
        recorded=Recorded(content.source),
        typed_at=origin.at if on_paper else None,
    )


@projects(entries.CrossingCollected)
def crossing_collected(origin: Origin, content: entries.CrossingCollected) -> None:
    """A crossing that was decided on without any check: never clear, whatever its findings say."""
    if content.inspection.state is State.CLEAR:
        raise JournalError("entry.malformed", kind="crossing.collected", reason="findings")
    _put(
        origin,
        content.inspection,
        **_by(origin),
        status=Status(content.outcome),
        note=content.note,
        recorded=Recorded.COLLECTED,
    )


@projects(entries.CrossingsCounted)
def crossings_counted(origin: Origin, content: entries.CrossingsCounted) -> None:
    """A row for each count. A correction changes the number, and not in whose shift it was written."""
    before = CountOnly.objects.filter(id=content.count).first()
    first = origin.at if before is None else min(before.at, origin.at)
    row = put(
        CountOnly,
        origin,
        content.count,
        day=date.fromisoformat(content.day),
        direction=content.direction,
        number=content.number,
        reason=content.reason,
        since=time.fromisoformat(content.since) if content.since else None,
        until=time.fromisoformat(content.until) if content.until else None,
        about=content.about,
        conveyance=content.conveyance or "",
        note=content.note,
        officer=origin.actor.officer,
        at=first,
        clock=origin.clock,
    )
    if row.at != first:  # what was corrected came after what corrects it
        row.at = first
        row.save()


@projects(entries.CrossingsErased)
def crossings_erased(origin: Origin, content: entries.CrossingsErased) -> None:
    put(
        ErasedCount,
        origin,
        content.count,
        post=content.post,
        day=date.fromisoformat(content.day),
        direction=content.direction,
        status=Status(content.outcome),
        number=content.number,
    )


@projects(entries.CrossingResolved)
def crossing_resolved(origin: Origin, content: entries.CrossingResolved) -> None:
    open_hits = content.open_hits
    receipt = _receipt(origin) if content.outcome is entries.Outcome.ADMITTED else {}
    amend_then(
        Crossing,
        origin,
        content.crossing,
        changes.tell,
        status=Status(content.outcome),
        refusal_reason=content.refusal or "",
        admission_reason=content.admission or "",
        handed_to=content.handed_to or "",
        open_hits=[str(hit) for hit in open_hits.hits] if open_hits else [],
        open_hit_reason=open_hits.reason if open_hits else "",
        note=content.note,
        resolved_by=origin.actor.officer,
        resolved_at=origin.at,
        clock=origin.clock,
        **receipt,
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
        officer=origin.actor.officer,
        published_at=origin.at,
        clock=origin.clock,
    )


def _typed(at: datetime, before: Crossing | None, after: Crossing) -> None:
    """A correction does not carry a line into the shift of whoever corrects it, as of a count."""
    first = min(at, (before and before.typed_at) or at)
    if after.typed_at != first:
        after.typed_at = first
        Crossing.objects.filter(id=after.id).update(typed_at=first)
    changes.tell(before, after)


def _put(
    origin: Origin,
    inspection: Inspection,
    then: Then[Crossing] = changes.tell,
    *,
    at: datetime,
    **values: Any,
) -> None:
    day = timezone.localdate(at)
    values |= _columns(inspection) | {"at": at, "day": day, "clock": origin.clock}
    values["age_group"] = age_group(inspection.traveller.birth, day) or ""
    put_then(Crossing, origin, inspection.id, then, **values)


def _by(origin: Origin) -> dict[str, Any]:
    return {"officer": origin.actor.officer, "role": origin.actor.role, "at": origin.at}


def _receipt(origin: Origin) -> dict[str, Any]:
    """The place of the decision to let cross: the number of the receipt is made of it."""
    return {"receipt_epoch": origin.epoch, "receipt_sequence": origin.sequence}


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
        "sound_key": sound_key(traveller.name),
        "birth": traveller.birth.text() if traveller.birth else "",
        "sex": traveller.sex if traveller.sex in _SEXES else "",
        "nationality": _state_code(traveller.nationality),
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
        "conveyance_id": inspection.conveyance_id,
        "stay_rule": stay.rule if stay else "",
        "stay_until": date.fromisoformat(stay.until) if stay and stay.until else None,
        "inspection": msgspec.msgpack.encode(inspection),
    }


def _state_code(text: str) -> str:
    """What may be one; else "", as where it is not known. The inspection keeps what was there."""
    return text if _STATE_CODE.fullmatch(text) else ""
