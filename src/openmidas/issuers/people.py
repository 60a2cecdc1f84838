"""Who may say whose signatures the State takes: the headquarters' officers for lists."""

from __future__ import annotations

from uuid import UUID

from openmidas.journal import Actor
from openmidas.nodes.commanding import AT_THE_TERMINAL
from openmidas.nodes.identity import this_node
from openmidas.posts.mandate import hold_journal
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.standing import at_work

KEEPER = Role.HQ_LISTS


def keepers() -> set[UUID]:
    """The officers who may propose and approve now."""
    return {officer.id for officer in at_work(KEEPER)}


def bringer(actor: Actor) -> None:
    """Whoever brings in what a trusted State signed: an officer for lists, or who has the machine itself.

    The journal is held from here on. Raises `Refused` ``issuer.nobody``.
    """
    if actor == AT_THE_TERMINAL and this_node().is_hq:
        hold_journal()
        return
    keeper(actor)


def keeper(actor: Actor) -> UUID:
    """The officer who acts, by name; the journal is held from here on.

    Two commands of a machine, or two tokens, would be one pair of eyes. Raises `Refused` ``issuer.nobody``.
    """
    hold_journal()
    if not this_node().is_hq or actor.officer is None or actor.officer not in keepers():
        raise Refused("issuer.nobody")
    return actor.officer
