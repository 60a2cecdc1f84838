"""What a document reader tells, whatever its maker: the interface behind which each kind of reader stands.

An adapter is any object with `events`. It looks after its device by itself: waits while it is unplugged,
opens it again, and says so. Whoever has a maker's kit writes one of these, and nothing else.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
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
    NO_SERVICE = "no_service"
    """The system's service for chip readers does not answer."""


class There(msgspec.Struct, frozen=True):
    """The reader is plugged in and listened to. ``name``: for people, as the technician knows it."""

    name: str


class Gone(msgspec.Struct, frozen=True):
    """The reader is not there, and what it does now is lost."""

    why: Why


class Read(msgspec.Struct, frozen=True):
    """A document was read: its lines as the reader sent them, which `find_mrz` looks through."""

    text: str


class Held(Protocol):
    """A connection with a chip."""

    def __call__(self, command: bytes, /) -> bytes:
        """Carry a command there and its answer back.

        Raises `TimeoutError` where no answer comes, and another `OSError` where the chip is gone.
        """
        ...

    def close(self) -> None:
        """Let the chip go, so that it begins anew with the next connection."""
        ...


class Laid(msgspec.Struct, frozen=True):
    """A document with a chip lies on the reader.

    ``connect`` makes a connection, from another thread; it raises `Unreadable` where there is none to be had.
    """

    connect: Callable[[], Held]


class Lifted(msgspec.Struct, frozen=True):
    """The document with the chip was taken away."""


Event = There | Gone | Read | Laid | Lifted


class Adapter(Protocol):
    """A reader of one kind."""

    def events(self) -> AsyncGenerator[Event, None]:
        """What happens at the reader, in order, as long as it is iterated.

        Never raises for what a device does: that is `Gone`, and then it is tried again. It ends only where
        nothing can come any more; closing the iterator lets go of the device.
        """
        ...
