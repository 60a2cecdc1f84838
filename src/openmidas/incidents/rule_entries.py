"""What the HQ writes of the rules that raise incidents: apart, since the rules name what incidents are."""

from __future__ import annotations

from uuid import UUID

from openmidas.incidents.rules import Rules
from openmidas.journal import TO_STATE, Content, NodeKind, kind


@kind("incident_rules.published", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class IncidentRulesPublished(Content, frozen=True, kw_only=True):
    """The HQ publishes which rules raise incidents, at itself and at its posts."""

    publication: UUID
    rules: Rules
