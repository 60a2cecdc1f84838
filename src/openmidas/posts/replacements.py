"""At the HQ: another machine becomes a post, under four eyes (decision 0022).

One administrator proposes it and says why; another approves. Only then is there a code, and from
then on the machine before is trusted no more. Both steps are entries, and stay at the HQ.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.exchange.leasing import forget_machine
from openmidas.journal import Actor, NodeKind
from openmidas.journal.models import new_id
from openmidas.nodes.entries import LONGEST_REASON
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.replacing import enrol_next_machine, next_identity
from openmidas.nodes.services import enrol, node_time, record
from openmidas.nodes.services import revoke as distrust
from openmidas.posts import entries
from openmidas.posts.entries import InvitationEnd, ReplacementEnd
from openmidas.posts.invitations import Invitation
from openmidas.posts.join_cards import check_next_card
from openmidas.posts.join_codes import free_code
from openmidas.posts.local import InvitationSecret
from openmidas.posts.mandate import hold_journal, mandate_of
from openmidas.posts.models import PostReplacement
from openmidas.posts.refusals import Refused

VALID_FOR = timedelta(hours=72)
"""How long a proposal waits for the second administrator, and how long the code is good after that."""
PROPOSED, APPROVED, EXPIRED = "proposed", "approved", "expired"


@transaction.atomic
def propose(actor: Actor, post: UUID, reason: str) -> PostReplacement:
    """Ask that another machine becomes this post. Nothing happens before somebody else approves.

    Raises `Refused`: ``mandate.missing``, ``replacement.nobody``, ``reason.missing``,
    ``post.unknown``, ``replacement.open``.
    """
    _person(actor)
    said = " ".join(reason.split())
    if not 3 <= len(said) <= LONGEST_REASON:
        raise Refused("reason.missing")
    if not Peer.objects.filter(id=post, kind=NodeKind.POST).exists():
        raise Refused("post.unknown")
    if open_replacement(post) is not None:
        raise Refused("replacement.open")
    content = entries.PostReplacementProposed(
        replacement=new_id(),
        post=post,
        reason=said,
        expires=round((node_time() + VALID_FOR).timestamp() * 1000),
    )
    record(content, actor=actor)
    return PostReplacement.objects.get(id=content.replacement)


@transaction.atomic
def approve(actor: Actor, replacement: UUID) -> Invitation:
    """Agree, as a second person: the machine before is shut out at once, and there is a code.

    Raises `Refused`: as `propose`, ``replacement.unknown``, ``replacement.ended``,
    ``replacement.same_person``, ``replacement.approved``, ``replacement.proposer_gone``.
    """
    _person(actor)
    known = _open(replacement)
    if actor.officer == known.proposed_by:
        raise Refused("replacement.same_person")
    if known.approved_at is not None:
        raise Refused("replacement.approved")
    try:
        _check_proposer(known)
    except Refused as refused:
        raise Refused("replacement.proposer_gone") from refused
    code = free_code(InvitationSecret.objects.values_list("number", flat=True))
    expires = node_time() + VALID_FOR
    content = entries.PostReplacementApproved(
        replacement=known.id, expires=round(expires.timestamp() * 1000)
    )
    record(content, actor=actor)
    if Peer.objects.filter(id=known.post, revoked=False).exists():
        distrust(known.post, known.reason, actor=actor)
    InvitationSecret.objects.create(
        id=known.id,
        number=code.number,
        key=code.key(),
        replaces=known.post,
        officer=actor.officer,
        role=actor.role,
        expires_at=expires,
    )
    name = Peer.objects.get(id=known.post).name
    return Invitation(known.id, name, code.text(), expires)


@transaction.atomic
def withdraw(actor: Actor, replacement: UUID) -> None:
    """Take a replacement back; its code, if there is one, is good for nothing any more.

    A machine that was shut out stays so. Raises `Refused` as `approve`.
    """
    _person(actor)
    end(_open(replacement).id, ReplacementEnd.WITHDRAWN, actor)


def end(replacement: UUID, how: ReplacementEnd, actor: Actor) -> None:
    """End a replacement that came to nothing, in the caller's transaction."""
    ended = InvitationEnd.VOID if how is ReplacementEnd.VOID else InvitationEnd.REVOKED
    InvitationSecret.objects.filter(id=replacement).update(ended=ended)
    record(entries.PostReplacementEnded(replacement=replacement, end=how), actor=actor)


def check_both(replacement: UUID) -> None:
    """Both administrators still are. Raises `Refused` ``mandate.missing``."""
    _check_proposer(PostReplacement.objects.get(id=replacement))


def admit(replacement: UUID, post: UUID, raw: bytes, actor: Actor) -> bytes:
    """Enrol the machine that showed the code as this post; what it is told of the post (MessagePack).

    What the HQ kept to open the machine before is forgotten. Nothing is told to a machine that has
    been this post: one that came back from a backup has its journal and a later epoch already.
    Raises `Refused` as `check_next_card` does.
    """
    card = check_next_card(raw, post)
    told = b""
    if card.id == post:
        enrol(msgspec.structs.replace(card, name=Peer.objects.get(id=post).name), actor=actor)
        epoch = card.epoch
    else:
        identity = next_identity(post)
        enrol_next_machine(card, identity, actor=actor)
        epoch, told = identity.epoch, msgspec.msgpack.encode(identity)
    forget_machine(post)
    ended = entries.PostReplacementEnded(
        replacement=replacement, end=ReplacementEnd.REPLACED, epoch=epoch
    )
    record(ended, actor=actor)
    return told


def replacements_of(post: UUID) -> list[tuple[PostReplacement, str]]:
    """The replacements of a post, the last first, each with how it stands.

    A code of `posts.entries.ReplacementEnd`, `PROPOSED`, `APPROVED` or `EXPIRED`.
    """
    mine = PostReplacement.objects.filter(node=this_node().id, post=post)
    return [(one, _standing(one)) for one in mine.order_by("-proposed_at", "-id")]


def open_replacement(post: UUID) -> PostReplacement | None:
    """The replacement of a post that is under way, if one is."""
    for one, state in replacements_of(post):
        if state in (PROPOSED, APPROVED):
            return one
    return None


def _standing(one: PostReplacement) -> str:
    if one.ended:
        return one.ended
    limit = one.code_expires_at or one.expires_at
    if limit <= node_time():
        return EXPIRED
    return PROPOSED if one.approved_at is None else APPROVED


def _person(actor: Actor) -> None:
    """Raises `Refused` unless this is an administrator of the HQ, by name: two commands without one
    would be one pair of eyes."""
    hold_journal()
    if not mandate_of(actor).at_hq:
        raise Refused("mandate.missing")
    if actor.officer is None:
        raise Refused("replacement.nobody")


def _open(replacement: UUID) -> PostReplacement:
    known = PostReplacement.objects.filter(id=replacement, node=this_node().id).first()
    if known is None:
        raise Refused("replacement.unknown")
    if _standing(known) not in (PROPOSED, APPROVED):
        raise Refused("replacement.ended")
    return known


def _check_proposer(known: PostReplacement) -> None:
    mandate_of(Actor(known.proposed_by, "administrator"))
