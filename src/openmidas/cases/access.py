"""Who may work in the interview room."""

from __future__ import annotations

from openmidas.journal import NodeKind
from openmidas.posts.access import allow
from openmidas.posts.roles import Role

interview_room = allow(Role.SECOND_LINE, Role.HEAD_OF_POST, at=NodeKind.POST)
