"""Is what was erased gone from tables and files, too?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from openmidas.journal.erasing import first_without_body
from openmidas.journal.local import ErasureUnderWay
from openmidas.nodes.doctor import Effort, Finding, Level, check
from openmidas.nodes.identity import this_node

LATE = timedelta(days=2)
"""A day is what it waits for a quiet moment; more than that, and something keeps it from its end."""


@check()
def erased() -> Iterator[Finding]:
    """Erasures that took bodies out of the journals, and that the rest does not follow yet."""
    under_way = ErasureUnderWay.objects.order_by("since")
    first = under_way.first()
    if first is None:
        yield Finding("erasure.done", Level.OK)
        return
    hours = round((timezone.now() - first.since) / timedelta(hours=1))
    late = first.since < timezone.now() - LATE
    params: dict[str, str | int] = {"erasures": under_way.count(), "hours": hours}
    yield Finding(
        "erasure.late" if late else "erasure.under_way", Level.LOOK if late else Level.OK, params
    )


@check(Effort.SLOW)
def ordered() -> Iterator[Finding]:
    """A node has the body of all that it wrote in its epoch, but for what was ordered to be erased.

    The chain holds without them: who takes a body away to hide it is found here, and only here.
    """
    node = this_node()
    missing = first_without_body(node.id, node.epoch)
    if missing is None:
        yield Finding("erasure.ordered", Level.OK)
    else:
        yield Finding("erasure.not_ordered", Level.STOP, {"sequence": missing})
