"""What can be done about officers and posts. Each is one transaction.

Who may do it is the actor's `mandate`. Everything raises `Refused`; `wording` words its codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.journal import Actor, Content
from openmidas.journal.models import new_id
from openmidas.nodes.entries import LONGEST_REASON
from openmidas.nodes.local import Peer
from openmidas.nodes.services import record, revoke
from openmidas.posts import entries
from openmidas.posts.layouts import PostLayout as PostLayout  # who configures takes it from here
from openmidas.posts.layouts import check_layout
from openmidas.posts.mandate import (
    Mandate,
    hold_journal,
    keep_an_administrator,
    mandate_of,
)
from openmidas.posts.models import LONGEST_NAME, Officer, Post, Suspension
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.standing import suspensions_of

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")


@transaction.atomic
def configure_post(actor: Actor, post: UUID, layout: PostLayout) -> None:
    """At the HQ: lay out a post, told to that post. Raises `Refused`."""
    mandate = _mandate_now(actor)
    if not mandate.at_hq:
        raise Refused("mandate.missing")
    check_layout(layout)
    content = entries.PostConfigured(post=post, **msgspec.structs.asdict(layout))
    record(content, actor=actor, audience=mandate.audience(post))
    Peer.objects.filter(id=post).update(name=layout.name)  # one post, one name on every page


@transaction.atomic
def revoke_post(actor: Actor, post: UUID, reason: str) -> None:
    """At the HQ: exchange nothing more with a post whose machine was stolen or lost. Raises `Refused`.

    What it wrote before stays. Enrolling it anew, with the card of its next machine, ends this.
    """
    if not _mandate_now(actor).at_hq:
        raise Refused("mandate.missing")
    said = " ".join(reason.split())
    if not 3 <= len(said) <= LONGEST_REASON:
        raise Refused("reason.missing")
    try:
        revoke(post, said, actor=actor)
    except Peer.DoesNotExist as error:
        raise Refused("post.not_trusted") from error


@transaction.atomic
def enrol_officer(
    actor: Actor, *, username: str, name: str, roles: Iterable[Role], post: UUID | None = None
) -> Officer:
    """Take an officer on, at a post or (``post`` None) at this node.

    A head of post does it for 14 days, unless the HQ confirms. Raises `Refused`.
    """
    mandate = _mandate_now(actor)
    home = post or mandate.node
    mandate.check_post(home)
    if home != mandate.node and not Post.objects.filter(id=home).exists():
        raise Refused("post.unknown")
    given = frozenset(roles)
    mandate.check_roles(home, given)
    content = entries.OfficerEnrolled(
        officer=new_id(),
        username=_free_username(username, home),
        name=_full_name(name),
        roles=_in_order(given),
        post=home,
        until=_milliseconds(mandate),
    )
    return _write_officer(actor, mandate, content)


@transaction.atomic
def change_officer(actor: Actor, officer: UUID, *, name: str, roles: Iterable[Role]) -> Officer:
    """Change an officer's name and roles; a time limit stays as it was. Raises `Refused`."""
    mandate = _mandate_now(actor)
    known = _officer(officer)
    mandate.check_post(known.post)
    mandate.check_not_self(known)
    mandate.check_owned(known)
    given = frozenset(roles)
    mandate.check_roles(known.post, given)
    if Role.ADMINISTRATOR not in given:
        keep_an_administrator(known)
    content = entries.OfficerEnrolled(
        officer=known.id,
        username=known.username,
        name=_full_name(name),
        roles=_in_order(given),
        post=known.post,
        until=None if known.until is None else round(known.until.timestamp() * 1000),
    )
    return _write_officer(actor, mandate, content)


@transaction.atomic
def confirm_officer(actor: Actor, officer: UUID) -> None:
    """At the HQ: keep an officer whom a head of post has enrolled. Raises `Refused`."""
    mandate = _mandate_now(actor)
    known = _officer(officer)
    if not mandate.at_hq or known.node == mandate.node:
        raise Refused("mandate.missing")
    content = entries.OfficerConfirmed(officer=known.id, post=known.post)
    record(content, actor=actor, audience=mandate.audience(known.post))


@transaction.atomic
def suspend(actor: Actor, officer: UUID, *, reason: str) -> Suspension:
    """Shut an officer out at once: by the HQ until lifted, by a head of post for 14 days.

    Raises `Refused`.
    """
    mandate = _mandate_now(actor)
    known = _officer(officer)
    mandate.check_post(known.post)
    mandate.check_not_self(known)
    keep_an_administrator(known)
    reason = " ".join(reason.split())
    if not 3 <= len(reason) <= 255:
        raise Refused("reason.missing")
    content = entries.OfficerSuspended(
        suspension=new_id(), officer=known.id, reason=reason, until=_milliseconds(mandate)
    )
    record(content, actor=actor, audience=mandate.audience(known.post))
    return Suspension.objects.get(id=content.suspension)


@transaction.atomic
def reinstate(actor: Actor, officer: UUID) -> None:
    """Lift the suspensions of an officer: the HQ any, a post its own. Raises `Refused`."""
    mandate = _mandate_now(actor)
    known = _officer(officer)
    mandate.check_post(known.post)
    mandate.check_not_self(known)
    in_force = suspensions_of([known])
    if not in_force:
        raise Refused("officer.not_suspended")
    if not mandate.at_hq and any(one.node != mandate.node for one in in_force):
        raise Refused("suspension.by_hq")
    for one in in_force:
        content: Content = entries.OfficerReinstated(suspension=one.id, officer=known.id)
        record(content, actor=actor, audience=mandate.audience(known.post))


def _mandate_now(actor: Actor) -> Mandate:
    """The mandate, with this node's journal held: two administrators cannot suspend each other."""
    hold_journal()
    return mandate_of(actor)


def _write_officer(actor: Actor, mandate: Mandate, content: entries.OfficerEnrolled) -> Officer:
    record(content, actor=actor, audience=mandate.audience(content.post))
    return Officer.objects.get(id=content.officer)


def _officer(officer: UUID) -> Officer:
    known = Officer.objects.filter(id=officer).first()
    if known is None:
        raise Refused("officer.unknown")
    return known


def _free_username(username: str, post: UUID) -> str:
    username = username.strip().lower()
    if not USERNAME.fullmatch(username):
        raise Refused("username.malformed")
    if Officer.objects.filter(post=post, username__iexact=username).exists():
        raise Refused("username.taken", username=username)
    return username


def _full_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Refused("name.malformed")
    return name


def _in_order(roles: frozenset[Role]) -> tuple[str, ...]:
    return tuple(role.value for role in Role if role in roles)


def _milliseconds(mandate: Mandate) -> int | None:
    limit = mandate.limit()
    return None if limit is None else int(limit.timestamp() * 1000)
