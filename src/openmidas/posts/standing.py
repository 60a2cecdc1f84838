"""Whether an officer may work: what the HQ says, and what the officer's own post says meanwhile.

Any node can write any kind it is authorised for, so whose word counts is decided here: an officer
is enrolled, suspended and reset by the HQ or by the officer's own post, and by nobody else.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from openmidas.journal import NodeKind
from openmidas.journal.models import Journal
from openmidas.nodes.identity import this_node
from openmidas.posts.models import Confirmation, Officer, Reinstatement, Suspension
from openmidas.posts.roles import Role


class Standing(StrEnum):
    """Whether an officer may sign in at their node, and if not, why."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    NOT_VALID = "not_valid"


def hq_nodes() -> QuerySet[Journal, UUID]:
    """The ids of the HQs whose journals this node has or copies."""
    return Journal.objects.filter(node_kind=NodeKind.HQ).values_list("node", flat=True)


def suspensions_of(officer: Officer) -> QuerySet[Suspension]:
    """The suspensions of an officer that are in force, made by those who may."""
    lifted = Reinstatement.objects.filter(
        Q(node=OuterRef("node")) | Q(node__in=hq_nodes()), suspension=OuterRef("id")
    )
    return Suspension.objects.filter(
        Q(node=officer.post) | Q(node__in=hq_nodes()),
        Q(until=None) | Q(until__gt=timezone.now()),
        ~Exists(lifted),
        officer=officer.id,
    )


def limit_of(officer: Officer) -> datetime | None:
    """Until when the officer is enrolled; None is without a limit, or confirmed by the HQ."""
    if officer.until is None:
        return None
    confirmed = Confirmation.objects.filter(id=officer.id, node__in=hq_nodes())
    return None if confirmed.exists() else officer.until


def standing_of(officer: Officer) -> Standing:
    """Whether the officer may work at the node that they belong to."""
    if officer.node != officer.post and officer.node not in hq_nodes():
        return Standing.NOT_VALID
    limit = limit_of(officer)
    if limit is not None and limit <= timezone.now():
        return Standing.EXPIRED
    if suspensions_of(officer).exists():
        return Standing.SUSPENDED
    return Standing.ACTIVE


def may_sign_in(officer: Officer) -> bool:
    """Whether the officer works at this node and may do so now."""
    return officer.post == this_node().id and standing_of(officer) is Standing.ACTIVE


def other_administrators(officer: Officer) -> list[Officer]:
    """The administrators of this HQ, without this officer, who may sign in."""
    colleagues = Officer.objects.filter(post=this_node().id).exclude(id=officer.id)
    return [
        colleague
        for colleague in colleagues
        if colleague.has_role(Role.ADMINISTRATOR) and may_sign_in(colleague)
    ]
