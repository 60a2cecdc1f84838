"""What travels in a stream: short records, each behind its length, in both directions at once.

A post brings frames of its journal; the HQ tells of each how far it holds the journal now. Nothing is
said twice that the other side knows: a receipt names neither node nor hash, because the post knows
of whose journal and by whom it is, and the signature fits only the hash of its own entry there.
Untrusted until read here. Times are milliseconds since 1970 (UTC).
"""

from __future__ import annotations

import struct
from typing import Annotated, Any, TypeVar

import msgspec

from openmidas.exchange.messages import MAX_MESSAGE_BYTES, Code, Formats, Name
from openmidas.journal import JournalError, Place
from openmidas.journal.errors import UNREADABLE
from openmidas.journal.signing import Count, Time

MAX_RECORD_BYTES = MAX_MESSAGE_BYTES
LENGTH_BYTES = 4
_LENGTH = struct.Struct(">I")


class Frame(msgspec.Struct, frozen=True, tag="f", array_like=True):
    """A post brings a frame of its journal. ``waiting``: how many entries it has behind it."""

    raw: bytes
    waiting: Count


class Ahead(msgspec.Struct, frozen=True, tag="a", array_like=True):
    """A post sends one urgent entry ahead of its journal: a frame of its own, signed by itself."""

    raw: bytes


class Ping(msgspec.Struct, frozen=True, tag="p", array_like=True):
    """A post is still there. ``round_trip``: how long its last ping took, 0 if it does not know.

    ``frames``: the formats of frames that it writes, in the first record of a stream.
    """

    time: Time
    round_trip: Time
    frames: Formats = ()


class Received(msgspec.Struct, frozen=True, tag="r", array_like=True):
    """The HQ holds the journal of this epoch up to here: its receipt, without what the post knows."""

    epoch: Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
    sequence: Count
    at: Time
    signature: bytes


class Stopped(msgspec.Struct, frozen=True, tag="s", array_like=True):
    """A frame was not accepted, and the stream is over. ``held``: where the HQ stands, if it says so."""

    code: Code
    params: dict[Name, Name]
    held: Place | None


class Seen(msgspec.Struct, frozen=True, tag="a", array_like=True):
    """The HQ has the entry that was sent ahead, or needs it no more."""


class Passed(msgspec.Struct, frozen=True, tag="u", array_like=True):
    """The HQ does not know such a record and passed over it: the post is newer."""


class Nudge(msgspec.Struct, frozen=True, tag="n", array_like=True):
    """The HQ has something for the post: let it ask."""


class Pong(msgspec.Struct, frozen=True, tag="p", array_like=True):
    """The HQ is still there."""

    time: Time


Brought = Frame | Ahead | Ping
Told = Received | Seen | Stopped | Nudge | Pong | Passed
_LETTERS = frozenset("faprsnu")
"""What records begin with, in either direction: from the wrong side one is malformed, not unknown."""

_Record = TypeVar("_Record", Brought, Told)
_brought: msgspec.msgpack.Decoder[Brought] = msgspec.msgpack.Decoder(Frame | Ahead | Ping)
_told: msgspec.msgpack.Decoder[Told] = msgspec.msgpack.Decoder(
    Received | Seen | Stopped | Nudge | Pong | Passed
)


def encode_record(record: Brought | Told) -> bytes:
    """A record as it travels, behind its length."""
    raw = msgspec.msgpack.encode(record)
    return _LENGTH.pack(len(raw)) + raw


def length_of(raw: bytes) -> int:
    """What the four bytes before a record say. Raises `JournalError` ``message.malformed``."""
    (length,) = _LENGTH.unpack(raw)
    if length > MAX_RECORD_BYTES:
        raise JournalError("message.malformed", reason="too long")
    return int(length)


def decode_brought(raw: bytes) -> Brought | None:
    """Read what a post brings; None for a record that this version does not know.

    Raises `JournalError` ``message.malformed``.
    """
    return _decode(raw, _brought)


def decode_told(raw: bytes) -> Told | None:
    """Read what an HQ tells; None for a record that this version does not know.

    Raises `JournalError` ``message.malformed``.
    """
    return _decode(raw, _told)


def _decode(raw: bytes, decoder: msgspec.msgpack.Decoder[_Record]) -> _Record | None:
    try:
        return decoder.decode(raw)
    except UNREADABLE as error:
        if _letter(raw) not in _LETTERS | {""}:
            return None
        raise JournalError("message.malformed", reason=str(error)[:200]) from error


def _letter(raw: bytes) -> str:
    """What a record begins with; empty where it is none."""
    try:
        parts = msgspec.msgpack.decode(raw, type=list[Any])
    except UNREADABLE:
        return ""
    return parts[0] if parts and isinstance(parts[0], str) else ""
