"""What headquarters sees of the second lines of its posts: who waits, never who it is."""

from __future__ import annotations

from uuid import UUID

import msgspec

from openmidas.cases.interviews.page import Waiting, queue_page
from openmidas.cases.referrals.models import Referral
from openmidas.crossings.kept_apart import tells
from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.overview import post_names
from openmidas.crossings.telling import tells_reason
from openmidas.crossings.words import KEPT_APART, REFERRAL_REASONS
from openmidas.posts.compartments import SILENT, compartments_of
from openmidas.posts.models import Officer

MOST_SHOWN = 200


class WaitingThere(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who waits at a post. ``why``: as far as this officer may know."""

    post: str
    why: str
    waiting: Waiting


def queue_of_all(officer: Officer) -> list[WaitingThere]:
    """Those who wait at the second lines of all posts, as far as is known here, longest first.

    Of too many the latest: at a post that is gone, some wait for ever.
    """
    rows = Crossing.objects.filter(status=Status.REFERRED).order_by("-at")[:MOST_SHOWN]
    names = post_names()
    held = compartments_of(officer)
    return [
        WaitingThere(
            post=names.get(one.row.node, str(one.row.node)),
            why=str(
                REFERRAL_REASONS.get(one.row.reason, "")
                if tells_reason(one.row.reason, held)
                else KEPT_APART
            ),
            waiting=one,
        )
        for one in queue_page(reversed(rows), officer)
    ]


def readable(officer: Officer, row: Crossing) -> bool:
    """Whether an officer of the HQ may read an interview: what a compartment knows stays with it."""
    return tells(row, officer)


def compartments_with(crossing: UUID) -> set[str]:
    """The compartments that are not even named to others and have a referral of this traveller."""
    found = Referral.objects.filter(crossing=crossing, compartment__in=sorted(SILENT))
    return set(found.values_list("compartment", flat=True))
