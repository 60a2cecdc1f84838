"""Ordering an erasure, carrying it out to the end here, and knowing which nodes still have to.

The HQ orders; each node obeys when its tables come to the order (`projections.entries_erased`): the
bodies are out of its journals from then on. The tables are made again and the files written anew by
`follow_erasures`, which the worker calls (`erasing_jobs`).
"""

from __future__ import annotations

import logging
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils import timezone

from openmidas.journal import Actor, NodeKind
from openmidas.journal.erasing import MOST_PLACES, Places, lasting_kinds, lock_journals
from openmidas.journal.local import ErasureUnderWay, HeldReceipt
from openmidas.journal.models import ErasedPlace, Journal, JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.journal.wiping import wipe
from openmidas.nodes.collecting.pairs import partner_of
from openmidas.nodes.entries import EntriesErased, ErasureReason
from openmidas.nodes.home import this_home
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.models import Erasure, NodeReport
from openmidas.nodes.room import LEAST_TO_ERASE
from openmidas.nodes.services import node_time, record

logger = logging.getLogger(__name__)

Progress = Callable[[int], None]
Before = Callable[[Sequence[JournalEntry], Actor], None]

_before: list[Before] = []
_after: list[Callable[[], None]] = []

COPIES = "before-upgrade"
"""In the node's folder: the copy of the whole database of before the last upgrade."""
QUIET = timedelta(minutes=10)
"""Nobody has written for so long: the file of the database may be written anew."""
AT_THE_LATEST = timedelta(days=1)
"""So long after an erasure it is written anew, whoever has to wait for it."""


class NotErasable(Exception):  # noqa: N818  reads as a sentence where it is raised
    """An entry that cannot be erased. ``code``: ``not_hq``, ``missing``, ``lasting``, ``nothing``."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(code)


class EntryPlace(msgspec.Struct, frozen=True, order=True):
    """Where an entry stands."""

    node: UUID
    epoch: int
    sequence: int


def before_erasure(keep: Before) -> Before:
    """Have this called with the entries that are to be erased, in the same transaction.

    For what a room above may keep of them: numbers that are nobody's.
    """
    _before.append(keep)
    return keep


def after_erasure(follow: Callable[[], None]) -> Callable[[], None]:
    """Have this called once the tables follow an erasure, before the files are written anew.

    For what a room keeps beside the tables; it may be called several times.
    """
    _after.append(follow)
    return follow


def find_entry(place: EntryPlace) -> JournalEntry:
    """The entry at a place, which has a body that can be taken away. Raises `NotErasable`."""
    where = {"node": str(place.node), "epoch": str(place.epoch), "sequence": str(place.sequence)}
    entry = JournalEntry.objects.filter(
        node=place.node, epoch=place.epoch, sequence=place.sequence
    ).first()
    if entry is None:
        raise NotErasable("missing", **where)
    if entry.kind in lasting_kinds():
        raise NotErasable("lasting", kind=entry.kind, **where)
    if entry.body is None:
        raise NotErasable("nothing", **where)
    return entry


def _with_partners(places: Iterable[EntryPlace]) -> set[EntryPlace]:
    """The places, and those where the same is said once more."""
    wanted = set(places)
    for place in tuple(wanted):
        other = partner_of(place.node, place.epoch, place.sequence)
        if other is not None:
            wanted.add(EntryPlace(other.node, other.epoch, other.sequence))
    return wanted


@transaction.atomic
def order_erasure(
    places: Iterable[EntryPlace], reason: ErasureReason, *, actor: Actor
) -> list[UUID]:
    """At the HQ: have the entries at these places erased at every node; the ids of the orders.

    Here they have lost their bodies when this returns. Several orders where one would be too long;
    all of them or none. A full disk is no reason not to try. Raises `NotErasable`.
    """
    if not this_node().is_hq:
        raise NotErasable("not_hq")
    wanted = sorted(_with_partners(places))
    entries = [find_entry(place) for place in wanted]
    orders = [
        EntriesErased(erasure=new_id(), places=tuple(_grouped(some)), reason=reason)
        for some in _parts(wanted)
    ]
    # Together with our own, which `record` holds: in one order, as a rebuild does.
    own = Places(node=this_node().id, epoch=this_node().epoch, sequences=(1,))
    lock_journals([own, *(each for one in orders for each in one.places)])
    for keep in _before:
        keep(entries, actor)
    for content in orders:
        record(content, actor=actor, least=LEAST_TO_ERASE)
    return [content.erasure for content in orders]


def follow_erasures(progress: Progress = lambda _: None, *, wait: bool = True) -> bool:
    """Carry out to the end what erasures began here; whether nothing is left to do.

    The tables are made again once for all of them. Then the files are written anew, if ``wait`` at a
    moment when nobody works here, or a day later. Harmless to repeat, and to be killed in.
    """
    under_way = ErasureUnderWay.objects.all()
    if not under_way.exists():
        return True
    if under_way.filter(tables_follow=False).exists():
        rebuild(progress)
    for follow in _after:
        follow()
    if wait and not _quiet():
        return False
    if (copies := this_home().path(COPIES)).exists():
        shutil.rmtree(copies)
    wipe()
    left = under_way.count()
    logger.info("erasures: %d still under way", left)
    return left == 0


def _quiet() -> bool:
    written = Journal.objects.filter(node=this_node().id).order_by("-at").first()
    last = written.at if written is not None else 0
    if node_time().timestamp() * 1000 - last >= QUIET / timedelta(milliseconds=1):
        return True
    return ErasureUnderWay.objects.filter(since__lt=timezone.now() - AT_THE_LATEST).exists()


def followed_to() -> tuple[int, int]:
    """The place (epoch, sequence) in the HQ's journals up to which this node has obeyed to the end."""
    hq = Journal.objects.filter(node_kind=NodeKind.HQ).order_by("epoch")
    ends = [(one.epoch, one.projected) for one in hq]
    behind = [(one.epoch, one.projected) for one in hq if one.projected < one.sequence]
    under_way = [(one.epoch, one.sequence - 1) for one in ErasureUnderWay.objects.all()]
    return min([*behind, *under_way], default=max(ends, default=(0, 0)))


class Standing(StrEnum):
    """How far a post is with an order."""

    NOT_THERE = "not_there"  # it has not said that it holds the order
    THERE = "there"  # it holds the order, and has not reported that it is done
    DONE = "done"
    REVOKED = "revoked"  # it is trusted no more, and gets nothing


class Follower(msgspec.Struct, frozen=True):
    """A post that has to follow an order, and how far it is."""

    node: UUID
    name: str
    standing: Standing


def followers(erasure: Erasure) -> list[Follower]:
    """At the HQ: the posts that may hold what an order erases, and how far each is.

    What a post wrote, that post has, and nobody else but the HQ; what the HQ wrote, any may have.
    """
    nodes = set(ErasedPlace.objects.filter(erasure=erasure.id).values_list("of_node", flat=True))
    posts = Peer.objects.filter(kind=NodeKind.POST).order_by("name", "id")
    if erasure.node not in nodes:
        posts = posts.filter(id__in=nodes)
    return [Follower(post.id, post.name, _standing(post, erasure)) for post in posts]


def _standing(post: Peer, erasure: Erasure) -> Standing:
    if _is_done(post, erasure):
        return Standing.DONE
    if post.revoked:
        return Standing.REVOKED
    held = HeldReceipt.objects.filter(
        node=erasure.node, epoch=erasure.epoch, witness=post.id, sequence__gte=erasure.sequence
    )
    return Standing.THERE if held.exists() else Standing.NOT_THERE


def _is_done(post: Peer, erasure: Erasure) -> bool:
    told = NodeReport.objects.filter(node=post.id).order_by("-at").first()
    place = (erasure.epoch, erasure.sequence)
    return told is not None and (told.erased_epoch, told.erased) >= place


def _parts(places: list[EntryPlace]) -> Iterator[list[EntryPlace]]:
    for start in range(0, len(places), MOST_PLACES):
        yield places[start : start + MOST_PLACES]


def _grouped(places: Iterable[EntryPlace]) -> Iterator[Places]:
    runs: defaultdict[tuple[UUID, int], list[int]] = defaultdict(list)
    for place in places:
        runs[place.node, place.epoch].append(place.sequence)
    for (node, epoch), sequences in runs.items():
        yield Places(node=node, epoch=epoch, sequences=tuple(sequences))
