"""The second line: who waits, one traveller in full, and the decision."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openmidas.crossings import hits, second_line
from openmidas.crossings.entries import AdmissionReason, OpenHitReason, Outcome, RefusalReason
from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.page import shown_findings, shown_travellers
from openmidas.crossings.services import Refused
from openmidas.crossings.telling import for_post
from openmidas.crossings.views.counter import one_of, posted
from openmidas.crossings.wording import refusal
from openmidas.crossings.words import (
    ADMISSION_CHOICES,
    ADMISSION_REASONS,
    OPEN_HIT_REASONS,
    OUTCOMES,
    REFERRAL_REASONS,
    REFUSAL_REASONS,
)
from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.posts.access import actor, allow, from_script
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role

interview_room = allow(Role.SECOND_LINE, Role.HEAD_OF_POST, at=NodeKind.POST)


@interview_room
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Those who wait, longest first; asked for again every few seconds."""
    waiting = list(second_line.queue())
    template = "queue_rows.html" if from_script(request) else "queue.html"
    context = {"waiting": waiting, "reasons": REFERRAL_REASONS}
    return render(request, f"crossings/second_line/{template}", context)


@interview_room
@require_GET
def case(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """One traveller, with everything that the primary line saw."""
    return _case(request, crossing)


@interview_room
@require_POST
def resolve(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``outcome`` (admitted, refused), its ``reason``, ``note``; ``open_hit``: why without an answer."""
    try:
        outcome = one_of(Outcome, posted(request, "outcome"))
        admitted = outcome is Outcome.ADMITTED
        given = request.POST.get("reason", "")
        open_hit = request.POST.get("open_hit", "")
        second_line.resolve(
            actor(request),
            crossing,
            outcome,
            refusal=RefusalReason(given) if given in REFUSAL_REASONS else None,
            admission=AdmissionReason(given) if given in ADMISSION_CHOICES else None,
            open_hit=OpenHitReason(open_hit) if admitted and open_hit in OPEN_HIT_REASONS else None,
            note=request.POST.get("note", ""),
        )
    except Refused as refused:
        return _case(request, crossing, refusal(refused))
    messages.success(request, _("Saved: %(outcome)s.") % {"outcome": OUTCOMES[outcome]})
    return redirect("second-line")


def _case(request: HttpRequest, crossing: UUID, problem: SafeString | None = None) -> HttpResponse:
    row = Crossing.objects.filter(id=crossing, node=this_node().id).first()
    if row is None:
        raise Http404
    inspection = row.inspected()
    links = hits.links(inspection)
    said = {link.answer for link in links.values()}
    context = {
        "crossing": row,
        "traveller": shown_travellers([inspection])[0],
        "findings": shown_findings((inspection,), for_post, links),
        "unanswered": sum(not link.answer for link in links.values()),
        "open_hits": len(hits.unanswered(inspection)),
        "open_hit_reasons": OPEN_HIT_REASONS,
        # Whose hits are all somebody else's is let cross for that: still for the officer to say.
        "likely": AdmissionReason.NOT_THE_PERSON if said == {"not_same"} else "",
        "officer": Officer.objects.filter(id=row.officer).first() if row.officer else None,
        "referral": REFERRAL_REASONS.get(row.reason, ""),
        "refusal_reasons": REFUSAL_REASONS,
        "admission_reasons": ADMISSION_CHOICES,
        "outcome": None if row.status == Status.REFERRED else OUTCOMES[row.status],
        "why": (REFUSAL_REASONS | ADMISSION_REASONS).get(
            row.refusal_reason or row.admission_reason, ""
        ),
        "posted": request.POST,
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "crossings/second_line/case.html", context, status=status)
