"""What the book writes by itself, in the worker: that the link was gone for a time."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from openmidas.exchange.contact import find_hq
from openmidas.incidents.services import milliseconds
from openmidas.journal import Actor, NodeKind
from openmidas.journal.models import new_id
from openmidas.journal.projecting import moment
from openmidas.nodes.identity import this_node
from openmidas.nodes.jobs import every
from openmidas.nodes.reports import note_up
from openmidas.nodes.services import record_all
from openmidas.register.entries import LinkRestored
from openmidas.register.limits import LINK_OUTAGE
from openmidas.register.local import LinkSeen
from openmidas.register.outages import power_outages
from openmidas.register.spans import Span, without


@every(timedelta(minutes=1), at=NodeKind.POST)
def watch_link() -> None:
    """Write down that the link was gone, once headquarters is heard of again.

    What of that time the post itself was not up is told by its reports; the rest is told here.
    """
    # A report of a time when the post was not up must stand before what it takes away is asked for.
    note_up()
    hq = find_hq()
    if hq is None or hq.last_contact is None:
        return
    heard = milliseconds(hq.last_contact)
    with transaction.atomic():
        row, made = LinkSeen.objects.get_or_create(id=1, defaults={"seen": heard})
        # A clock that was put back makes the last contact the earlier one: the greatest moment is kept,
        # or the clock put right would tell of an outage of years.
        if made or heard <= row.seen:
            return
        before, row.seen = row.seen, heard
        row.save()
        record_all(_restored(Span(moment(before), moment(heard))), actor=Actor())


def _restored(gap: Span) -> list[LinkRestored]:
    """What to write of a time between two contacts."""
    if gap.end - gap.start <= LINK_OUTAGE:
        return []
    spans = without(gap, power_outages(this_node().id, gap))
    return [
        LinkRestored(
            outage=new_id(), lost_at=milliseconds(one.start), restored_at=milliseconds(one.end)
        )
        for one in spans
        if one.end - one.start > LINK_OUTAGE
    ]
