"""At a post: the heads of its neighbours' journals, which it keeps and gives back to be compared.

They come from the HQ, a few at a time, with their writers' signatures. See `openmidas.exchange.heads`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import transaction

from openmidas.exchange import contact
from openmidas.exchange.heads import FORK, agrees, stop
from openmidas.exchange.messages import Told, now
from openmidas.journal import Head, JournalError
from openmidas.journal.models import Journal
from openmidas.journal.signing import check_head
from openmidas.journal.witnessed import CarriedHead, Contradiction, contradict, version_of
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.models import EnrolledNode

logger = logging.getLogger(__name__)

SET_BACK = "journal.set_back"
"""The HQ shows an earlier end of its journal than it gave us entries of, in the same epoch."""
AT_ONCE = 4
"""How many heads, or contradictions, one message takes along: 220 bytes each."""
GIVE_EVERY = 3_600_000
"""Milliseconds: so often some of what is carried goes back to the HQ."""
KEPT_OF_ONE = 8
"""Heads that are kept of one journal: the first that came, and the newest."""
MOST_CARRIED = 8_000
"""Heads that are kept in all: a thousand posts' at the least."""


def keep_carried(hq: Peer, heads: Iterable[Head]) -> None:
    """At a post: keep the heads that the HQ gives, and compare them with what is here already."""
    for head in heads:
        if head.place.node == hq.id:
            _compare_with_copy(hq, head)
        elif head.place.node != this_node().id and _signed_by_enrolled(head):
            _keep(hq, head)


def to_give_back() -> tuple[Head, ...]:
    """At a post: some of what it carries, those first that were given back the longest ago."""
    moment = now()
    last = CarriedHead.objects.order_by("-given").values_list("given", flat=True).first()
    # In both directions: a clock that was put right must not silence the neighbours for years.
    if last is None or abs(moment - last) < GIVE_EVERY:
        return ()
    return tuple(one.head() for one in CarriedHead.objects.order_by("given", "id")[:AT_ONCE])


def given_back(heads: Iterable[Head]) -> None:
    """At a post: the HQ has heard these."""
    moment = now()
    for head in heads:
        place = head.place
        carried = CarriedHead.objects.filter(node=place.node, epoch=place.epoch)
        carried.filter(sequence=place.sequence).update(given=moment)


def to_tell() -> tuple[Told, ...]:
    """At a post: contradictions that the HQ has not been told."""
    found = []
    for one in Contradiction.objects.filter(told=False).order_by("id")[:AT_ONCE]:
        ours, theirs = one.versions()
        found.append(Told(code=one.code, node=one.node, ours=ours, theirs=theirs))
    return tuple(found)


def told(contradictions: Iterable[Told]) -> None:
    """At a post: the HQ has heard these."""
    for one in contradictions:
        for row in Contradiction.objects.filter(told=False, code=one.code, node=one.node):
            if row.versions() == (one.ours, one.theirs):
                Contradiction.objects.filter(id=row.id).update(told=True)


def _compare_with_copy(hq: Peer, head: Head) -> None:
    """The end of the HQ's own journal, beside our copy of it: neither another nor behind it."""
    place = head.place
    journal = Journal.objects.filter(node=hq.id, epoch=place.epoch).first()
    if journal is None:
        return
    check_head(head, bytes(journal.public_key))
    if agrees(journal, head) is False:
        stop(journal, head, hq)
        contact.note_problem(hq.id, FORK)
    elif place.sequence < journal.sequence:
        contradict(SET_BACK, hq.id, hq.id, version_of(journal.head()), version_of(head), now())
        contact.note_problem(hq.id, SET_BACK)


def _signed_by_enrolled(head: Head) -> bool:
    """Whether the key signed it that the HQ's own journal names for this post and epoch."""
    place = head.place
    post = EnrolledNode.objects.filter(id=place.node, epoch=place.epoch).first()
    if post is None:
        return False
    try:
        check_head(head, bytes(post.public_key))
    except JournalError:
        logger.warning("the HQ gave a head of %s that it did not sign", post)
        return False
    return True


@transaction.atomic
def _keep(hq: Peer, head: Head) -> None:
    place = head.place
    carried = CarriedHead.objects.filter(node=place.node, epoch=place.epoch)
    known = carried.filter(sequence=place.sequence).first()
    if known is not None:
        if bytes(known.hash) != place.hash:
            contradict(FORK, place.node, hq.id, version_of(known.head()), version_of(head), now())
            contact.note_problem(hq.id, FORK)
        return
    CarriedHead.objects.create(
        node=place.node,
        epoch=place.epoch,
        sequence=place.sequence,
        hash=place.hash,
        signature=head.signature,
        since=now(),
    )
    # The HQ shows less than it has shown: what it had goes back to it first.
    carried.filter(sequence__gt=place.sequence).update(given=0)
    # The first one that came stays: whoever rewrites a journal cannot push it out with newer ones.
    of_one = list(carried.order_by("sequence").values_list("id", flat=True))
    carried.filter(id__in=of_one[1 : max(1, len(of_one) - KEPT_OF_ONE + 1)]).delete()
    _within_bounds()


def _within_bounds() -> None:
    """Where there are too many, those go that were given back last: the HQ has just seen them."""
    over = CarriedHead.objects.count() - MOST_CARRIED
    if over > 0:
        spare = CarriedHead.objects.order_by("-given", "id").values_list("id", flat=True)
        CarriedHead.objects.filter(id__in=list(spare[:over])).delete()
