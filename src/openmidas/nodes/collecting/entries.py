"""What collecting leaves in journals: the run at the post, what was collected, what the HQ opened."""

from __future__ import annotations

from typing import Annotated, TypeVar
from uuid import UUID

from msgspec import Meta

from openmidas.journal import TO_HQ, Content, NodeKind, kind
from openmidas.journal.entry import HEADER_BYTES, SALT_BYTES
from openmidas.nodes.collecting.chain import MOST_SEALED

Number = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Header = Annotated[bytes, Meta(min_length=HEADER_BYTES, max_length=HEADER_BYTES)]

ContentType = TypeVar("ContentType", bound=type[Content])
_collectable: set[type[Content]] = set()


def collectable(content: ContentType) -> ContentType:
    """Declare that a kind of entry may be collected; no other is opened by the HQ."""
    _collectable.add(content)
    return content


def may_be_collected(content: Content) -> bool:
    """Whether its kind was declared so."""
    return type(content) in _collectable


@kind("collecting.prepared", version=1, audience=TO_HQ, authority=[NodeKind.POST], lasting=True)
class CollectingPrepared(Content, frozen=True, kw_only=True):
    """A post has made a run for what it collects while it is shut; it is signed with this key."""

    run: UUID
    public_key: Annotated[bytes, Meta(min_length=32, max_length=32)]


@kind("collected.sealed", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class CollectedSealed(Content, frozen=True, kw_only=True):
    """An entry that the post collected, as it stands in its run: only the HQ can open its body."""

    run: UUID
    header: Header
    sealed: Annotated[bytes, Meta(max_length=MOST_SEALED)]
    signature: Annotated[bytes, Meta(min_length=64, max_length=64)]


@kind("collected.opened", version=1, audience=TO_HQ, authority=[NodeKind.HQ])
class CollectedOpened(Content, frozen=True, kw_only=True):
    """The HQ opened what a post collected, and gives the body back to that post (its audience).

    ``problem``: the code of why it could not; then there is neither body nor salt.
    """

    post: UUID
    run: UUID
    sequence: Number
    body: Annotated[bytes, Meta(max_length=MOST_SEALED)] | None = None
    salt: Annotated[bytes, Meta(min_length=SALT_BYTES, max_length=SALT_BYTES)] | None = None
    problem: Annotated[str, Meta(max_length=64)] = ""
