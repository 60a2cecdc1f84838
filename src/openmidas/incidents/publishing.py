"""The rules that raise incidents: publishing them at the HQ, and those in use at a node."""

from __future__ import annotations

from django.db import transaction

from openmidas.incidents.models import PublishedIncidentRules
from openmidas.incidents.rule_entries import IncidentRulesPublished
from openmidas.incidents.rules import IncidentRulesError, Rules, read_rules, shipped_rules
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.services import record


@transaction.atomic
def publish_incident_rules(text: str, *, actor: Actor) -> Rules:
    """Publish a file of rules (TOML) to all posts. Raises `IncidentRulesError`; nothing is published
    then."""
    rules = read_new(text)
    record(IncidentRulesPublished(publication=new_id(), rules=rules), actor=actor)
    return rules


def read_new(text: str) -> Rules:
    """Rules that can be published. Raises `IncidentRulesError`, also where other rules have their edition.

    An edition stands in every incident that its rules raised: it must mean the same for good.
    """
    rules = read_rules(text)
    published = PublishedIncidentRules.objects.filter(edition=rules.edition)
    known = [shipped_rules(), *(row.said() for row in published)]
    if any(one.edition == rules.edition and one != rules for one in known):
        raise IncidentRulesError("taken", edition=rules.edition)
    return rules


def published_rules() -> PublishedIncidentRules | None:
    """What was published last; None where nothing was, and the program's own rules are in use."""
    return PublishedIncidentRules.objects.order_by("-clock", "-id").first()


def rules_in_use() -> Rules:
    """The newest published rules, else those that the program brings."""
    row = published_rules()
    return shipped_rules() if row is None else row.said()
