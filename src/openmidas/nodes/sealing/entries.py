"""What sealing leaves in journals: who opened a post, and how the HQ set its lease."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from openmidas.journal import TO_HQ, TO_NODE, Content, NodeKind, kind
from openmidas.nodes.entries import LONGEST_REASON, Milliseconds
from openmidas.nodes.home import LONGEST_NAME
from openmidas.nodes.sealing.sealed import MOST_OFFICERS

MOST_DAYS = 365
"""The longest lease. `openmidas.exchange.leasing` gives them."""
Name = Annotated[str, Meta(max_length=LONGEST_NAME)]


class ShareUsed(StrEnum):
    """Where the share from outside came from. ``unknown``: what was noted of it cannot be read."""

    HQ = "hq"
    TOKEN = "token"  # noqa: S105  a kind of share, not one
    TPM = "tpm"
    UNKNOWN = "unknown"


@kind("post.unsealed", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class PostUnsealed(Content, frozen=True, kw_only=True):
    """Officers opened a sealed post; written as soon as its journal could be.

    ``at``: when, by the post's clock; ``officers``: whose pass phrases, by the names that the post
    knows them by; ``until``: of the lease, None where it depends on none; ``failed``: how many tries
    went wrong since it was opened before, from ``first_failed`` to ``last_failed``. Milliseconds.
    """

    opening: UUID
    at: Milliseconds
    officers: Annotated[tuple[Name, ...], Meta(max_length=MOST_OFFICERS)]
    share: ShareUsed
    until: Milliseconds | None = None
    failed: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0
    first_failed: Milliseconds | None = None
    last_failed: Milliseconds | None = None


@kind("lease.changed", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class LeaseChanged(Content, frozen=True, kw_only=True):
    """The HQ says how long a post's lease is from its next renewal on, and why. 0: none any more."""

    change: UUID
    post: UUID
    days: Annotated[int, Meta(ge=0, le=MOST_DAYS)]
    reason: Annotated[str, Meta(max_length=LONGEST_REASON)]
