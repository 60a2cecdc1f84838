"""The roles that officers hold. What each may do stands beside each page (`posts.access`)."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Role(StrEnum):
    """A role; an officer may hold several."""

    PRIMARY = "primary"
    SECOND_LINE = "second_line"
    HEAD_OF_POST = "head_of_post"
    HQ_ANALYST = "hq_analyst"
    HQ_LISTS = "hq_lists"
    ADMINISTRATOR = "administrator"
    OVERSIGHT = "oversight"


POST_ROLES = frozenset({Role.PRIMARY, Role.SECOND_LINE, Role.HEAD_OF_POST})
HQ_ROLES = frozenset({Role.HQ_ANALYST, Role.HQ_LISTS, Role.ADMINISTRATOR, Role.OVERSIGHT})
QUARANTINE_READERS = (Role.ADMINISTRATOR, Role.OVERSIGHT)
HEAD_MAY_GIVE = frozenset({Role.PRIMARY, Role.SECOND_LINE})
POST_LIMIT = timedelta(days=14)
"""How long what a head of post does without the HQ is valid: enrolments and suspensions."""
