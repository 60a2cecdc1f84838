"""What the posts room writes into journals: officers, lanes, sign-ins, look-ups."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from openmidas.journal import TO_HQ, TO_NODE, Content, NodeKind, kind
from openmidas.nodes.entries import LONGEST_REASON

EVERY_NODE = (NodeKind.POST, NodeKind.HQ)


class Compartment(StrEnum):
    """What is kept apart from the other files of a node: who is not in it learns that a file exists.

    Closed, in the order of the forms. Where the name of a compartment tells what befell somebody, see
    `openmidas.posts.compartments.SILENT`.
    """

    CHILD = "child"
    TRAFFICKING = "trafficking"
    ASYLUM = "asylum"
    MEDICAL = "medical"
    OTHER = "other"


@kind("post.configured", version=1, audience=TO_HQ, authority=[NodeKind.HQ])
class PostConfigured(Content, frozen=True, kw_only=True):
    """The HQ says how a post is laid out. Written to that post.

    ``latitude``, ``longitude``: degrees, None where not known. ``hours``: when the post is open,
    from Monday to Sunday, as "06:00-18:00", several with commas, "" for closed; nothing at all
    stands for "always". ``silent_minutes``: so long unheard of while it should be open, and the HQ
    reports it.
    """

    post: UUID
    name: str
    lanes: tuple[str, ...]
    minutes_same_document: int = 10
    latitude: float | None = None
    longitude: float | None = None
    hours: tuple[str, ...] = ()
    silent_minutes: int = 240


class InvitationEnd(StrEnum):
    """How an invitation ended."""

    JOINED = "joined"
    REVOKED = "revoked"
    VOID = "void"


@kind("post.invited", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class PostInvited(Content, frozen=True, kw_only=True):
    """The HQ expects a post, which may join by a code. The code, and what was made of it, is not here.

    ``expires``: milliseconds since 1970.
    """

    invitation: UUID
    name: str
    expires: int


@kind("post.joined", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class PostJoined(Content, frozen=True, kw_only=True):
    """A post showed that it has the code of an invitation, and was enrolled."""

    invitation: UUID
    post: UUID


@kind("post.invitation_revoked", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class PostInvitationRevoked(Content, frozen=True, kw_only=True):
    """An invitation was taken back by an administrator, or made void by too many wrong tries."""

    invitation: UUID
    end: InvitationEnd


class ReplacementEnd(StrEnum):
    """How the replacement of a post's machine ended."""

    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    VOID = "void"


@kind("post.replacement_proposed", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class PostReplacementProposed(Content, frozen=True, kw_only=True):
    """An administrator asks that another machine becomes this post, and says why.

    ``expires``: until when a second administrator may approve (milliseconds since 1970).
    """

    replacement: UUID
    post: UUID
    reason: Annotated[str, Meta(max_length=LONGEST_REASON)]
    expires: int


@kind("post.replacement_approved", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class PostReplacementApproved(Content, frozen=True, kw_only=True):
    """A second administrator agrees. From now on the machine before is trusted no more.

    ``expires``: until when the code is valid that the new machine joins by. The code is not here.
    """

    replacement: UUID
    expires: int


@kind("post.replacement_ended", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class PostReplacementEnded(Content, frozen=True, kw_only=True):
    """A new machine took the post's place, or the replacement came to nothing.

    ``epoch``: in which the new machine writes; 0 where there is none.
    """

    replacement: UUID
    end: ReplacementEnd
    epoch: Annotated[int, Meta(ge=0)] = 0


@kind("officer.enrolled", version=1, audience=TO_HQ, authority=EVERY_NODE)
class OfficerEnrolled(Content, frozen=True, kw_only=True):
    """An officer works at this node from now on; written again when name or roles change.

    ``until``: milliseconds since 1970; an officer whom a head of post enrols has a limit.
    """

    officer: UUID
    username: str
    name: str
    roles: tuple[str, ...]
    post: UUID
    until: int | None = None


@kind("officer.confirmed", version=1, audience=TO_HQ, authority=[NodeKind.HQ])
class OfficerConfirmed(Content, frozen=True, kw_only=True):
    """The HQ keeps an officer whom a head of post has enrolled: the time limit falls."""

    officer: UUID
    post: UUID


@kind("officer.suspended", version=1, audience=TO_HQ, authority=EVERY_NODE)
class OfficerSuspended(Content, frozen=True, kw_only=True):
    """An officer may not sign in, until a time (milliseconds) or until it is lifted."""

    suspension: UUID
    officer: UUID
    reason: str
    until: int | None = None


@kind("officer.reinstated", version=1, audience=TO_HQ, authority=EVERY_NODE)
class OfficerReinstated(Content, frozen=True, kw_only=True):
    """A suspension is lifted, by the node that made it or by the HQ; others' are not heeded."""

    suspension: UUID
    officer: UUID


@kind("code.issued", version=1, audience=TO_HQ, authority=EVERY_NODE)
class CodeIssued(Content, frozen=True, kw_only=True):
    """A one-time code with which an officer sets a password at the post.

    ``digest``: Argon2id of a code of 60 random bits; the password itself never enters a journal.
    """

    code: UUID
    officer: UUID
    digest: str
    expires: int


@kind("code.used", version=1, audience=TO_HQ, authority=EVERY_NODE)
class CodeUsed(Content, frozen=True, kw_only=True):
    """A one-time code was used, or made void by ten wrong tries."""

    code: UUID
    officer: UUID


@kind("officer.signed_in", version=1, audience=TO_HQ, authority=EVERY_NODE)
class OfficerSignedIn(Content, frozen=True, kw_only=True):
    """An officer signed in at a lane."""

    officer: UUID
    lane: str


@kind("officer.signed_out", version=1, audience=TO_HQ, authority=EVERY_NODE)
class OfficerSignedOut(Content, frozen=True, kw_only=True):
    """An officer signed out."""

    officer: UUID


@kind("lookup.made", version=1, audience=TO_HQ, authority=EVERY_NODE)
class LookupMade(Content, frozen=True, kw_only=True):
    """Somebody looked up a person.

    ``purpose``: a code of `posts.lookups`; ``query``: what was asked.
    """

    lookup: UUID
    purpose: str
    reason: str
    query: str
    results: int


@kind("compartment.opened", version=1, audience=TO_HQ, authority=[NodeKind.HQ])
class CompartmentOpened(Content, frozen=True, kw_only=True):
    """The HQ lets an officer read what a compartment holds. Written to the post where they work.

    ``until``: the last day, written as 2026-11-25; None without a limit.
    """

    membership: UUID
    officer: UUID
    compartment: Compartment
    until: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None


@kind("compartment.closed", version=1, audience=TO_HQ, authority=[NodeKind.HQ])
class CompartmentClosed(Content, frozen=True, kw_only=True):
    """The HQ takes that back: from now on the officer reads nothing of it any more."""

    membership: UUID
    officer: UUID
