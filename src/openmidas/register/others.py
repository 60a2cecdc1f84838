"""What rooms above this one know and the book tells: complaints. They register themselves::

register_complaints(Complaints(made=..., unanswered=...))
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from msgspec import Struct

from openmidas.register.spans import Span


class Complaints(Struct, frozen=True, kw_only=True):
    """How many complaints were ``made`` at a post in a span, and how many have no answer yet."""

    made: Callable[[UUID, Span], int]
    unanswered: Callable[[UUID], int]


_complaints: list[Complaints] = []


def register_complaints(counts: Complaints) -> None:
    """A higher room counts complaints; registering twice does nothing."""
    if counts not in _complaints:
        _complaints.append(counts)


def complaints_made(post: UUID, span: Span) -> int:
    """How many complaints were made at a post in a span."""
    return sum(one.made(post, span) for one in _complaints)


def complaints_unanswered(post: UUID) -> int:
    """How many complaints of a post have no answer yet, as far as this node knows."""
    return sum(one.unanswered(post) for one in _complaints)
