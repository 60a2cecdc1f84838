"""Crossings that a post sends after it was looked back: it was away, or wrote them down on paper.

Of each edition that was looked back from it is kept up to which entry, in the order of arrival, the
crossings have been looked at since.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from openmidas.cases.looking_back.limits import FOLLOWED, SETTLED, SPAN
from openmidas.cases.looking_back.local import LateLook, LookingBackRun
from openmidas.cases.looking_back.models import LookedBack
from openmidas.cases.looking_back.passing import earliest_id
from openmidas.cases.looking_back.running import keep
from openmidas.cases.looking_back.searching import search_of
from openmidas.crossings.erasing import MAKE_CROSSINGS, subject_of
from openmidas.journal import JournalError
from openmidas.journal.models import JournalEntry
from openmidas.nodes.services import node_time
from openmidas.screening import EditionError
from openmidas.screening.lost import LostError

logger = logging.getLogger(__name__)

TOGETHER = 1000
TELL_OF_SCANS = (*MAKE_CROSSINGS, "inspection.cancelled")


def look_at_late() -> None:
    """For each edition of the last month: the crossings that came since, as far as they are settled."""
    now = node_time()
    LateLook.objects.filter(since__lt=now - FOLLOWED).delete()
    until = earliest_id(now - SETTLED)
    for look in LateLook.objects.order_by("since", "id"):
        back = LookedBack.objects.filter(id=look.id).first()
        if back is not None and back.listings:
            try:
                _follow(look, back, until)
            except (EditionError, LostError, JournalError):
                # What this one was found with is gone; the other editions are looked at all the same.
                logger.exception("late scans cannot be held against %s", look.id)


def _follow(look: LateLook, back: LookedBack, until: UUID) -> None:
    """Entry by entry in the order of arrival; each batch is one transaction."""
    while entries := _arrived(look.after, until):
        with transaction.atomic():
            _look(back, [one for entry in entries if (one := subject_of(entry)) is not None])
            look.after = entries[-1].id
            look.save(update_fields=["after"])


def _arrived(after: UUID, until: UUID) -> list[JournalEntry]:
    """The next entries of posts that made crossings, or tell of scans that were cancelled."""
    came = JournalEntry.objects.filter(id__gt=after, id__lt=until, kind__in=TELL_OF_SCANS)
    return [*came.exclude(arrived=None).order_by("id")[:TOGETHER]]


def _look(back: LookedBack, scans: Sequence[UUID]) -> None:
    if scans:
        search = search_of(back.id, back.list_code, back.before)
        keep(LookingBackRun(id=back.id), search.look_at(scans, node_time() - SPAN))
