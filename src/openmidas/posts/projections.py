"""From the posts room's entries to rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from openmidas.journal import JournalError, NodeKind
from openmidas.journal.models import Journal
from openmidas.journal.projecting import Origin, amend, moment, projects, put
from openmidas.posts import entries
from openmidas.posts.models import (
    CompartmentMember,
    Confirmation,
    Lookup,
    Officer,
    OneTimeCode,
    Post,
    PostInvitation,
    PostLayoutChange,
    PostReplacement,
    Reinstatement,
    Suspension,
    UsedCode,
)
from openmidas.posts.roles import HEAD_MAY_GIVE, POST_LIMIT


@projects(entries.PostConfigured)
def post_configured(origin: Origin, content: entries.PostConfigured) -> None:
    layout = {
        "name": content.name,
        "lanes": list(content.lanes),
        "minutes_same_document": content.minutes_same_document,
        "latitude": content.latitude,
        "longitude": content.longitude,
        "hours": list(content.hours),
        "silent_minutes": content.silent_minutes,
    }
    put(Post, origin, content.post, **layout)
    put(
        PostLayoutChange,
        origin,
        uuid5(origin.node, f"{origin.epoch} {origin.sequence}"),
        post=content.post,
        officer=origin.actor.officer,
        at=origin.at,
        clock=origin.clock,
        **layout,
    )


@projects(entries.PostInvited)
def post_invited(origin: Origin, content: entries.PostInvited) -> None:
    put(
        PostInvitation,
        origin,
        content.invitation,
        name=content.name,
        officer=origin.actor.officer,
        at=origin.at,
        expires_at=moment(content.expires),
    )


@projects(entries.PostJoined)
def post_joined(origin: Origin, content: entries.PostJoined) -> None:
    _end(origin, content.invitation, entries.InvitationEnd.JOINED, content.post)


@projects(entries.PostInvitationRevoked)
def post_invitation_revoked(origin: Origin, content: entries.PostInvitationRevoked) -> None:
    _end(origin, content.invitation, content.end)


@projects(entries.PostReplacementProposed)
def replacement_proposed(origin: Origin, content: entries.PostReplacementProposed) -> None:
    put(
        PostReplacement,
        origin,
        content.replacement,
        post=content.post,
        reason=content.reason,
        proposed_by=origin.actor.officer,
        proposed_at=origin.at,
        expires_at=moment(content.expires),
    )


@projects(entries.PostReplacementApproved)
def replacement_approved(origin: Origin, content: entries.PostReplacementApproved) -> None:
    """Raises ``replacement.same_person``: whatever wrote this, one pair of eyes are not four."""
    proposed = PostReplacement.objects.filter(id=content.replacement).first()
    if proposed is not None and origin.actor.officer in (None, proposed.proposed_by):
        raise JournalError("replacement.same_person", replacement=str(content.replacement))
    amend(
        PostReplacement,
        origin,
        content.replacement,
        approved_by=origin.actor.officer,
        approved_at=origin.at,
        code_expires_at=moment(content.expires),
    )


@projects(entries.PostReplacementEnded)
def replacement_ended(origin: Origin, content: entries.PostReplacementEnded) -> None:
    amend(
        PostReplacement,
        origin,
        content.replacement,
        ended=content.end,
        ended_by=origin.actor.officer,
        ended_at=origin.at,
        epoch=content.epoch,
    )


@projects(entries.OfficerEnrolled)
def officer_enrolled(origin: Origin, content: entries.OfficerEnrolled) -> None:
    _check_within_mandate(origin, content)
    put(
        Officer,
        origin,
        content.officer,
        username=content.username,
        name=content.name,
        roles=list(content.roles),
        post=content.post,
        until=_moment(content.until),
    )


@projects(entries.OfficerSuspended)
def officer_suspended(origin: Origin, content: entries.OfficerSuspended) -> None:
    put(
        Suspension,
        origin,
        content.suspension,
        officer=content.officer,
        reason=content.reason,
        until=_moment(content.until),
        at=origin.at,
    )


@projects(entries.OfficerReinstated)
def officer_reinstated(origin: Origin, content: entries.OfficerReinstated) -> None:
    # A post and the HQ may lift the same suspension without knowing of each other.
    id = uuid5(content.suspension, origin.node.hex)
    put(Reinstatement, origin, id, suspension=content.suspension, officer=content.officer)


@projects(entries.OfficerConfirmed)
def officer_confirmed(origin: Origin, content: entries.OfficerConfirmed) -> None:
    put(Confirmation, origin, content.officer, post=content.post)


@projects(entries.CodeIssued)
def code_issued(origin: Origin, content: entries.CodeIssued) -> None:
    expires = _moment(content.expires)
    if expires is None:
        raise JournalError("entry.malformed", field="expires")
    put(
        OneTimeCode,
        origin,
        content.code,
        officer=content.officer,
        digest=content.digest,
        expires_at=expires,
    )


@projects(entries.CodeUsed)
def code_used(origin: Origin, content: entries.CodeUsed) -> None:
    put(UsedCode, origin, content.code, officer=content.officer)


@projects(entries.LookupMade)
def lookup_made(origin: Origin, content: entries.LookupMade) -> None:
    put(
        Lookup,
        origin,
        content.lookup,
        officer=origin.actor.officer,
        role=origin.actor.role,
        purpose=content.purpose,
        reason=content.reason,
        query=content.query,
        results=content.results,
        at=origin.at,
    )


def _end(
    origin: Origin, invitation: UUID, end: entries.InvitationEnd, post: UUID | None = None
) -> None:
    amend(
        PostInvitation,
        origin,
        invitation,
        ended=end,
        ended_at=origin.at,
        ended_by=origin.actor.officer,
        post=post,
    )


def _check_within_mandate(origin: Origin, content: entries.OfficerEnrolled) -> None:
    """A post enrols for itself, for the lanes, for 14 days. A stolen key makes no administrator.

    Raises `JournalError` ``officer.not_authorised``. Decided on the entry alone, so that the order
    in which journals arrive does not matter.
    """
    writer = Journal.objects.get(node=origin.node, epoch=origin.epoch)
    if writer.node_kind == NodeKind.HQ:
        return
    until = _moment(content.until)
    if (
        content.post != origin.node
        or not HEAD_MAY_GIVE.issuperset(content.roles)
        or until is None
        # By the post's own clock, which may run ahead, but not by years.
        or until - min(origin.said, origin.at + timedelta(days=1)) > POST_LIMIT
    ):
        raise JournalError("officer.not_authorised", officer=str(content.officer))


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)


@projects(entries.CompartmentOpened)
def compartment_opened(origin: Origin, content: entries.CompartmentOpened) -> None:
    put(
        CompartmentMember,
        origin,
        content.membership,
        officer=content.officer,
        compartment=content.compartment,
        until=date.fromisoformat(content.until) if content.until else None,
        opened_by=origin.actor.officer,
        opened_at=origin.at,
    )


@projects(entries.CompartmentClosed)
def compartment_closed(origin: Origin, content: entries.CompartmentClosed) -> None:
    amend(
        CompartmentMember,
        origin,
        content.membership,
        closed_by=origin.actor.officer,
        closed_at=origin.at,
    )
