"""Who may do what with declarations."""

from __future__ import annotations

from openmidas.journal import NodeKind
from openmidas.posts.access import allow
from openmidas.posts.roles import Role

at_the_post = allow(Role.PRIMARY, Role.SECOND_LINE, Role.HEAD_OF_POST, at=NodeKind.POST)
headquarters = allow(Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)
