"""At the HQ: inviting posts, and taking in those that show that they have the code."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import F

from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import enrol, node_time, record
from openmidas.posts import entries, joining
from openmidas.posts.entries import InvitationEnd
from openmidas.posts.join_cards import check_card
from openmidas.posts.join_codes import JoinCode, new_code
from openmidas.posts.layouts import PostLayout, check_layout
from openmidas.posts.local import InvitationSecret
from openmidas.posts.mandate import hold_journal, mandate_of
from openmidas.posts.models import PostInvitation
from openmidas.posts.refusals import Refused
from openmidas.posts.services import configure_post

OPEN, EXPIRED = "open", "expired"
VALID_FOR = timedelta(hours=72)
SHOWN_FOR = timedelta(days=14)
MOST_TRIES = 10
MOST_ANSWERS = 10
"""A post whose answer was lost on the way asks again; each request is answered once."""


class Invitation(msgspec.Struct, frozen=True):
    """A code to hand over, shown once and stored nowhere."""

    id: UUID
    name: str
    text: str
    expires: datetime


def invite(actor: Actor, layout: PostLayout) -> Invitation:
    """Expect a post that will be laid out so. Raises `Refused`, as `configure_post` does."""
    check_layout(layout)
    code = new_code()
    with transaction.atomic():
        hold_journal()
        if not mandate_of(actor).at_hq:
            raise Refused("mandate.missing")
        while InvitationSecret.objects.filter(number=code.number).exists():
            code = new_code()
        secret = _keep(actor, layout, code)
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
        _end(known.id, InvitationEnd.REVOKED, actor)


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


def take_in(raw: bytes) -> joining.JoinAnswer:
    """A post asks to join: enrol it, lay it out, and answer with our card. All or nothing.

    Whoever has the code and asks again with the same card is answered again, and nothing is written.
    Raises `Refused`: ``join.malformed``, ``join.wrong``, ``join.void``, ``join.revoked``,
    ``join.expired``, ``join.used``, ``join.replayed``, and as `check_card` does.
    """
    request = _decoded(raw)
    secret = _proven(request)
    with transaction.atomic():
        hold_journal()
        secret = InvitationSecret.objects.get(id=secret.id)
        _check_open(secret)
        _hear(secret, request)
        _admit(secret, request)
    return joining.make_answer(request, bytes(secret.key), this_node().card().encode())


def _keep(actor: Actor, layout: PostLayout, code: JoinCode) -> InvitationSecret:
    return InvitationSecret.objects.create(
        id=new_id(),
        number=code.number,
        key=code.key(),
        layout=msgspec.json.encode(layout),
        officer=actor.officer,
        role=actor.role,
        expires_at=node_time() + VALID_FOR,
    )


def _decoded(raw: bytes) -> joining.JoinRequest:
    try:
        return msgspec.msgpack.decode(raw, type=joining.JoinRequest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused("join.malformed") from error


def _proven(request: joining.JoinRequest) -> InvitationSecret:
    """The invitation whose code the sender knows. A wrong proof counts as a try to guess it."""
    # Counted before it is compared, so that tries sent at once are counted all the same.
    of_number = InvitationSecret.objects.filter(number=request.number)
    of_number.filter(ended="").update(wrong=F("wrong") + 1)
    secret = of_number.first()
    if secret is None:
        raise Refused("join.wrong")
    if secret.wrong <= MOST_TRIES and joining.request_holds(request, bytes(secret.key)):
        of_number.filter(ended="").update(wrong=0)
        return secret
    if secret.wrong < MOST_TRIES:
        raise Refused("join.wrong")
    _void(secret.id)
    raise Refused("join.void")


def _void(invitation: UUID) -> None:
    with transaction.atomic():
        hold_journal()
        if InvitationSecret.objects.filter(id=invitation, ended="").exists():
            _end(invitation, InvitationEnd.VOID, Actor())


def _end(invitation: UUID, end: InvitationEnd, actor: Actor) -> None:
    InvitationSecret.objects.filter(id=invitation).update(ended=end)
    record(entries.PostInvitationRevoked(invitation=invitation, end=end), actor=actor)


def _check_open(secret: InvitationSecret) -> None:
    """Raises `Refused` unless the invitation may be used: for the first time, or by the same card."""
    if secret.ended in (InvitationEnd.REVOKED, InvitationEnd.VOID):
        raise Refused(f"join.{secret.ended}")
    if secret.expires_at <= node_time():
        raise Refused("join.expired")


def _hear(secret: InvitationSecret, request: joining.JoinRequest) -> None:
    """A request is heard once: what somebody recorded on the way and sends again is refused.

    Raises `Refused` ``join.replayed``, ``join.used``.
    """
    if request.nonce.hex() in secret.heard:
        raise Refused("join.replayed")
    if secret.ended and (bytes(secret.card) != request.card or len(secret.heard) >= MOST_ANSWERS):
        raise Refused("join.used")
    secret.heard = [*secret.heard, request.nonce.hex()]
    secret.save(update_fields=["heard"])


def _admit(secret: InvitationSecret, request: joining.JoinRequest) -> None:
    if secret.ended:
        return
    layout = msgspec.json.decode(bytes(secret.layout), type=PostLayout)
    card = check_card(request.card)
    actor = Actor(secret.officer, secret.role)
    try:
        mandate_of(actor)
    except Refused as refused:
        # What an administrator began who may do nothing any more is not carried on in their name.
        raise Refused("join.revoked") from refused
    # The HQ named the post when it invited it, and shows it by that name.
    enrol(msgspec.structs.replace(card, name=layout.name), actor=actor)
    configure_post(actor, card.id, layout)
    record(entries.PostJoined(invitation=secret.id, post=card.id), actor=actor)
    secret.ended, secret.card = InvitationEnd.JOINED, request.card
    secret.save(update_fields=["ended", "card"])
