"""From the posts room's entries to rows."""

from __future__ import annotations

from datetime import UTC, datetime

from openmidas.journal import JournalError
from openmidas.journal.projecting import Origin, amend, projects, put
from openmidas.posts import entries
from openmidas.posts.models import Lookup, Officer, OneTimeCode, Post, Suspension, UsedCode


@projects(entries.PostConfigured)
def post_configured(origin: Origin, content: entries.PostConfigured) -> None:
    put(
        Post,
        origin,
        content.post,
        name=content.name,
        lanes=list(content.lanes),
        minutes_same_document=content.minutes_same_document,
        list_limit_days=content.list_limit_days,
    )


@projects(entries.OfficerEnrolled)
def officer_enrolled(origin: Origin, content: entries.OfficerEnrolled) -> None:
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
    )


@projects(entries.OfficerReinstated)
def officer_reinstated(origin: Origin, content: entries.OfficerReinstated) -> None:
    amend(Suspension, origin, content.suspension, lifted=True)


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


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)
