"""Whether an officer may work: what the HQ says, and what the officer's own post says meanwhile.

Any node can write any kind it is authorised for, so whose word counts is decided here: an officer
is enrolled, suspended and reset by the HQ or by the officer's own post, and by nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from openmidas.journal import NodeKind
from openmidas.journal.models import Journal
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time
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


def suspensions_of(officers: Iterable[Officer], now: datetime | None = None) -> list[Suspension]:
    """The suspensions of these officers that are in force, made by those who may."""
    posts = {officer.id: officer.post for officer in officers}
    hqs = set(hq_nodes())
    lifted = Reinstatement.objects.filter(
        Q(node=OuterRef("node")) | Q(node__in=hqs), suspension=OuterRef("id")
    )
    made = Suspension.objects.filter(
        Q(until=None) | Q(until__gt=now or node_time()), ~Exists(lifted), officer__in=posts
    )
    return [one for one in made.order_by("at") if one.node in hqs | {posts[one.officer]}]


def confirmed(officers: Iterable[Officer]) -> set[UUID]:
    """Those of these officers whose time limit the HQ has lifted."""
    limited = [officer.id for officer in officers if officer.until is not None]
    kept = Confirmation.objects.filter(id__in=limited, node__in=hq_nodes()) if limited else []
    return {one.id for one in kept}


def limit_of(officer: Officer) -> datetime | None:
    """Until when the officer is enrolled; None is without a limit, or confirmed by the HQ."""
    return None if officer.id in confirmed([officer]) else officer.until


def standings(officers: Sequence[Officer]) -> dict[UUID, Standing]:
    """Whether each officer may work at the node that they belong to."""
    hqs, kept = set(hq_nodes()), confirmed(officers)
    now = node_time()
    suspended = {one.officer for one in suspensions_of(officers, now)}

    def standing(officer: Officer) -> Standing:
        if officer.node != officer.post and officer.node not in hqs:
            return Standing.NOT_VALID
        limit = None if officer.id in kept else officer.until
        if limit is not None and limit <= now:
            return Standing.EXPIRED
        return Standing.SUSPENDED if officer.id in suspended else Standing.ACTIVE

    return {officer.id: standing(officer) for officer in officers}


def standing_of(officer: Officer) -> Standing:
    """Whether the officer may work at the node that they belong to."""
    return standings([officer])[officer.id]


def may_sign_in(officer: Officer) -> bool:
    """Whether the officer works at this node and may do so now."""
    return officer.post == this_node().id and standing_of(officer) is Standing.ACTIVE


def at_work(role: Role) -> list[Officer]:
    """The officers of this node with a role who may sign in, by name."""
    colleagues = Officer.objects.filter(post=this_node().id).order_by("name", "id")
    found = [officer for officer in colleagues if officer.has_role(role)]
    standing = standings(found)
    return [officer for officer in found if standing[officer.id] is Standing.ACTIVE]


def other_administrators(officer: Officer) -> list[Officer]:
    """The administrators of this HQ, without this officer, who may sign in."""
    colleagues = Officer.objects.filter(post=this_node().id).exclude(id=officer.id)
    return [
        colleague
        for colleague in colleagues
        if colleague.has_role(Role.ADMINISTRATOR) and may_sign_in(colleague)
    ]


def officer_names(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The names of officers, as far as this node knows them."""
    wanted = {id for id in ids if id is not None}
    return dict(Officer.objects.filter(id__in=wanted).values_list("id", "name"))
