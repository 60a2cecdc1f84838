"""At the HQ: taking in a machine that shows that it has a code, as a new post or in a post's place."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import F

from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import enrol, node_time, record
from openmidas.posts import entries, invitations, joining, replacements
from openmidas.posts.entries import InvitationEnd, ReplacementEnd
from openmidas.posts.join_cards import check_card, same_machine
from openmidas.posts.layouts import PostLayout
from openmidas.posts.local import InvitationSecret
from openmidas.posts.mandate import hold_journal, mandate_of
from openmidas.posts.refusals import Refused
from openmidas.posts.services import configure_post

MOST_TRIES = 10
MOST_ANSWERS = 10
"""A post whose answer was lost on the way asks again; each request is answered once."""


def take_in(raw: bytes) -> joining.JoinAnswer:
    """A machine asks to join: enrol it, and answer with our card. All or nothing.

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
        if not secret.ended:
            _admit(secret, request)
    card = this_node().card().encode()
    return joining.make_answer(request, bytes(secret.key), card, bytes(secret.identity))


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
        secret = InvitationSecret.objects.filter(id=invitation, ended="").first()
        if secret is None:
            return
        if secret.replaces is None:
            invitations.end(invitation, InvitationEnd.VOID, Actor())
        else:
            replacements.end(invitation, ReplacementEnd.VOID, Actor())


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
    if secret.ended and (not _is_again(secret, request) or len(secret.heard) >= MOST_ANSWERS):
        raise Refused("join.used")
    secret.heard = [*secret.heard, request.nonce.hex()]
    secret.save(update_fields=["heard"])


def _is_again(secret: InvitationSecret, request: joining.JoinRequest) -> bool:
    """Whether it is the machine that has joined by this code. One that took a post's place in the
    meantime shows another card than when it asked first."""
    before = bytes(secret.card)
    if secret.replaces is None:
        return before == request.card
    return same_machine(before, request.card)


def _admit(secret: InvitationSecret, request: joining.JoinRequest) -> None:
    actor = Actor(secret.officer, secret.role)
    try:
        mandate_of(actor)
        if secret.replaces is not None:
            replacements.check_both(secret.id)
    except Refused as refused:
        # What an administrator began who may do nothing any more is not carried on in their name.
        raise Refused("join.revoked") from refused
    if secret.replaces is None:
        _admit_new(secret, request.card, actor)
    else:
        secret.identity = replacements.admit(secret.id, secret.replaces, request.card, actor)
    secret.ended, secret.card = InvitationEnd.JOINED, request.card
    secret.save(update_fields=["ended", "card", "identity"])


def _admit_new(secret: InvitationSecret, raw: bytes, actor: Actor) -> None:
    layout = msgspec.json.decode(bytes(secret.layout), type=PostLayout)
    card = check_card(raw)
    # The HQ named the post when it invited it, and shows it by that name.
    enrol(msgspec.structs.replace(card, name=layout.name), actor=actor)
    configure_post(actor, card.id, layout)
    record(entries.PostJoined(invitation=secret.id, post=card.id), actor=actor)
