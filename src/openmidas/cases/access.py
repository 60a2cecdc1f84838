"""Who may work in the interview room, and which hits an officer of the HQ may hear of."""

from __future__ import annotations

from openmidas.journal import NodeKind
from openmidas.lists.national.models import NationalList
from openmidas.lists.national.owners import may_read
from openmidas.posts.access import allow
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role

interview_room = allow(Role.SECOND_LINE, Role.HEAD_OF_POST, at=NodeKind.POST)


def closed_to(officer: Officer) -> set[str]:
    """The codes of the State's own lists that this officer may not look into."""
    return {one.code for one in NationalList.objects.all() if not may_read(one, officer)}
