"""At a post that is open: preparing for the day when it is not, and taking in what was collected."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.journal import Actor, Header, NodeKind
from openmidas.journal.models import Journal, new_id
from openmidas.nodes.collecting.chain import Collected
from openmidas.nodes.collecting.entries import CollectedSealed, CollectingPrepared
from openmidas.nodes.collecting.projections import place_id
from openmidas.nodes.collecting.store import About, CollectingStore
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.models import CollectedEntry, CollectingRun, OpenedEntry
from openmidas.nodes.services import node_time, record, record_all

logger = logging.getLogger(__name__)

AT_ONCE = 100


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What came of settling. ``taken``: entries new to the journal; ``let_go``: those that the HQ has
    opened since, and that the second store holds no longer; ``waiting``: those that it still holds."""

    taken: int
    let_go: int
    waiting: int


def prepare(lanes: Sequence[str]) -> bool:
    """Make the second store, or bring it up to date; whether this post can collect now.

    It cannot before it has met its HQ: there is no key to seal to. A node that has opened another
    epoch begins another run, once all of the last one is in the journal: its second store may have
    come back from a copy, and places of that run been written since.
    """
    node, store = this_node(), CollectingStore(this_node().home)
    keys = Peer.objects.filter(kind=NodeKind.HQ, revoked=False).values_list("public_key", flat=True)
    recipients = tuple(map(bytes, keys))
    if node.is_hq or not recipients:
        return False
    if not store.exists:
        store.create(_new_run(recipients))
    elif store.about().epoch != node.epoch:
        store.begin_anew(_new_run(recipients))
    about = store.about()
    journal = Journal.objects.get(node=node.id, epoch=node.epoch)
    now = msgspec.structs.replace(
        about,
        recipients=recipients,
        lanes=tuple(lanes),
        floor=round(node_time().timestamp() * 1000),
        clock=journal.clock,
    )
    store.change(now)
    _declare(now)
    return True


def settle() -> Settled:
    """Take what was collected into the journal, and let go of what the HQ has opened.

    Broken off anywhere, it goes on where it was: what is in the journal is not taken again, and
    nothing is let go before the HQ has said what was in it.
    """
    store = CollectingStore(this_node().home)
    if this_node().is_hq or not store.exists:
        return Settled(taken=0, let_go=0, waiting=0)
    about = store.about()
    _declare(about)
    entries, taken = store.entries(settled=False), 0
    for start in range(0, len(entries), AT_ONCE):
        part = entries[start : start + AT_ONCE]
        taken += _take(about, part)
        store.mark_settled(_in_the_journal(about, part))
    if taken:
        logger.warning("%d entries that were collected are in the journal", taken)
    settled = store.entries(settled=True)
    done = _opened(about, settled)
    store.forget(done)
    return Settled(taken=taken, let_go=len(done), waiting=len(settled) - len(done))


def _new_run(recipients: tuple[bytes, ...]) -> About:
    node = this_node()
    return About(
        node=node.id, epoch=node.epoch, run=new_id(), seed=os.urandom(32), recipients=recipients
    )


@transaction.atomic
def _declare(about: About) -> None:
    """Say in the journal which key signs the run, once."""
    if not CollectingRun.objects.filter(id=about.run).exists():
        record(CollectingPrepared(run=about.run, public_key=about.public_key), actor=Actor())


@transaction.atomic
def _take(about: About, entries: Sequence[Collected]) -> int:
    # The journal is held first: two who settle at once must not both find nothing there.
    Journal.objects.select_for_update().get(node=this_node().id, epoch=this_node().epoch)
    ids = {_id(about, each): each for each in entries}
    known = set(CollectedEntry.objects.filter(id__in=ids).values_list("id", flat=True))
    new = [each for id, each in ids.items() if id not in known]
    record_all(
        [
            CollectedSealed(
                run=about.run, header=each.header, sealed=each.sealed, signature=each.signature
            )
            for each in new
        ],
        actor=Actor(),
    )
    return len(new)


def _in_the_journal(about: About, entries: Sequence[Collected]) -> list[int]:
    """The numbers of those that the journal has; another one at the same place is not let go."""
    ids = {_id(about, each): each.header for each in entries}
    rows = CollectedEntry.objects.filter(id__in=ids).values_list("id", "header", "number")
    here = {id: number for id, header, number in rows if bytes(header) == ids[id]}
    if others := len(ids) - len(here):
        logger.error("%d entries stand at places of their run where others are: kept", others)
    return sorted(here.values())


def _opened(about: About, entries: Sequence[Collected]) -> list[int]:
    """The numbers of those whose bodies the HQ has given back."""
    ids = {_id(about, each): Header.decode(each.header).sequence for each in entries}
    known = OpenedEntry.objects.filter(post=about.node, problem="")
    return sorted(ids[id] for id in known.values_list("id", flat=True) if id in ids)


def _id(about: About, entry: Collected) -> UUID:
    return place_id(about.node, about.run, Header.decode(entry.header).sequence)
