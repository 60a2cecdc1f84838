"""Why somebody is listed, and what is asked of whoever meets them: closed sets, with their codes.

The categories follow INTERPOL's notices by colour, and the alerts of the Schengen Information System
(Regulations (EU) 2018/1861 and 2018/1862). How long a listing may stand before somebody must look at it
again follows the latter's articles 53 and 54; a State that wants it shorter sets an earlier day.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec


class Category(StrEnum):
    """Why a person or a document is listed. Closed: what fits none is not for a border list."""

    ARREST = "arrest"
    SANCTION = "sanction"
    MISSING = "missing"
    CHILD_AT_RISK = "child_at_risk"
    JUDICIAL = "judicial"
    EXIT_BAN = "exit_ban"
    ENTRY_BAN = "entry_ban"
    WARNING = "warning"
    OBSERVE = "observe"
    DOCUMENT = "document"
    HEALTH = "health"


class Action(StrEnum):
    """What is asked of the post that meets a listing; from the strictest to the mildest."""

    CALL_HQ = "call_hq"
    SECOND_LINE = "second_line"
    INFORM = "inform"


class About(msgspec.Struct, frozen=True, kw_only=True):
    """A category. ``notice``: what INTERPOL and SIS call it; ``most_days``: until it is looked at again."""

    notice: str
    most_days: int
    action: Action = Action.SECOND_LINE
    discreet: bool = False


CATEGORIES: Mapping[Category, About] = {
    Category.ARREST: About(notice="INTERPOL red; SIS 26", most_days=5 * 365, action=Action.CALL_HQ),
    Category.SANCTION: About(
        notice="INTERPOL-UNSC special", most_days=3 * 365, action=Action.CALL_HQ
    ),
    Category.MISSING: About(notice="INTERPOL yellow; SIS 32(1)(a)", most_days=5 * 365),
    Category.CHILD_AT_RISK: About(notice="INTERPOL yellow; SIS 32(1)(c)", most_days=365),
    Category.JUDICIAL: About(notice="INTERPOL blue; SIS 34", most_days=3 * 365),
    Category.EXIT_BAN: About(notice="–", most_days=365),
    Category.ENTRY_BAN: About(notice="SIS 24", most_days=3 * 365),
    Category.WARNING: About(notice="INTERPOL green, orange", most_days=3 * 365),
    Category.OBSERVE: About(
        notice="INTERPOL blue; SIS 36", most_days=365, action=Action.INFORM, discreet=True
    ),
    Category.DOCUMENT: About(notice="INTERPOL SLTD; SIS 38", most_days=10 * 365),
    Category.HEALTH: About(notice="IHR 2005, 23 and 31", most_days=30),
}

CODES: Mapping[Action, str] = {
    Action.CALL_HQ: "11",
    Action.SECOND_LINE: "12",
    Action.INFORM: "13",
}
"""What the primary line is told, and all of it."""


def code_of(action: Action, *, discreet: bool) -> str:
    """The code that the primary line sees; empty: it sees nothing.

    A discreet listing that wants more than a note has the most ordinary code: nobody can tell it from
    any other referral, and the second line reads what is asked.
    """
    if not discreet:
        return CODES[action]
    return "" if action is Action.INFORM else CODES[Action.SECOND_LINE]
