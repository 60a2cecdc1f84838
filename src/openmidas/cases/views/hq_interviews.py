"""Interviews at the HQ: who waits at which post, one of them for a purpose, and asking to take it over."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmidas.cases.interviews.page import interview_page
from openmidas.cases.interviews.wording import refusal
from openmidas.cases.page import hit_page
from openmidas.cases.taking_over import services
from openmidas.cases.taking_over.at_hq import queue_of_all, readable
from openmidas.cases.taking_over.evidence import evidence_of, readable_hits
from openmidas.cases.taking_over.standing import State, standing_of
from openmidas.cases.taking_over.wording import STATES
from openmidas.crossings import second_line
from openmidas.crossings.entries import Outcome
from openmidas.crossings.ids import issue_id
from openmidas.crossings.list_wording import HIT_LEVELS
from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.overview import post_names
from openmidas.crossings.page import shown_travellers
from openmidas.crossings.views.counter import one_of, posted_id
from openmidas.crossings.words import OUTCOMES, REFERRAL_REASONS
from openmidas.journal import NodeKind
from openmidas.lists.views.opened import (
    id_again,
    is_open,
    keep_open,
    kept,
    open_for,
    why_opened,
    written,
)
from openmidas.pictures.page import shown_pictures
from openmidas.pictures.uploads import picture_response
from openmidas.posts import lookups
from openmidas.posts.access import actor, allow, from_script, signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.lookups import Purpose
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role

headquarters = allow(Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)
askers = allow(Role.HQ_ANALYST, Role.ADMINISTRATOR, at=NodeKind.HQ)


@headquarters
@require_safe
def interviews(request: HttpRequest) -> HttpResponse:
    """Who waits at the second lines, longest first, without a name; asked for again every few seconds."""
    template = "hq_rows.html" if from_script(request) else "hq_interviews.html"
    context = {"waiting": queue_of_all(signed_in(request))}
    return render(request, f"cases/taking_over/{template}", context)


@headquarters
@require_http_methods(["GET", "POST"])
def interview(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """One interview. By POST: the purpose for which it is opened."""
    row = _found(crossing)
    if not readable(signed_in(request), row):
        return render(request, "cases/taking_over/hq_closed.html", {"post": _post(row)})
    if request.method == "GET":
        return _page(request, row) if is_open(request, crossing) else _ask_why(request, row)
    form, back = OpenForm(request.POST), kept(request)
    if not open_for(request, form, crossing, f"interview {crossing}"):
        return _ask_why(request, row, form, back, status=422)
    return _page(request, row, posted=back) if back else redirect("hq-interview", crossing)


@headquarters
@require_safe
def picture(request: HttpRequest, crossing: UUID, picture: UUID) -> HttpResponse:
    """One of its pictures."""
    row = _readable(request, crossing)
    if not is_open(request, crossing):
        raise PermissionDenied
    return picture_response(crossing, picture, row.node)


@headquarters
@require_safe
def listing(request: HttpRequest, crossing: UUID, hit: UUID) -> HttpResponse:
    """What a list says of this traveller, side by side, of an interview that is open.

    For who may look into that list. That they do is written down first, once within a while.
    """
    row = _readable(request, crossing)
    if not is_open(request, crossing):
        return redirect("hq-interview", crossing)
    inspection = row.inspected()
    hits = readable_hits(inspection, signed_in(request))
    asked = next((one.question for one in hits if one.question.id == hit), None)
    if asked is None:
        raise Http404
    if not is_open(request, hit):
        what = f"listing {asked.said.list_code} {asked.said.listing}, crossing {crossing}"
        lookups.made(actor(request), *why_opened(request, crossing), what, 1)
        keep_open(request, hit)
    context = {
        "crossing": row,
        "page": hit_page(inspection, asked),
        "level": HIT_LEVELS[asked.said.level],
    }
    return render(request, "cases/taking_over/hq_listing.html", context)


@askers
@require_POST
def ask(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``id``, ``why``."""
    why = request.POST.get("why", "")
    return _done(
        request,
        crossing,
        lambda: services.ask(actor(request), crossing, posted_id(request), why),
    )


@askers
@require_POST
def direct(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``id``, ``words``, ``outcome`` (empty: a note)."""
    words = request.POST.get("words", "")

    def say() -> None:
        said = request.POST.get("outcome", "")
        outcome = one_of(Outcome, said) if said else None
        services.direct(actor(request), crossing, posted_id(request), words, outcome)

    return _done(request, crossing, say)


_USUALLY = {"purpose": Purpose.CASE}


def _done(request: HttpRequest, crossing: UUID, do: Callable[[], None]) -> HttpResponse:
    row = _readable(request, crossing)
    if not is_open(request, crossing):
        return _ask_why(request, row, back=written(request), status=409)
    try:
        do()
    except Refused as refused:
        return _page(request, row, refusal(refused), request.POST)
    return redirect("hq-interview", crossing)


def _found(crossing: UUID) -> Crossing:
    """Somebody who came to a second line. Raises `Http404`."""
    row = second_line.came_here().filter(id=crossing).first()
    if row is None:
        raise Http404
    return row


def _readable(request: HttpRequest, crossing: UUID) -> Crossing:
    """An interview that this officer may open. Raises `Http404`, `PermissionDenied`."""
    row = _found(crossing)
    if not readable(signed_in(request), row):
        raise PermissionDenied
    return row


def _ask_why(
    request: HttpRequest,
    row: Crossing,
    form: OpenForm | None = None,
    back: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    """Why is it opened? ``back``: words that came too late for the last answer, and are not lost."""
    form = form or OpenForm(initial=_USUALLY)
    context = {"crossing": row, "post": _post(row), "form": form, "kept": back}
    return render(request, "cases/taking_over/hq_purpose.html", context, status=status)


def _post(row: Crossing) -> str:
    return post_names().get(row.node, str(row.node))


def _page(
    request: HttpRequest,
    row: Crossing,
    problem: SafeString | str = "",
    posted: QueryDict | None = None,
) -> HttpResponse:
    """The interview. ``posted``: what stands in its form."""
    officer = signed_in(request)
    standing = standing_of(row)
    inspection = row.inspected()
    context = {
        "crossing": row,
        "post": _post(row),
        "traveller": shown_travellers([inspection])[0],
        "evidence": evidence_of(inspection, officer),
        "editions": inspection.editions,
        "referral": REFERRAL_REASONS.get(row.reason, ""),
        "interview": interview_page(row, officer.id),
        "pictures": shown_pictures(
            row.id, row.node, lambda one: reverse("hq-interview-picture", args=[row.id, one.id])
        ),
        "waits": row.status == Status.REFERRED,
        "standing": standing,
        "state": STATES[standing.state] if standing else "",
        "may_ask": officer.has_role(Role.HQ_ANALYST, Role.ADMINISTRATOR),
        "may_direct": standing is not None
        and standing.state in {State.GRANTED, State.DIRECTED}
        and standing.asked.officer == officer.id,
        "outcomes": {outcome: OUTCOMES[outcome] for outcome in Outcome},
        "new_id": ("" if problem else id_again(posted)) or issue_id(),
        "posted": posted,
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "cases/taking_over/hq_interview.html", context, status=status)
