"""Who may do what with border residents."""

from __future__ import annotations

from openmidas.journal import NodeKind
from openmidas.posts.access import allow
from openmidas.posts.roles import Role

at_the_post = allow(Role.PRIMARY, Role.SECOND_LINE, Role.HEAD_OF_POST, at=NodeKind.POST)
"""Whoever works at a post sees who is registered there, and registers."""
lane = allow(Role.PRIMARY, at=NodeKind.POST)
head = allow(Role.HEAD_OF_POST, at=NodeKind.POST)
"""A card ends, or holds for longer, by the head of post alone."""
headquarters = allow(Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)
