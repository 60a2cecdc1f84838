"""What a node notes about its peers while it exchanges with them: contact, clocks, problems."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils import timezone

from openmidas.nodes.local import Peer

NOTE_EVERY = timedelta(seconds=5)
"""A contact is written down no more often than this, to spare the flash memory of a post."""
SAME_CLOCK = 1000
"""Milliseconds by which a peer's clock may seem to have moved without being written down again."""
OURS = "ours."
"""Prefix of the codes of what the peer finds wrong with our journal; without it, it is the peer's."""


MOST_WAITING = 2**63 - 1
"""What a column takes: a post may say of each of its journals that it is as long."""

_OF_LINK = ("node.unknown", "node.revoked", "database.busy", "message.malformed")


class Concern(StrEnum):
    """What the code of a problem is about, and so what proves it to be over."""

    LINK = "link"
    OURS = "ours"
    LOG = "log"
    ATTACHMENT = "attachment"
    VERSION = "version"
    THEIRS = "theirs"


def concern(code: str) -> Concern:
    """What this code is about."""
    if code.startswith(OURS):
        return Concern.OURS
    if code.startswith("log."):
        return Concern.LOG
    if code.startswith("attachment."):
        return Concern.ATTACHMENT
    if code.startswith("version."):
        return Concern.VERSION
    if code.startswith("link.") or code in _OF_LINK:
        return Concern.LINK
    return Concern.THEIRS


def note_contact(peer: Peer, *, waiting: int | None = None, ahead: int | None = None) -> None:
    """The peer was heard: it has ``waiting`` entries for us, and its clock is ``ahead`` of ours (ms).

    None for what it did not say. While a backlog shrinks, how much of it is left is written down now
    and then, and at once when it begins and when it is over.
    """
    moment = timezone.now()
    # In both directions: a contact "in the future" was noted before the clock was put right.
    stale = peer.last_contact is None or abs(moment - peer.last_contact) >= NOTE_EVERY
    changed: dict[str, Any] = {}
    if waiting is not None and (stale or not waiting or not peer.waiting):
        waiting = min(waiting, MOST_WAITING)
        changed = {"waiting": waiting} if peer.waiting != waiting else {}
    if ahead is not None and _clock_moved(peer.clock_ahead, ahead):
        changed["clock_ahead"] = ahead
    if peer.last_problem and concern(peer.last_problem) is Concern.LINK:
        changed["last_problem"] = ""
    if changed or stale:
        Peer.objects.filter(id=peer.id).update(last_contact=moment, **changed)


def _clock_moved(noted: int | None, ahead: int) -> bool:
    return noted is None or abs(ahead - noted) >= SAME_CLOCK


def note_speed(peer: UUID, per_minute: int) -> None:
    """The peer takes so many entries a minute of a backlog of ours."""
    Peer.objects.filter(id=peer).update(per_minute=per_minute)


def note_problem(peer: UUID, code: str) -> None:
    """Something went wrong with this peer."""
    Peer.objects.filter(id=peer).update(last_problem=code, last_problem_at=timezone.now())


def over(peer: Peer, what: Concern) -> None:
    """Whatever was wrong of this kind is over."""
    if peer.last_problem and concern(peer.last_problem) is what:
        Peer.objects.filter(id=peer.id, last_problem=peer.last_problem).update(last_problem="")


def find_hq() -> Peer | None:
    """The HQ that this post exchanges with, if it has met one."""
    return Peer.objects.filter(kind="hq").exclude(exchange="").order_by("name").first()


def trusted_certificates() -> tuple[str, ...]:
    """The certificates (PEM) of all peers of this node but those that were revoked."""
    trusted = Peer.objects.filter(revoked=False).order_by("id")
    return tuple(trusted.values_list("certificate", flat=True))
