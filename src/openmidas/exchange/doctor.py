"""What `midas doctor` looks at in the exchange: peers, what is set aside, stopped journals, epochs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from openmidas.exchange.status import PeerStatus, exchange_status
from openmidas.journal import NodeKind
from openmidas.journal.models import Journal
from openmidas.journal.store import CLOSED, place_at
from openmidas.nodes.doctor import Finding, Level, check
from openmidas.nodes.epochs import continued_place
from openmidas.nodes.identity import this_node
from openmidas.nodes.metrics import Metric, Sample, measure
from openmidas.nodes.names import node_names

SILENT = timedelta(days=2)
"""Longer without a word from a peer than a link in the desert is down."""


@check()
def peers() -> Iterator[Finding]:
    """Who is heard of, and what is wrong with whom."""
    status = exchange_status()
    if not status.peers:
        code = "peers.no_posts" if this_node().is_hq else "peers.no_hq"
        yield Finding(code, Level.LOOK)
    for peer in status.peers:
        yield _peer(peer)


@check()
def set_aside() -> Iterator[Finding]:
    """Entries that no table could be made from, and segments that did not hold."""
    status = exchange_status()
    if status.quarantined:
        yield Finding("exchange.quarantined", Level.LOOK, {"entries": status.quarantined})
    if status.refused:
        yield Finding("exchange.refused", Level.LOOK, {"segments": status.refused})
    if not status.quarantined and not status.refused:
        yield Finding("exchange.nothing_aside", Level.OK)


@check()
def stopped() -> Iterator[Finding]:
    """Journals that are taken no further, but for our own closed epochs."""
    found = Journal.objects.exclude(stopped__in=("", CLOSED)).order_by("node", "epoch")
    names = node_names()
    for journal in found:
        name = names.get(journal.node, str(journal.node))
        yield Finding("exchange.stopped", Level.STOP, {"name": name, "reason": journal.stopped})


@check()
def epochs() -> Iterator[Finding]:
    """Every later epoch continues from a place of the one before, as far as that is here."""
    names = node_names()
    for journal in Journal.objects.filter(epoch__gt=1, sequence__gt=0).order_by("node", "epoch"):
        params: dict[str, str | int] = {
            "name": names.get(journal.node, str(journal.node)),
            "epoch": journal.epoch,
        }
        place = continued_place(journal)
        before = place and Journal.objects.filter(node=place.node, epoch=place.epoch).first()
        if place is None or not before or place.sequence > before.sequence:
            yield Finding("epoch.unproved", Level.UNKNOWN, params)
        elif place_at(before, place.sequence) != place or bytes(journal.continues) != place.hash:
            yield Finding("epoch.elsewhere", Level.STOP, params)
        else:
            yield Finding("epoch.continues", Level.OK, params)


@measure
def measures() -> Iterator[Metric]:
    """The exchange in numbers."""
    status, now = exchange_status(), timezone.now()
    heard = [
        Sample((now - peer.last_contact).total_seconds(), {"peer": peer.name})
        for peer in status.peers
        if peer.last_contact is not None
    ]
    yield Metric("midas_peer_last_contact_seconds", "Since a peer was last heard of.", heard)
    for name, help, of in (
        ("midas_peer_reachable", "Whether a peer was heard of a moment ago.", _reachable),
        ("midas_peer_to_send", "Entries that a peer gave no receipt for.", _to_go),
        ("midas_peer_to_come", "Entries that a peer still has for this node.", _to_come),
    ):
        samples = [Sample(of(peer), {"peer": peer.name}) for peer in status.peers]
        yield Metric(name, help, samples)
    yield Metric("midas_quarantined_entries", "Set aside.", [Sample(status.quarantined)])
    yield Metric("midas_refused_segments", "Kept for a closer look.", [Sample(status.refused)])


def _reachable(peer: PeerStatus) -> float:
    return float(peer.reachable)


def _to_go(peer: PeerStatus) -> float:
    return peer.to_go


def _to_come(peer: PeerStatus) -> float:
    return math.nan if peer.to_come is None else peer.to_come


def _peer(peer: PeerStatus) -> Finding:
    params: dict[str, str | int] = {"name": peer.name, "reason": peer.problem}
    if peer.problem:
        return Finding("peers.problem", Level.LOOK, params)
    if peer.last_contact is None:
        return Finding("peers.never", Level.LOOK, params)
    silent = timezone.now() - peer.last_contact
    params["hours"] = round(silent / timedelta(hours=1))
    if silent > SILENT:
        return Finding("peers.silent", Level.LOOK, params)
    if not peer.reachable and peer.kind is NodeKind.HQ:
        return Finding("peers.away", Level.OK, params)
    return Finding("peers.heard", Level.OK, params)
