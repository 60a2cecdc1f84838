"""The link as a head of post sees it: does headquarters answer, what waits, how long will it take."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmidas.crossings.facts import rules_in_force
from openmidas.crossings.waiting import waiting
from openmidas.exchange.status import exchange_status
from openmidas.journal import NodeKind
from openmidas.lists.attached import coming_editions
from openmidas.lists.in_use import editions_in_use
from openmidas.lists.lost.in_use import lost_editions
from openmidas.nodes.local import StickNote
from openmidas.nodes.services import node_day
from openmidas.posts.access import allow
from openmidas.posts.roles import Role


@allow(Role.HEAD_OF_POST, Role.ADMINISTRATOR, at=NodeKind.POST)
@require_safe
def link(request: HttpRequest) -> HttpResponse:
    """How the exchange with headquarters stands; the middle of the page renews itself."""
    status = exchange_status()
    page = (
        "crossings/link_parts.html" if request.headers.get("HX-Request") else "crossings/link.html"
    )
    return render(
        request,
        page,
        {
            "hq": status.hq,
            "waiting": waiting(status.hq) if status.hq else None,
            "quarantined": status.quarantined,
            "lists": (*editions_in_use(), *lost_editions()),
            "rules": _rules(),
            "stick_in": _last_stick(outgoing=False),
            "stick_out": _last_stick(outgoing=True),
            "coming": coming_editions(),
        },
    )


def _rules() -> dict[str, Any] | None:
    """The rules that this post works by, and their age in days; None where none are here."""
    held = rules_in_force()
    if held is None:
        return None
    age = max(0, (node_day() - held.rules.dated).days)
    return {"dated": held.rules.dated, "age_days": age, "stale": age > held.rules.limit_days}


def _last_stick(*, outgoing: bool) -> StickNote | None:
    return StickNote.objects.filter(outgoing=outgoing).order_by("-at", "-id").first()
