"""What rooms above show beside a traveller at the second line, and what keeps one from being refused.

They register themselves::

    register_section(referrals_of)
    register_hold(not_to_be_refused)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from openmidas.crossings.models import Crossing
from openmidas.posts.models import Officer


class Section(msgspec.Struct, frozen=True):
    """A part of the traveller's page: its template, and what that shows to this officer."""

    template: str
    context: Mapping[str, Any]


SectionOf = Callable[[Officer, Crossing], Section]

Hold = Callable[[Crossing], bool]

_sections: list[SectionOf] = []
_holds: list[Hold] = []


def register_section(section: SectionOf) -> None:
    """A higher room has something to show from now on; registering twice does nothing."""
    if section not in _sections:
        _sections.append(section)


def sections_for(officer: Officer, crossing: Crossing) -> list[Section]:
    """All of it, in the order in which it was registered."""
    return [section(officer, crossing) for section in _sections]


def register_hold(hold: Hold) -> None:
    """A higher room knows of travellers whom nobody refuses yet; registering twice does nothing."""
    if hold not in _holds:
        _holds.append(hold)


def may_be_refused(crossing: Crossing) -> bool:
    """Whether nothing in a room above keeps this traveller from being refused."""
    return not any(hold(crossing) for hold in _holds)
