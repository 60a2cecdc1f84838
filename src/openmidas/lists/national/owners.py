"""Who may do what with a list of the State's own."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from openmidas.journal import Actor
from openmidas.lists.national.models import NationalList
from openmidas.nodes.identity import this_node
from openmidas.posts.mandate import hold_journal
from openmidas.posts.models import Officer
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.standing import at_work

EYES = 2
"""So many persons stand behind a listing."""

READERS = (Role.HQ_ANALYST, Role.OVERSIGHT, Role.HEAD_OF_POST)
"""The roles that an owner may let look into a list. The primary line is never among them."""


def list_officers() -> list[Officer]:
    """Who may sign in at the HQ and works on lists, by name."""
    return at_work(Role.HQ_LISTS)


def owners_of(list: NationalList) -> set[UUID]:
    """The owners who may act now. With none named, or fewer left than it takes, all list officers."""
    here = {officer.id for officer in list_officers()}
    named = here & {UUID(owner) for owner in list.owners}
    return named if len(named) >= EYES else here


def may_read(list: NationalList, officer: Officer) -> bool:
    """Whether an officer of the HQ may look into a list: an owner, or with a role that it names."""
    return officer.id in owners_of(list) or bool(set(list.readers) & set(officer.roles))


def closed_to(officer: Officer) -> set[str]:
    """The codes of the State's own lists that this officer may not look into."""
    return {one.code for one in NationalList.objects.all() if not may_read(one, officer)}


def person(actor: Actor) -> UUID:
    """The officer for lists who acts, by name; the journal is held from here on.

    Two commands of a machine, or two tokens, would be one pair of eyes: nobody acts here but an
    officer who may sign in now. Raises `Refused` ``list.nobody``.
    """
    hold_journal()
    here = {officer.id for officer in list_officers()}
    if not this_node().is_hq or actor.officer is None or actor.officer not in here:
        raise Refused("list.nobody")
    return actor.officer


def check_owner(actor: Actor, list: NationalList) -> UUID:
    """As `person`; raises `Refused` ``list.not_owner`` as well."""
    officer = person(actor)
    if officer not in owners_of(list):
        raise Refused("list.not_owner")
    return officer


def list_of(id: UUID) -> NationalList:
    """A list of this HQ's. Raises `Refused` ``list.unknown``."""
    found = NationalList.objects.filter(id=id, node=this_node().id).first()
    if found is None:
        raise Refused("list.unknown")
    return found


def check_owners(owners: Sequence[UUID]) -> None:
    """None, or at least two who may act. Raises `Refused` ``list.owners``."""
    here = {officer.id for officer in list_officers()}
    if owners and (len(set(owners)) < EYES or not set(owners) <= here):
        raise Refused("list.owners", least=str(EYES))
