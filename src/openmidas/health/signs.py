"""What the lane and the interview room are told: that health has a traveller, and when it is done."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from openmidas.crossings.entries import ReferralReason
from openmidas.crossings.models import Crossing, Status
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

    A check that was made after an answer asks to wait again. Who was let cross or refused waits no more.
    """
    rows = Crossing.objects.filter(id__in=crossings)
    known = {
        id: (node, status, reason)
        for id, node, status, reason in rows.values_list("id", "node", "status", "reason")
    }
    # A post speaks of its own travellers, and of no other's.
    posts = {(id, node) for id, (node, _status, _reason) in known.items()}
    checked: dict[UUID, int] = {}
    for one in HealthCheck.objects.filter(crossing__in=crossings).order_by("clock", "id"):
        if (one.crossing, one.node) in posts:
            checked[one.crossing] = one.clock
    found = dict.fromkeys(crossings, "")
    for id, (_node, status, reason) in known.items():
        if status == Status.REFERRED and (reason == ReferralReason.HEALTH or id in checked):
            found[id] = WAIT
    for said in HealthAnswer.objects.filter(crossing__in=crossings).order_by("clock", "id"):
        if (said.crossing, said.node) in posts and said.clock > checked.get(said.crossing, -1):
            found[said.crossing] = said.word
    return found
