"""What a document reader tells, whatever its maker: the interface behind which each kind of reader stands.

An adapter is any object with `events`. It looks after its device by itself: waits while it is unplugged,
opens it again, and says so. Whoever has a maker's kit writes one of these, and nothing else.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from enum import StrEnum
from typing import Protocol

import msgspec


class Why(StrEnum):
    """Why a reader is not there."""

    UNPLUGGED = "unplugged"
    BUSY = "busy"
    """Another program holds it."""
    NOT_ALLOWED = "not_allowed"
    """The account may not open it."""
    FAILED = "failed"
    """It answers with an error of its own."""


class There(msgspec.Struct, frozen=True):
    """The reader is plugged in and listened to. ``name``: for people, as the technician knows it."""

    name: str


class Gone(msgspec.Struct, frozen=True):
    """The reader is not there, and what it does now is lost."""

    why: Why


class Read(msgspec.Struct, frozen=True):
    """A document was read: its lines as the reader sent them, which `find_mrz` looks through."""

    text: str


Event = There | Gone | Read


class Adapter(Protocol):
    """A reader of one kind."""

    def events(self) -> AsyncGenerator[Event, None]:
        """What happens at the reader, in order, as long as it is iterated.

        Never raises for what a device does: that is `Gone`, and then it is tried again. It ends only where
        nothing can come any more; closing the iterator lets go of the device.
        """
        ...
