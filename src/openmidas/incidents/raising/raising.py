"""Raising an incident by a rule: once for each cause, whoever asks how often."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid5

import msgspec
from django.db import transaction

from openmidas.incidents import linking
from openmidas.incidents.entries import IncidentRaised, Told
from openmidas.incidents.linking import Links
from openmidas.incidents.models import Incident
from openmidas.incidents.raising.remembering import remember, remembered
from openmidas.incidents.rules import Rule
from openmidas.incidents.services import alert_of, checked
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record_all

CAUSES = UUID("6f5c2a52-0f0d-5d0e-9a44-3f3f6c0c9a10")
"""The name space of causes: any constant would do, as long as it stays."""


class Cause(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule saw. ``key``: what makes it one cause and no other; ``post``: about which post.

    ``said``: what is told of it, see `incidents.wording`; ``links``: what it has to do with;
    ``counted``: who was counted for it, and is counted for no other once it is erased.
    """

    key: tuple[str, ...]
    post: UUID
    said: dict[str, str]
    told: Told = Told()
    links: Links = Links()
    counted: tuple[str, ...] = ()


@transaction.atomic
def raise_once(code: str, rule: Rule, cause: Cause, *, edition: str) -> UUID | None:
    """Raise an incident for a cause; which one, None where it was raised before.

    ``edition``: of the rules that ``rule`` was taken from: others may be in use by now.
    """
    id = cause_id(code, cause.key)
    # The row is made with the entry, in this transaction: what is not here was not written, or is erased.
    if Incident.objects.filter(id=id).exists() or remembered(code, [cause.key]):
        return None
    raised = checked(
        IncidentRaised(
            incident=id,
            rule=code,
            edition=edition,
            kind=rule.kind,
            severity=rule.severity,
            post=cause.post,
            cause=cause.said,
            told=cause.told,
        )
    )
    record_all([raised, *alert_of(raised), *linking.linked(id, cause.links)], actor=Actor())
    remember(code, [cause.key, *((one,) for one in cause.counted)])
    return id


def cause_id(code: str, key: Iterable[str], node: UUID | None = None) -> UUID:
    """The incident of a cause: the same at each try, and another at each node (None: this one)."""
    return uuid5(CAUSES, "\n".join((str(node or this_node().id), code, *key)))


def open_of(code: str, post: UUID) -> list[Incident]:
    """The open incidents that this node raised about a post by a rule."""
    found = Incident.objects.filter(rule=code, post=post, node=this_node().id, open=True)
    return list(found.order_by("at", "id"))
