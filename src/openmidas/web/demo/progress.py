"""How far the history of the sample country is, at a post as written, at an HQ as arrived."""

from __future__ import annotations

from functools import cache
from uuid import UUID

import msgspec
from django.utils.formats import number_format

from openmidas.crossings.models import CountOnly, Crossing, Recorded
from openmidas.nodes.identity import this_node
from openmidas.web.demo.country import DemoPost, DemoState, state_of
from openmidas.web.demo.history import History
from openmidas.web.demo.layout import began


class Progress(msgspec.Struct, frozen=True):
    """So many entries of the history are here, of so many."""

    done: int
    total: int

    @property
    def shown(self) -> dict[str, str]:
        """Both numbers as the language of the page writes them."""
        return {
            "done": number_format(self.done, force_grouping=True),
            "total": number_format(self.total, force_grouping=True),
        }


class _Expected(msgspec.Struct, frozen=True):
    """What this node will have. ``first``, ``after``: the ids lie between these."""

    posts: tuple[UUID, ...]
    total: int
    first: UUID
    after: UUID


_finished: set[UUID] = set()


def progress() -> Progress | None:
    """How far the loading is; None where nothing is loaded, or all of it is here."""
    node = this_node()
    if not node.config.demo or node.id in _finished:
        return None
    since = began(node.home)
    expected = None if since is None else _expected(node.id, since)
    if expected is None:
        return None
    done = _arrived(expected)
    if done >= expected.total:
        _finished.add(node.id)
        return None
    return Progress(done, expected.total)


@cache
def _expected(node: UUID, since: int) -> _Expected | None:
    state = state_of(node)
    if state is None:
        return None
    posts = [post for post in state.posts if node in (post.id, state.hq.id)]
    lengths = [_length(state, post, since) for post in posts]
    first = UUID(int=since << 80)
    after = UUID(int=(since + max(lengths)) << 80)
    return _Expected(tuple(post.id for post in posts), sum(lengths), first, after)


def _length(state: DemoState, post: DemoPost, since: int) -> int:
    return History(state, post, since).length


def _arrived(expected: _Expected) -> int:
    """Counted by id and by source: what officers record meanwhile is no part of it."""
    here = {"node__in": expected.posts, "id__gte": expected.first, "id__lt": expected.after}
    crossings = Crossing.objects.filter(**here).exclude(recorded=Recorded.LIVE)
    return crossings.count() + CountOnly.objects.filter(**here).count()
