"""Until when complaints are to be answered: data of the State, in days."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta

from openmidas.nodes.identity import this_node
from openmidas.rights.entries import ComplaintKind

NAME = "clock.toml"
OWN = "complaints-clock.toml"

Days = Annotated[int, Meta(ge=1, le=365)]


class Clock(msgspec.Struct, frozen=True, kw_only=True):
    """Days by what a complaint is about."""

    money: Days
    delay: Days
    violence: Days
    discrimination: Days
    lost_document: Days
    other: Days


def clock() -> Clock:
    """The clock of this node: its own file's, or the one that comes with the program.

    Raises `msgspec.DecodeError` where the node's own file cannot be read.
    """
    own = this_node().home.path(OWN)
    text = own.read_bytes() if own.is_file() else (files(__package__) / NAME).read_bytes()
    return msgspec.toml.decode(text, type=Clock)


def due(about: ComplaintKind | None, made: date) -> date:
    """The last day for an answer to a complaint that was made on a day."""
    days: int = getattr(clock(), about or ComplaintKind.OTHER)
    return made + timedelta(days=days)


def longest() -> int:
    """Within how many days every complaint is answered."""
    days: tuple[int, ...] = msgspec.structs.astuple(clock())
    return max(days)
