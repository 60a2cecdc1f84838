"""What headquarters and a post write when an interview changes hands. The row stays the post's.

Why is said in free text, as in a note of the interview: a post's goes to its HQ alone, the HQ's to that post.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from msgspec import Meta

from openmidas.crossings.entries import Outcome
from openmidas.journal import TO_HQ, Content, NodeKind, kind

MOST_WORDS = 500

Words = Annotated[str, Meta(min_length=1, max_length=MOST_WORDS)]


@kind("interview.take_over_asked", version=1, audience=TO_HQ, authority=[NodeKind.HQ])
class TakeOverAsked(Content, frozen=True, kw_only=True):
    """An officer of the HQ asks to decide on a traveller who waits. Written for that post."""

    asking: UUID
    crossing: UUID
    why: Words


@kind(
    "interview.take_over_answered",
    version=1,
    audience=TO_HQ,
    authority=[NodeKind.POST],
    confined=True,
)
class TakeOverAnswered(Content, frozen=True, kw_only=True):
    """The post grants that, or declines and says why."""

    asking: UUID
    crossing: UUID
    granted: bool
    why: Annotated[str, Meta(max_length=MOST_WORDS)] = ""


@kind("interview.taken_back", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class TakenBack(Content, frozen=True, kw_only=True):
    """The post decides itself again: the traveller waits there, and a link may be down."""

    asking: UUID
    crossing: UUID


@kind("interview.directed", version=1, audience=TO_HQ, authority=[NodeKind.HQ])
class Directed(Content, frozen=True, kw_only=True):
    """What the HQ says of an interview that it has. ``outcome``: how the post is to decide, if it says that.

    Nothing is decided by it: an officer of the post, who has the person before them, carries it out.
    """

    direction: UUID
    asking: UUID
    crossing: UUID
    words: Words
    outcome: Outcome | None = None
