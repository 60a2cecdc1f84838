"""What the lane and the interview room are told: that health has a traveller, and when it is done."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from openmidas.crossings.entries import ReferralReason
from openmidas.crossings.models import Crossing
from openmidas.crossings.signs import Sign
from openmidas.health.access import is_member
from openmidas.health.models import HealthAnswer, HealthCheck
from openmidas.health.wording import LOOKS, WAIT, word_sign
from openmidas.posts.models import Officer


def health_signs(crossings: Collection[UUID], officer: Officer | None) -> dict[UUID, Sign]:
    """The word on each traveller whom the lane sent for their health, or whom health has looked at.

    Members of the compartment get the way to the check, also of whoever was sent for another reason.
    """
    member = officer is not None and is_member(officer)
    found = {}
    for id, code in words_on(crossings).items():
        if code or member:
            found[id] = Sign(
                words=word_sign(code) if code else "",
                look=LOOKS.get(code, "look"),
                url=reverse("health-check", args=[id]) if member else "",
                more=_("Health check") if member else "",
            )
    return found


def words_on(crossings: Collection[UUID]) -> dict[UUID, str]:
    """The word on each of these crossings: `WAIT`, a code of `entries.Word`, "" where there is none.

    A check that was made after an answer asks to wait again.
    """
    sent = Crossing.objects.filter(id__in=crossings, reason=ReferralReason.HEALTH)
    waiting = set(sent.values_list("id", flat=True))
    checked = _last(
        HealthCheck.objects.filter(crossing__in=crossings).values_list("crossing", "clock")
    )
    found = dict.fromkeys(crossings, "")
    for id in {*waiting, *checked}:
        found[id] = WAIT
    for row in HealthAnswer.objects.filter(crossing__in=crossings).order_by("clock", "id"):
        if row.clock > checked.get(row.crossing, -1):
            found[row.crossing] = row.word
    return found


def _last(rows: Iterable[tuple[UUID, int]]) -> dict[UUID, int]:
    last: dict[UUID, int] = {}
    for id, clock in rows:
        last[id] = max(clock, last.get(id, clock))
    return last
