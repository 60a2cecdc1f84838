"""From the residents room's entries to rows."""

from __future__ import annotations

from datetime import date

import msgspec
from django.utils import timezone

from openmidas.crossings.reading import name_key
from openmidas.journal.projecting import Origin, amend, projects, put
from openmidas.residents import entries
from openmidas.residents.models import Resident, ResidentFacts


@projects(entries.ResidentRegistered)
def resident_registered(origin: Origin, content: entries.ResidentRegistered) -> None:
    """The resident, with a card that holds."""
    put(
        Resident,
        origin,
        content.resident,
        number=content.number,
        kind=content.kind,
        person=msgspec.msgpack.encode(content.traveller),
        name=content.traveller.name,
        name_key=name_key(content.traveller.name),
        village=content.village,
        plate=content.plate,
        document=content.document,
        until=date.fromisoformat(content.until),
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )


@projects(entries.ResidentFactsKept)
def resident_facts_kept(origin: Origin, content: entries.ResidentFactsKept) -> None:
    """The questions, apart from the resident: they stay where they were written."""
    put(ResidentFacts, origin, content.resident, facts=msgspec.to_builtins(content.facts))


@projects(entries.ResidentRenewed)
def resident_renewed(origin: Origin, content: entries.ResidentRenewed) -> None:
    """Another last day."""
    until = date.fromisoformat(content.until)
    amend(Resident, origin, content.resident, until=until, clock=origin.clock)


@projects(entries.ResidentRevoked)
def resident_revoked(origin: Origin, content: entries.ResidentRevoked) -> None:
    """The end of the card: nothing that comes before or after it gives it back."""
    amend(
        Resident,
        origin,
        content.resident,
        revoked_on=timezone.localdate(origin.at),
        end=content.end,
        words=content.words,
        revoked_by=origin.actor.officer,
    )
