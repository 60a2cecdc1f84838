"""Alert definitions: publishing them at the HQ, and those in force at a node."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.health.definitions import Definitions, read_definitions
from openmidas.health.entries import DefinitionsPublished
from openmidas.health.models import PublishedDefinitions
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.services import node_day, record


class InForce(msgspec.Struct, frozen=True):
    """The definitions that a node works by. ``stale``: older than their own limit."""

    edition: UUID
    said: Definitions
    stale: bool


@transaction.atomic
def publish_definitions(text: str, *, actor: Actor) -> Definitions:
    """Publish a file of definitions (TOML) to all posts. Raises `DefinitionsError`; nothing is published
    then."""
    said = read_definitions(text, node_day())
    record(DefinitionsPublished(edition=new_id(), definitions=said), actor=actor)
    return said


def in_force() -> InForce | None:
    """The newest definitions here; None where none are published."""
    row = PublishedDefinitions.objects.order_by("-clock", "-id").first()
    if row is None:
        return None
    return InForce(row.id, row.said(), (node_day() - row.dated).days > row.limit_days)


def editions(ids: set[UUID]) -> dict[UUID, Definitions]:
    """What these editions say, as far as they are here."""
    found = PublishedDefinitions.objects.filter(id__in=ids)
    return {row.id: row.said() for row in found}
