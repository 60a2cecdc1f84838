"""What two nodes say to each other.

A post asks, and the HQ answers each message with one of its own. Beside that a post keeps one stream
open, in which it brings what it wrote and hears at once how far the HQ holds it; see
`openmidas.exchange.records`.

Untrusted until read here: everything is typed and bounded. Unknown fields are passed over, so that a
newer node may say more than an older one understands. Times are milliseconds since 1970 (UTC).
"""

from __future__ import annotations

import time
from typing import Annotated, Any, TypeVar
from uuid import UUID

import msgspec

from openmidas.journal import Head, JournalError, Place, Receipt
from openmidas.journal.errors import UNREADABLE
from openmidas.journal.loghead import Epoch, Hash, LogHead
from openmidas.journal.segments import MAX_SEGMENT_BYTES
from openmidas.journal.signing import Count, Succession, Time
from openmidas.journal.witnessed import Version

MAX_MESSAGE_BYTES = MAX_SEGMENT_BYTES + 64 * 1024
"""The most that one message may weigh."""

MOST_PIECE_BYTES = 256 * 1024
"""The most that one piece of an attachment may hold."""

Name = Annotated[str, msgspec.Meta(max_length=200)]
Code = Annotated[str, msgspec.Meta(max_length=64, pattern=r"^[a-z._]*$")]
Few = msgspec.Meta(max_length=64)
Share = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
"""A share from outside for a sealed post, or what shows that somebody may have it."""
Formats = Annotated[tuple[Annotated[int, msgspec.Meta(ge=0, le=255)], ...], Few]
"""Formats of frames that a side knows. None told: the first alone."""


class LogMark(msgspec.Struct, frozen=True):
    """How far a post holds the HQ's log, and when the HQ signed that (0: it holds nothing of it)."""

    epoch: Epoch = 0
    size: Count = 0
    at: Time = 0


class LogNews(msgspec.Struct, frozen=True, kw_only=True):
    """The head of the HQ's log, and what shows that it only grew.

    ``growth``: that the log begins with what the post holds of it; ``leaf``, at ``index``, with
    ``path``: that the post's own journal is in it up to there; ``carried``: the ends of other
    journals, as their writers signed them, for the post to keep.
    """

    head: LogHead
    growth: Annotated[tuple[Hash, ...], Few] = ()
    leaf: Place | None = None
    index: Count = 0
    path: Annotated[tuple[Hash, ...], Few] = ()
    carried: Annotated[tuple[Head, ...], Few] = ()


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a post found to contradict itself: in whose journal or log, and both versions."""

    code: Code
    node: UUID
    ours: Version
    theirs: Version


class Ask(msgspec.Struct, frozen=True, tag="ask", kw_only=True):
    """A post asks for news. ``heads``: of its own journals; ``held``: its receipts for the HQ's.

    ``round_trip``: how long its last exchange took, in milliseconds, 0 if it does not know;
    ``wants``: whether it takes a segment now; ``refused``: the code of why it did not take the last;
    ``troubled``: the code of what is wrong with its own journal. Empty where all is well.
    ``lacks``: where its closed epochs end, those of which the HQ holds more (it was restored);
    ``in_parts``: it takes them in parts, of which only the last is signed (it replaced a machine).
    ``log``: how far it holds the HQ's log; ``carried``: ends of other posts' journals that it was
    given to keep; ``contradictions``: what it has found and not yet told; ``share``: which share of a
    sealed post the HQ keeps, for its lease to be renewed; ``frames``: the formats of frames that it
    reads.
    """

    time: Time
    round_trip: Time
    heads: Annotated[tuple[Head, ...], Few]
    held: Annotated[tuple[Receipt, ...], Few]
    wants: bool = True
    refused: Code = ""
    troubled: Code = ""
    lacks: Annotated[tuple[Place, ...], Few] = ()
    in_parts: bool = False
    log: LogMark | None = None
    carried: Annotated[tuple[Head, ...], Few] = ()
    contradictions: Annotated[tuple[Told, ...], Few] = ()
    share: UUID | None = None
    frames: Formats = ()


class Deposit(msgspec.Struct, frozen=True, tag="deposit", kw_only=True):
    """A post that is being sealed gives the HQ a share to keep, ``id``.

    ``proof``: by which the HQ knows a `Release`; see `openmidas.nodes.sealing.wrapping`.
    """

    time: Count
    id: UUID
    share: Share
    proof: Share


class Release(msgspec.Struct, frozen=True, tag="release", kw_only=True):
    """A sealed post asks for its share. ``release``: what only enough officers' phrases give."""

    time: Count
    id: UUID
    release: Share


class Return(msgspec.Struct, frozen=True, tag="return", kw_only=True):
    """A post gives back a run of the HQ's own journal, of an epoch that the HQ has closed."""

    time: Time
    segment: bytes


class Fetch(msgspec.Struct, frozen=True, tag="fetch", kw_only=True):
    """A post asks for a run of the bytes of an attachment that an entry named, no longer than ``room``.

    ``packing``: the hash of the packing that it has begun with, of which it has ``start`` bytes. Where
    it has begun with none, it is empty, and ``bases`` are attachments that it has.
    """

    time: Count
    attachment: Hash
    room: Annotated[int, msgspec.Meta(ge=1, le=MOST_PIECE_BYTES)]
    bases: Annotated[tuple[Hash, ...], Few] = ()
    packing: Hash | None = None
    start: Count = 0


class News(msgspec.Struct, frozen=True, tag="news", kw_only=True):
    """The HQ's answer to `Ask`: how far it holds the post's journals, and the next of its own.

    ``waiting``: how many entries it still has for the post after these segments; ``successions``: its
    later epochs, while the post holds nothing of the last; ``lacks``: places of its closed epochs
    after which the post may hold more than it does; ``returned``: runs of the post's own journal;
    ``log``: of the HQ's log, now and then, to a post that asked for it; ``lease``: for how many seconds
    from now a sealed post may be read, 0 where the HQ does not renew that.
    """

    time: Time
    receipts: Annotated[tuple[Receipt, ...], Few]
    segments: Annotated[tuple[bytes, ...], Few]
    waiting: Count
    successions: Annotated[tuple[Succession, ...], Few] = ()
    lacks: Annotated[tuple[Place, ...], Few] = ()
    returned: Annotated[tuple[bytes, ...], Few] = ()
    log: LogNews | None = None
    lease: Count = 0


class Leased(msgspec.Struct, frozen=True, tag="leased", kw_only=True):
    """The answer to `Deposit` and `Release`: the share is kept, or here it is.

    ``lease``: for how many seconds from now the post may be read.
    """

    time: Count
    lease: Count
    share: Share | None = None


class Piece(msgspec.Struct, frozen=True, tag="piece", kw_only=True):
    """The HQ's answer to `Fetch`: bytes of a packing from ``start`` on; ``length``: of all of it.

    The packing is the one that was asked for, if the HQ still has it; otherwise another one, from its
    first byte. ``base``: the attachment that it builds on, if any.
    """

    time: Count
    packing: Hash
    base: Hash | None
    length: Count
    start: Count
    data: Annotated[bytes, msgspec.Meta(min_length=1, max_length=MOST_PIECE_BYTES)]


class Noted(msgspec.Struct, frozen=True, tag="noted", kw_only=True):
    """What was given back is taken. ``entries``: how many of them were lacking."""

    time: Time
    entries: Count


class Refusal(msgspec.Struct, frozen=True, tag="refusal", kw_only=True):
    """A message was not accepted. ``held``: where the other side stands in the journal concerned."""

    time: Time
    code: Code
    params: dict[Name, Name] = {}
    held: Place | None = None


Question = Ask | Return | Deposit | Release | Fetch
Answer = News | Noted | Leased | Piece | Refusal
JournalId = tuple[UUID, int]
"""A node and one epoch of its journal."""

_Message = TypeVar("_Message", Question, Answer)


def now() -> int:
    """What this machine's clock says, in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def encode(message: Question | Answer) -> bytes:
    """A message as it travels."""
    return msgspec.msgpack.encode(message)


def decode_question(raw: bytes) -> Question:
    """Read what a post says.

    Raises `JournalError` ``message.malformed``, or ``message.unknown`` where a newer version asks what
    this one has never heard of.
    """
    return _decode(raw, _questions)


def decode_answer(raw: bytes) -> Answer:
    """Read what an HQ answers. Raises `JournalError` ``message.malformed``."""
    return _decode(raw, _answers)


_questions: msgspec.msgpack.Decoder[Question] = msgspec.msgpack.Decoder(
    Ask | Return | Deposit | Release | Fetch
)
_answers: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(
    News | Noted | Leased | Piece | Refusal
)
QUESTIONS = ("ask", "return", "deposit", "release", "fetch")
_ANSWERS = ("news", "noted", "leased", "piece", "refusal")
_TYPES = frozenset((*QUESTIONS, *_ANSWERS))


def _decode(raw: bytes, decoder: msgspec.msgpack.Decoder[_Message]) -> _Message:
    try:
        return decoder.decode(raw)
    except UNREADABLE as error:
        if _type(raw) not in _TYPES | {""}:
            raise JournalError("message.unknown") from error
        raise JournalError("message.malformed", reason=str(error)[:200]) from error


def _type(raw: bytes) -> str:
    """Which message this says that it is; empty where it says none."""
    try:
        told = msgspec.msgpack.decode(raw, type=dict[str, Any]).get("type")
    except UNREADABLE:
        return ""
    return told if isinstance(told, str) else ""
