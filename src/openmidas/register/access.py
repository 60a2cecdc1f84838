"""Who may do what with the post's book, and which of its shifts an officer may open."""

from __future__ import annotations

from uuid import UUID

from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.posts.access import allow
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role
from openmidas.register.models import Shift

anybody = allow(Role.HEAD_OF_POST, Role.SECOND_LINE, Role.PRIMARY, at=NodeKind.POST)
"""Whoever works at a post sees who is on duty, opens a shift, and writes into the book; which of them end
it, `services.may_end` says."""
head_of_post = allow(Role.HEAD_OF_POST, at=NodeKind.POST)
headquarters = allow(Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)


def readable(officer: Officer, id: UUID) -> Shift | None:
    """The shift, where the officer may open it: the head of post all of them; others those that they
    worked in, the one on duty, and the last that ended, whose hand-over whoever comes next reads."""
    here = Shift.objects.filter(node=this_node().id)
    row = here.filter(id=id).first()
    if row is None or row.until is None or officer.has_role(Role.HEAD_OF_POST):
        return row
    took_part = any(one.officer == officer.id for one in row.members())
    if took_part or officer.id in (row.opened_by, row.closed_by):
        return row
    last = here.exclude(until=None).order_by("-until", "-id").first()
    return row if last is not None and last.id == row.id else None
