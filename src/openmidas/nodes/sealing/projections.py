"""From the entries of sealing to rows."""

from __future__ import annotations

from datetime import datetime

from openmidas.journal.projecting import Origin, moment, projects, put
from openmidas.nodes.models import LeaseChange, Unsealing
from openmidas.nodes.sealing.entries import LeaseChanged, PostUnsealed


@projects(PostUnsealed)
def post_unsealed(origin: Origin, content: PostUnsealed) -> None:
    """An opening. It was before it was written down, however far ahead the clock was. Raises
    ``entry.malformed``."""
    put(
        Unsealing,
        origin,
        content.opening,
        at=min(moment(content.at), origin.at),
        officers=list(content.officers),
        share=content.share,
        until=_moment(content.until),
        failed=content.failed,
        first_failed=_moment(content.first_failed),
        last_failed=_moment(content.last_failed),
    )


@projects(LeaseChanged)
def lease_changed(origin: Origin, content: LeaseChanged) -> None:
    put(
        LeaseChange,
        origin,
        content.change,
        post=content.post,
        days=content.days,
        reason=content.reason,
        officer=origin.actor.officer,
        role=origin.actor.role,
        at=origin.at,
    )


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else moment(milliseconds)
