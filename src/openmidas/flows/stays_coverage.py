"""Which posts have not told everything yet: whoever left there may still be shown as present."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from openmidas.exchange.status import PeerStatus, exchange_status
from openmidas.journal import NodeKind
from openmidas.nodes.services import node_time
from openmidas.posts.models import Post


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """What is missing of a post.

    ``to_come``: entries that it said it still has; ``silent``: nothing was heard for longer than the
    post's own limit; ``stopped``: its journal is not taken any further; ``last_contact`` None: never.
    """

    post: str
    to_come: int
    silent: bool
    stopped: bool
    last_contact: datetime | None


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """How many posts there are, what is missing of them, and what could not be read at the HQ."""

    posts: int
    gaps: tuple[Gap, ...]
    quarantined: int


def coverage() -> Coverage:
    """What the numbers on stays rest on, now."""
    status = exchange_status()
    posts = [peer for peer in status.peers if peer.kind is NodeKind.POST]
    limits: dict[UUID, int] = dict(Post.objects.values_list("id", "silent_minutes"))
    default = Post._meta.get_field("silent_minutes").get_default()
    now = node_time()
    gaps = [_gap(peer, timedelta(minutes=limits.get(peer.id, default)), now) for peer in posts]
    return Coverage(
        posts=len(posts),
        gaps=tuple(gap for gap in gaps if gap.to_come or gap.silent or gap.stopped),
        quarantined=status.quarantined,
    )


def _gap(peer: PeerStatus, limit: timedelta, now: datetime) -> Gap:
    silent = peer.last_contact is None or now - peer.last_contact > limit
    return Gap(
        post=peer.name,
        to_come=peer.to_come,
        silent=silent,
        stopped=bool(peer.stopped),
        last_contact=peer.last_contact,
    )
