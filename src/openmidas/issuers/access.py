"""Who may look at the certificates of States, and who says which are trusted."""

from __future__ import annotations

from openmidas.issuers.people import KEEPER
from openmidas.journal import NodeKind
from openmidas.posts.access import allow
from openmidas.posts.roles import Role

keepers_only = allow(KEEPER, at=NodeKind.HQ)
headquarters = allow(KEEPER, Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)
anybody = allow(Role.PRIMARY, Role.SECOND_LINE, Role.HEAD_OF_POST, at=NodeKind.POST)
"""Whoever works at a post sees whose documents can be checked there."""
