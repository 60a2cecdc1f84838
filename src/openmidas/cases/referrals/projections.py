"""From entries on referrals to rows."""

from __future__ import annotations

import msgspec

from openmidas.cases.referrals import entries
from openmidas.cases.referrals.models import PublishedPathways, Referral, ReferralNote
from openmidas.journal.projecting import Origin, amend, projects, put


@projects(entries.PathwaysPublished)
def pathways_published(origin: Origin, content: entries.PathwaysPublished) -> None:
    put(
        PublishedPathways,
        origin,
        content.edition,
        title=content.pathways.title,
        dated=content.pathways.dated,
        limit_days=content.pathways.limit_days,
        pathways=msgspec.msgpack.encode(content.pathways),
        officer=origin.actor.officer,
        published_at=origin.at,
        clock=origin.clock,
    )


@projects(entries.ReferralMade)
def referral_made(origin: Origin, content: entries.ReferralMade) -> None:
    put(
        Referral,
        origin,
        content.referral,
        crossing=content.crossing,
        compartment=content.compartment,
        edition=content.edition,
        consent=content.consent,
        why=content.why,
        data=msgspec.to_builtins(content.data),
        officer=origin.actor.officer,
        role=origin.actor.role,
        at=origin.at,
    )


@projects(entries.ReferralNoted)
def referral_noted(origin: Origin, content: entries.ReferralNoted) -> None:
    put(
        ReferralNote,
        origin,
        content.note,
        referral=content.referral,
        step=content.step,
        reached=content.reached,
        text=content.text,
        officer=origin.actor.officer,
        at=origin.at,
    )


@projects(entries.ReferralClosed)
def referral_closed(origin: Origin, content: entries.ReferralClosed) -> None:
    amend(
        Referral,
        origin,
        content.referral,
        outcome=content.outcome,
        closing=content.text,
        closed_by=origin.actor.officer,
        closed_at=origin.at,
    )
