"""What the nodes room writes into journals."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from openmidas.journal import TO_HQ, TO_NODE, TO_STATE, Content, NodeKind, kind
from openmidas.journal.erasing import MOST_PLACES, Places

EVERY_NODE = (NodeKind.POST, NodeKind.HQ)
LONGEST_CODE = 120
LONGEST_VERSION = 32
LONGEST_REASON = 255
MOST_EDITIONS = 64
LONGEST_SPAN = timedelta(days=31)
"""A report tells of a span of no more than this, and no more is believed."""
LONGEST_OUTAGE = timedelta(days=3660)
"""A post that was off for longer says so much."""

Milliseconds = Annotated[int, Meta(ge=0)]
Code = Annotated[str, Meta(max_length=LONGEST_CODE)]
Version = Annotated[str, Meta(max_length=LONGEST_VERSION)]


@kind("epoch.opened", version=1, audience=TO_STATE, authority=EVERY_NODE, lasting=True)
class EpochOpened(Content, frozen=True, kw_only=True):
    """The first entry of an epoch: the key it is written under and, if any, what it continues from.

    ``continues``: the hash of the entry ``after`` of the epoch ``after_epoch``.
    """

    name: str
    state: str
    public_key: bytes
    continues: bytes | None = None
    after_epoch: Annotated[int, Meta(ge=0)] = 0
    after: Annotated[int, Meta(ge=0)] = 0


@kind("epoch.followed", version=1, audience=TO_HQ, authority=[NodeKind.POST], lasting=True)
class EpochFollowed(Content, frozen=True, kw_only=True):
    """A post saw its HQ open a new epoch, and goes along: the HQ was put back to an older state.

    ``continues``: the hash of the entry ``after`` of the epoch ``after_epoch``, whose key is
    ``key_before``; ``held``: how many entries of that epoch the post holds.
    """

    followed: UUID
    epoch: Annotated[int, Meta(ge=1)]
    public_key: bytes
    key_before: bytes
    continues: bytes
    after_epoch: Annotated[int, Meta(ge=0)]
    after: Annotated[int, Meta(ge=0)]
    held: Annotated[int, Meta(ge=0)]


@kind("node.enrolled", version=1, audience=TO_STATE, authority=[NodeKind.HQ], lasting=True)
class NodeEnrolled(Content, frozen=True, kw_only=True):
    """The HQ takes a post into the State's network, known by this key and this certificate."""

    enrolled: UUID
    node_kind: NodeKind
    name: str
    state: str
    epoch: int
    public_key: bytes
    certificate: str


@kind("node.revoked", version=1, audience=TO_STATE, authority=[NodeKind.HQ], lasting=True)
class NodeRevoked(Content, frozen=True, kw_only=True):
    """The HQ trusts a node no more: its machine was stolen or lost, or has a new card to come."""

    revoked: UUID
    reason: Annotated[str, Meta(max_length=LONGEST_REASON)]


@kind("stick.accepted", version=1, audience=TO_HQ, authority=[NodeKind.HQ])
class StickAccepted(Content, frozen=True, kw_only=True):
    """Somebody at the HQ decided to take in a stick of a machine that is trusted no more, and why.

    ``of``: the post; ``made``: when the stick was made, by its own word (milliseconds); ``digest``:
    SHA-256 of its file. Written before anything of it is stored; who decided is the entry's actor.
    """

    of: UUID
    made: Annotated[int, Meta(ge=0)]
    digest: Annotated[bytes, Meta(min_length=32, max_length=32)]
    reason: Annotated[str, Meta(max_length=LONGEST_REASON)]


class ErasureReason(StrEnum):
    """Why bodies are taken away.

    ``request``: the person asked; ``retention``: their time is over; ``mistake``: it was never to be
    written, or not of this person; ``authority``: a court or the supervisory authority ordered it.
    """

    REQUEST = "request"
    RETENTION = "retention"
    MISTAKE = "mistake"
    AUTHORITY = "authority"


@kind("entries.erased", version=1, audience=TO_STATE, authority=[NodeKind.HQ], lasting=True)
class EntriesErased(Content, frozen=True, kw_only=True):
    """The HQ orders that the entries at these places lose body and salt at every node, for good.

    It tells nothing of what stood there; who ordered it is the entry's actor. All places together
    are no more than `MOST_PLACES`. Whoever holds or gets an entry at one of them keeps its header only.
    """

    erasure: UUID
    places: Annotated[tuple[Places, ...], Meta(min_length=1, max_length=MOST_PLACES)]
    reason: ErasureReason


@kind("quarantine.retried", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class QuarantineRetried(Content, frozen=True, kw_only=True):
    """Somebody at the HQ had what is set aside tried again. What came of it is no fact of theirs.

    ``of_node`` None: all of it; ``epoch``, ``sequence`` None: all that this node wrote.
    """

    retry: UUID
    of_node: UUID | None = None
    epoch: Annotated[int, Meta(ge=1, le=2**31 - 1)] | None = None
    sequence: Annotated[int, Meta(ge=1, le=2**63 - 1)] | None = None


class HeldEdition(Struct, frozen=True, kw_only=True):
    """A list edition or a rule set that a node works with. ``kind``: "list" or "rules"."""

    kind: Annotated[str, Meta(max_length=8)]
    code: Code
    edition: UUID
    dated: date


@kind("node.reported", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class NodeReported(Content, frozen=True, kw_only=True):
    """How a post is, as it sees itself: written every hour, and when it comes back.

    Times and spans are in milliseconds. ``up_from``, ``up_until``: a span in which the post's
    programs ran; the spans of two reports follow one another, and what lies between them is the
    ``outage`` that ended when this report was written (0: none). None: not known.

    ``verified``: the sequence up to which the post has proved its own journal, at ``verified_at``;
    ``verified_problem``: the code of what did not hold. ``mains``: whether there is power from
    outside; ``battery``: percent, ``charge``: what it does, in the words of the Linux kernel.
    ``disk_free``: bytes. ``clock_error``: own clock minus the HQ's, as last compared.

    ``erased_epoch``, ``erased``: the place in the HQ's journal up to which every order to erase was
    followed to the end, tables and files included. ``sealed``: whether its database opens with pass
    phrases only.
    """

    report: UUID
    up_from: Milliseconds
    up_until: Milliseconds
    outage: Annotated[int, Meta(ge=0, le=LONGEST_OUTAGE // timedelta(milliseconds=1))] = 0
    editions: Annotated[tuple[HeldEdition, ...], Meta(max_length=MOST_EDITIONS)] = ()
    verified: Annotated[int, Meta(ge=0)] | None = None
    verified_at: Milliseconds | None = None
    verified_problem: Code = ""
    mains: bool | None = None
    battery: Annotated[int, Meta(ge=0, le=100)] | None = None
    charge: Version = ""
    disk_free: Annotated[int, Meta(ge=0)] | None = None
    clock_error: int | None = None
    program: Version = ""
    sqlite: Version = ""
    erased_epoch: Annotated[int, Meta(ge=0)] = 0
    erased: Annotated[int, Meta(ge=0)] = 0
    sealed: bool | None = None
