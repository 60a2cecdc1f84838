"""Who may do what with displacements. No page of them names anybody."""

from __future__ import annotations

from openmidas.journal import NodeKind
from openmidas.posts.access import allow
from openmidas.posts.roles import Role

anybody = allow(Role.PRIMARY, Role.SECOND_LINE, Role.HEAD_OF_POST, at=NodeKind.POST)
"""Whoever works at a post counts, and says who was counted before."""
interview_room = allow(Role.SECOND_LINE, Role.HEAD_OF_POST, at=NodeKind.POST)
headquarters = allow(Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)
