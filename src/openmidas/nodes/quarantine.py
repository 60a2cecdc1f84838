"""Having what is set aside tried again: who asked is an entry, the work is the worker's.

One entry is tried at once. All of a post, or of all posts, may be a hundred thousand: the worker takes
a batch at a time, between the batches of what arrives, so that nothing waits for it. After what is set
aside it tries what posts have collected and could not be opened.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F

from openmidas.journal import Actor
from openmidas.journal.local import Quarantined
from openmidas.journal.models import new_id
from openmidas.journal.quarantine import Aside, retry_one, retry_quarantined
from openmidas.nodes.collecting.again import open_again
from openmidas.nodes.entries import QuarantineRetried
from openmidas.nodes.local import RetryUnderWay
from openmidas.nodes.models import QuarantineRetry
from openmidas.nodes.services import node_time, record


def ask_again(actor: Actor, of_node: UUID | None = None) -> UUID:
    """Have all that is set aside tried again, or all that one node wrote; the id of the order.

    Raises `openmidas.nodes.refusals.Refused` ``disk.full``.
    """
    return _ask(actor, QuarantineRetried(retry=new_id(), of_node=of_node))


def try_one(actor: Actor, item: Quarantined) -> bool:
    """Try one entry again, now; whether it is used from now on. Raises as `ask_again` does."""
    id = _ask(
        actor,
        QuarantineRetried(
            retry=new_id(), of_node=item.node, epoch=item.epoch, sequence=item.sequence
        ),
    )
    carry_on(id)
    return not Quarantined.objects.filter(entry=item.entry).exists()


def carry_on(id: UUID | None = None) -> int:
    """Try the next batch of what was asked for (the oldest order, or this one); how many were tried."""
    open_ones = RetryUnderWay.objects.filter(ended=None).order_by("id")
    order = (open_ones if id is None else open_ones.filter(id=id)).first()
    if order is None:
        return 0
    one = order.sequence is not None
    if order.sequence is not None and order.of_node is not None and order.epoch is not None:
        went = retry_one(order.of_node, order.epoch, order.sequence)
        tried, mended, ended = int(went is not None), int(bool(went)), None
    else:
        step = open_again if order.collected else retry_quarantined
        tried, mended, ended = step(_after(order), node=order.of_node)
    node, epoch, sequence = ended or (None, None, None)
    over = ended is None and (one or order.collected)
    # Added up by the database: the page and the worker may try the same entry at the same moment.
    RetryUnderWay.objects.filter(id=order.id).update(
        tried=F("tried") + tried,
        mended=F("mended") + mended,
        after_node=node,
        after_epoch=epoch,
        after_sequence=sequence,
        collected=order.collected or (ended is None and not one),
        ended=node_time() if over else None,
    )
    return tried


def last_retries(most: int) -> list[tuple[QuarantineRetry, RetryUnderWay | None]]:
    """The last orders, the newest first, each with how far it has come; None: not known here."""
    orders = list(QuarantineRetry.objects.order_by("-at", "-id")[:most])
    how_far = RetryUnderWay.objects.in_bulk([order.id for order in orders])
    return [(order, how_far.get(order.id)) for order in orders]


@transaction.atomic
def _ask(actor: Actor, content: QuarantineRetried) -> UUID:
    record(content, actor=actor)
    RetryUnderWay.objects.create(
        id=content.retry,
        of_node=content.of_node,
        epoch=content.epoch,
        sequence=content.sequence,
    )
    return content.retry


def _after(order: RetryUnderWay) -> Aside | None:
    if order.after_node is None or order.after_epoch is None or order.after_sequence is None:
        return None
    return order.after_node, order.after_epoch, order.after_sequence
