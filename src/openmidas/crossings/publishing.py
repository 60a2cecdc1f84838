"""At the HQ: publishing the rules of stay that the posts work by."""

from __future__ import annotations

from django.db import transaction

from openmidas.crossings.entries import RulesPublished
from openmidas.crossings.rules import RuleSet, read_rules
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.services import record


@transaction.atomic
def publish_rules(text: str, *, actor: Actor) -> RuleSet:
    """Publish a rules file (TOML) to all posts. Raises `RulesError`; nothing is published then."""
    rules = read_rules(text)
    record(RulesPublished(edition=new_id(), rules=rules), actor=actor)
    return rules
