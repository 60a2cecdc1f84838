"""Who may do what with incidents, and which of them an officer may open."""

from __future__ import annotations

from uuid import UUID, uuid5

from openmidas.incidents.entries import IncidentKind
from openmidas.incidents.models import Incident
from openmidas.incidents.overview import all_here
from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.posts.access import allow
from openmidas.posts.compartments import compartments_of
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role

READS_ALL = (Role.SECOND_LINE, Role.HEAD_OF_POST)
anybody = allow(*READS_ALL, Role.PRIMARY, at=NodeKind.POST)
"""Whoever works at a post may report, and go on with what they reported."""
interview_room = allow(*READS_ALL, at=NodeKind.POST)
headquarters = allow(Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)
administrators = allow(Role.ADMINISTRATOR, at=NodeKind.HQ)
commenters = allow(Role.HQ_ANALYST, Role.ADMINISTRATOR, at=NodeKind.HQ)


def reporter(officer: Officer) -> UUID | None:
    """Whose incidents the officer may open: their own; None is everybody's."""
    return None if officer.has_role(*READS_ALL) else officer.id


def may_name(officer: Officer, row: Incident) -> bool:
    """Whether the officer is told which crossings an incident has to do with.

    Far from the post, that somebody's crossing stands in an incident about health tells of their
    illness: the medical compartment is told, and nobody else.
    """
    if not this_node().is_hq or row.kind != IncidentKind.HEALTH:
        return True
    return Compartment.MEDICAL in compartments_of(officer)


def readable(officer: Officer, id: UUID) -> Incident | None:
    """The incident, where it is one of this post that the officer may open."""
    return all_here(reporter(officer)).filter(id=id).first()


def pictures_of_incident(id: UUID) -> UUID:
    """What the pictures of an incident are about, and what is kept open of it.

    Not the bare id: a form may bring that of a crossing, whose pictures are the second line's.
    """
    return uuid5(id, "pictures of incident")
