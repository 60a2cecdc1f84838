"""At the HQ: inviting posts, which then join by a code (`posts.taking_in`)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time, record
from openmidas.posts import entries
from openmidas.posts.entries import InvitationEnd
from openmidas.posts.join_codes import free_code
from openmidas.posts.layouts import PostLayout, check_layout
from openmidas.posts.local import InvitationSecret
from openmidas.posts.mandate import hold_journal, mandate_of
from openmidas.posts.models import PostInvitation
from openmidas.posts.refusals import Refused

OPEN, EXPIRED = "open", "expired"
VALID_FOR = timedelta(hours=72)
SHOWN_FOR = timedelta(days=14)


class Invitation(msgspec.Struct, frozen=True):
    """A code to hand over, shown once and stored nowhere."""

    id: UUID
    name: str
    text: str
    expires: datetime


def invite(actor: Actor, layout: PostLayout) -> Invitation:
    """Expect a post that will be laid out so. Raises `Refused`, as `configure_post` does."""
    check_layout(layout)
    with transaction.atomic():
        hold_journal()
        if not mandate_of(actor).at_hq:
            raise Refused("mandate.missing")
        code = free_code(InvitationSecret.objects.values_list("number", flat=True))
        secret = InvitationSecret.objects.create(
            id=new_id(),
            number=code.number,
            key=code.key(),
            layout=msgspec.json.encode(layout),
            officer=actor.officer,
            role=actor.role,
            expires_at=node_time() + VALID_FOR,
        )
        content = entries.PostInvited(
            invitation=secret.id,
            name=layout.name,
            expires=round(secret.expires_at.timestamp() * 1000),
        )
        record(content, actor=actor)
    return Invitation(secret.id, layout.name, code.text(), secret.expires_at)


def revoke(actor: Actor, invitation: UUID) -> None:
    """Take an invitation back. Raises `Refused` ``invitation.unknown``, ``invitation.ended``."""
    with transaction.atomic():
        hold_journal()
        if not mandate_of(actor).at_hq:
            raise Refused("mandate.missing")
        known = PostInvitation.objects.filter(id=invitation, node=this_node().id).first()
        if known is None:
            raise Refused("invitation.unknown")
        if known.ended:
            raise Refused("invitation.ended")
        end(known.id, InvitationEnd.REVOKED, actor)


def recent_invitations() -> list[tuple[PostInvitation, str]]:
    """The invitations of the last days, the last first, each with how it stands.

    A code of `posts.entries.InvitationEnd`, `OPEN` or `EXPIRED`.
    """
    now = node_time()
    mine = PostInvitation.objects.filter(node=this_node().id, at__gt=now - SHOWN_FOR)
    return [
        (one, one.ended or (OPEN if one.expires_at > now else EXPIRED))
        for one in mine.order_by("-at", "-id")
    ]


def end(invitation: UUID, how: InvitationEnd, actor: Actor) -> None:
    """End an invitation that is open, in the caller's transaction."""
    InvitationSecret.objects.filter(id=invitation).update(ended=how)
    record(entries.PostInvitationRevoked(invitation=invitation, end=how), actor=actor)
