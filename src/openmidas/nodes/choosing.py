"""How people choose what to erase: each room adds the ways that it knows to ``midas journal erase``.

A place can always be named. A room above knows more, which entries are about a crossing::

    @chooses(_declare)
    def about_crossing(options: argparse.Namespace) -> list[EntryPlace]: ...
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import msgspec

from openmidas.nodes.erasing import EntryPlace

Declare = Callable[[argparse.ArgumentParser], None]
Choose = Callable[[argparse.Namespace], list[EntryPlace]]


class Way(msgspec.Struct, frozen=True):
    """``declare`` adds its options; ``choose`` gives the places for what was typed, none if it was not."""

    declare: Declare
    choose: Choose


_ways: list[Way] = []


def chooses(declare: Declare) -> Callable[[Choose], Choose]:
    """Declare a way to choose what to erase. It raises `CommandFailed` for what cannot be found."""

    def register(choose: Choose) -> Choose:
        _ways.append(Way(declare, choose))
        return choose

    return register


def ways() -> list[Way]:
    """All ways of all rooms."""
    return list(_ways)
