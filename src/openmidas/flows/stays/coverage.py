"""Which posts have not told everything yet: whoever left there may still be shown as present."""

from __future__ import annotations

from datetime import datetime

import msgspec

from openmidas.exchange.status import PeerStatus, exchange_status
from openmidas.journal import NodeKind
from openmidas.nodes.services import node_time
from openmidas.posts.models import Post
from openmidas.posts.silence import Hearing, silence_of


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """What is missing of a post.

    ``to_come``: entries that it said it still has; ``silent``: nothing was heard for longer than the
    post's own limit, in its hours of opening, or ever; ``stopped``: its journal is not taken any
    further; ``last_contact`` None: never.
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
    peers = [peer for peer in status.peers if peer.kind is NodeKind.POST]
    posts = Post.objects.in_bulk([peer.id for peer in peers])
    now = node_time()
    gaps = [_gap(peer, posts.get(peer.id), now) for peer in peers]
    return Coverage(
        posts=len(peers),
        gaps=tuple(gap for gap in gaps if gap.to_come or gap.silent or gap.stopped),
        quarantined=status.quarantined,
    )


def _gap(peer: PeerStatus, post: Post | None, now: datetime) -> Gap:
    return Gap(
        post=peer.name,
        to_come=peer.to_come or 0,
        silent=silence_of(post, peer.last_contact, now).hearing in (Hearing.SILENT, Hearing.NEVER),
        stopped=bool(peer.stopped),
        last_contact=peer.last_contact,
    )
