"""Who may do what to whom: the administrator at the HQ, the head of post at the own post.

A head of post acts without the link, hence within limits that the HQ can trust blindly: own post,
roles of the lanes, 14 days. The journal itself reports it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from openmidas.journal import TO_HQ, Actor, Audience, to_posts
from openmidas.journal.store import lock_journal
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time
from openmidas.posts.models import Officer
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import HEAD_MAY_GIVE, HQ_ROLES, POST_LIMIT, POST_ROLES, Role
from openmidas.posts.standing import may_sign_in, other_administrators


class Mandate(msgspec.Struct, frozen=True):
    """What somebody may do about officers. ``officer`` None: the node's own command line."""

    at_hq: bool
    node: UUID
    officer: UUID | None

    def roles_for(self, post: UUID) -> frozenset[Role]:
        """The roles that may be given to officers of this node."""
        if not self.at_hq:
            return HEAD_MAY_GIVE
        return HQ_ROLES if post == self.node else POST_ROLES

    def limit(self) -> datetime | None:
        """Until when what is done under this mandate is valid."""
        return None if self.at_hq else node_time() + POST_LIMIT

    def audience(self, post: UUID) -> Audience:
        """Who gets the entry: the officer's post and the HQ, and no other post."""
        return TO_HQ if post == self.node else to_posts([post])

    def check_post(self, post: UUID) -> None:
        """Raises `Refused` ``post.not_yours`` when the mandate does not reach to that post."""
        if not self.at_hq and post != self.node:
            raise Refused("post.not_yours")

    def check_not_self(self, officer: Officer) -> None:
        """Nobody gives themselves roles or lifts their own suspension. Raises ``officer.self``."""
        if officer.id == self.officer:
            raise Refused("officer.self")

    def check_owned(self, officer: Officer) -> None:
        """Only who enrolled an officer changes the enrolment. Raises `Refused`."""
        if officer.node != self.node:
            raise Refused("officer.owned_by_post" if self.at_hq else "officer.owned_by_hq")

    def check_roles(self, post: UUID, roles: frozenset[Role]) -> None:
        """Raises `Refused` ``roles.missing`` or ``roles.not_yours``."""
        if not roles:
            raise Refused("roles.missing")
        if not roles <= self.roles_for(post):
            raise Refused("roles.not_yours")


def mandate_of(actor: Actor) -> Mandate:
    """What this actor may do about officers. Raises `Refused` ``mandate.missing``."""
    node = this_node()
    if actor.officer is not None:
        needed = Role.ADMINISTRATOR if node.is_hq else Role.HEAD_OF_POST
        officer = Officer.objects.filter(id=actor.officer).first()
        if officer is None or not officer.has_role(needed) or not may_sign_in(officer):
            raise Refused("mandate.missing")
    return Mandate(node.is_hq, node.id, actor.officer)


def hold_journal() -> None:
    """Hold this node's journal until the transaction ends: what is checked stays true meanwhile."""
    node = this_node()
    lock_journal(node.id, node.epoch)


def keep_an_administrator(officer: Officer) -> None:
    """Raises `Refused` ``administrator.last`` if nobody could administer without this officer."""
    if officer.has_role(Role.ADMINISTRATOR) and not other_administrators(officer):
        raise Refused("administrator.last")
