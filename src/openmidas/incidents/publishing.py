"""The rules that raise incidents: publishing them at the HQ, and those in use at a node."""

from __future__ import annotations

import msgspec
from django.db import transaction

from openmidas.incidents.models import PublishedIncidentRules
from openmidas.incidents.rule_entries import IncidentRulesPublished
from openmidas.incidents.rules import (
    IncidentRulesError,
    Rules,
    read_rules,
    shipped_rules,
    unknown_names,
)
from openmidas.journal import Actor
from openmidas.journal.entry import decode_body
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.services import record

KIND = "incident_rules.published"


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


def not_loaded() -> list[Quarantined]:
    """The published rules that this version of the program cannot read: set aside until its upgrade."""
    return list(Quarantined.objects.filter(kind=KIND).order_by("since", "entry"))


def passed_over(published: PublishedIncidentRules) -> list[str]:
    """The names in published rules that this version of the program does not know, and does not act on."""
    for row in JournalEntry.objects.filter(kind=KIND, node=published.node).order_by("-id"):
        if row.body is None:
            continue
        said = msgspec.msgpack.decode(decode_body(bytes(row.body)).content)
        if said["publication"] == str(published.id):
            return unknown_names(said["rules"], published.said())
    return []


def rules_in_use() -> Rules:
    """The newest published rules, else those that the program brings."""
    row = published_rules()
    return shipped_rules() if row is None else row.said()
