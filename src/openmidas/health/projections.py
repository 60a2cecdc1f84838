"""From entries on health to rows."""

from __future__ import annotations

import msgspec

from openmidas.health import entries
from openmidas.health.models import HealthAnswer, HealthCheck, PublishedDefinitions
from openmidas.journal.projecting import Origin, projects, put


@projects(entries.DefinitionsPublished)
def definitions_published(origin: Origin, content: entries.DefinitionsPublished) -> None:
    put(
        PublishedDefinitions,
        origin,
        content.edition,
        title=content.definitions.title,
        dated=content.definitions.dated,
        limit_days=content.definitions.limit_days,
        definitions=msgspec.msgpack.encode(content.definitions),
        officer=origin.actor.officer,
        published_at=origin.at,
        clock=origin.clock,
    )


@projects(entries.HealthChecked)
def health_checked(origin: Origin, content: entries.HealthChecked) -> None:
    put(
        HealthCheck,
        origin,
        content.check,
        crossing=content.crossing,
        temperature=content.temperature,
        symptoms=[str(one) for one in content.symptoms],
        contact=content.contact,
        itinerary=msgspec.to_builtins(content.itinerary),
        words=content.words,
        edition=content.edition,
        met=list(content.met),
        officer=origin.actor.officer,
        role=origin.actor.role,
        at=origin.at,
        clock=origin.clock,
    )


@projects(entries.HealthAnswered)
def health_answered(origin: Origin, content: entries.HealthAnswered) -> None:
    put(
        HealthAnswer,
        origin,
        content.answer,
        crossing=content.crossing,
        word=content.word,
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
    )
