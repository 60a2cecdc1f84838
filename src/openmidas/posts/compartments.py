"""Compartments: files that only their members read, whatever role others hold.

A role opens a page, a compartment opens what stands there. The administrators of the HQ say who is in
one; each opening and each taking back is an entry. Nobody lets themselves in.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.services import node_day, record
from openmidas.posts.entries import Compartment, CompartmentClosed, CompartmentOpened
from openmidas.posts.mandate import Mandate, hold_journal, mandate_of
from openmidas.posts.models import CompartmentMember, Officer
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.standing import hq_nodes

SILENT = frozenset({Compartment.TRAFFICKING, Compartment.ASYLUM, Compartment.MEDICAL})
"""Those whose bare name tells what befell somebody: others are not told it either."""
MEMBERS = frozenset(
    {Role.SECOND_LINE, Role.HEAD_OF_POST, Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT}
)
"""Who can be in one: the roles that have the pages of such files."""


def memberships() -> QuerySet[CompartmentMember]:
    """Those in force today, as the HQ says."""
    return CompartmentMember.objects.filter(
        Q(until=None) | Q(until__gte=node_day()), closed_at=None, node__in=hq_nodes()
    )


def compartments_of(officer: Officer) -> frozenset[Compartment]:
    """The compartments that an officer is in today."""
    held = memberships().filter(officer=officer.id).values_list("compartment", flat=True)
    return frozenset(Compartment(code) for code in held if code in set(Compartment))


@transaction.atomic
def let_in(
    actor: Actor,
    officer: UUID,
    compartment: Compartment,
    *,
    membership: UUID | None = None,
    until: date | None = None,
) -> None:
    """At the HQ: let an officer read what a compartment holds. The same membership again does nothing.

    ``until``: the last day. Raises `Refused`: ``mandate.missing``, ``officer.unknown``,
    ``officer.self``, ``compartment.role`` (of another role), ``compartment.past``,
    ``compartment.inside`` (is in it already).
    """
    mandate = _mandate_at_hq(actor)
    id = membership or new_id()
    if CompartmentMember.objects.filter(id=id).exists():
        return
    known = _officer(officer)
    mandate.check_not_self(known)
    if not known.has_role(*MEMBERS):
        raise Refused("compartment.role")
    if until is not None and until < node_day():
        raise Refused("compartment.past")
    if compartment in compartments_of(known):
        raise Refused("compartment.inside")
    content = CompartmentOpened(
        membership=id,
        officer=known.id,
        compartment=compartment,
        until=until.isoformat() if until else None,
    )
    record(content, actor=actor, audience=mandate.audience(known.post))


@transaction.atomic
def shut_out(actor: Actor, membership: UUID) -> None:
    """At the HQ: take a membership back, at once; one that is taken back already stays so.

    Raises `Refused`: ``mandate.missing``, ``compartment.unknown``.
    """
    mandate = _mandate_at_hq(actor)
    row = CompartmentMember.objects.filter(id=membership, node=mandate.node).first()
    if row is None:
        raise Refused("compartment.unknown")
    if row.closed_at is not None:
        return
    content = CompartmentClosed(membership=row.id, officer=row.officer)
    record(content, actor=actor, audience=mandate.audience(_officer(row.officer).post))


def who_may_be_in(officers: Iterable[Officer]) -> list[Officer]:
    """Those of these officers whose role has the pages of such files."""
    return [officer for officer in officers if officer.has_role(*MEMBERS)]


def _mandate_at_hq(actor: Actor) -> Mandate:
    hold_journal()
    mandate = mandate_of(actor)
    if not mandate.at_hq:
        raise Refused("mandate.missing")
    return mandate


def _officer(officer: UUID) -> Officer:
    known = Officer.objects.filter(id=officer).first()
    if known is None:
        raise Refused("officer.unknown")
    return known
