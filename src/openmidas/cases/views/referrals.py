"""Referrals: the list, one of them, and what is done of it, step by step.

Everybody with the role sees that a referral exists. What it says is shown to its author and to the
members of its compartment, after the look-up is written down.
"""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmidas.cases.access import interview_room
from openmidas.cases.referrals import services
from openmidas.cases.referrals.access import Reader
from openmidas.cases.referrals.entries import Outcome
from openmidas.cases.referrals.models import Referral
from openmidas.cases.referrals.page import in_full, in_lines
from openmidas.cases.referrals.pictures import shown_of_referral
from openmidas.cases.referrals.wording import OUTCOMES, refusal
from openmidas.cases.ways_out import SHEET
from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.crossings.views.counter import as_id, posted
from openmidas.journal.models import new_id
from openmidas.lists.views.opened import id_again, is_open, kept, open_for, written
from openmidas.nodes.identity import this_node
from openmidas.nodes.ways_out import may_tell
from openmidas.posts import lookups
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.lookups import Purpose
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role

ON_A_PAGE = 50

readers = allow(
    Role.SECOND_LINE, Role.HEAD_OF_POST, Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT
)


@readers
@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """Those of this post, at the HQ of all: the open ones, or ``all``, the open ones first."""
    wanted = (
        Referral.objects.all()
        if this_node().is_hq
        else Referral.objects.filter(node=this_node().id)
    )
    every = "all" in request.GET
    ordered = (
        wanted.order_by("outcome", "-at") if every else wanted.filter(outcome="").order_by("-at")
    )
    page = Paginator(ordered, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": in_lines(page, Reader(signed_in(request))),
        "all": every,
        "at_hq": this_node().is_hq,
    }
    return render(request, "cases/referrals/referrals.html", context)


@readers
@require_http_methods(["GET", "POST"])
def referral(request: HttpRequest, id: UUID) -> HttpResponse:
    """One referral. By POST: the purpose for which it is opened."""
    row = _here(id)
    reader = Reader(signed_in(request))
    if not reader.may_read(row):
        (told,) = in_lines([row], reader)
        context: dict[str, object] = {"told": told, "crossing": _crossing(row)}
        return render(request, "cases/referrals/closed.html", context)
    if request.method == "GET":
        return show(request, row) if is_open(request, id) else _ask_why(request, row)
    form, back = OpenForm(request.POST), kept(request)
    if not open_for(request, form, id, f"referral {id}"):
        return _ask_why(request, row, form, back, status=422)
    return show(request, row, posted=back) if back else redirect("referral", id=id)


@interview_room
@require_POST
def note(request: HttpRequest, id: UUID) -> HttpResponse:
    """``id``: of the note; ``step``, ``reached``, ``text``."""
    row = _readable(request, id)
    if not is_open(request, id):
        return _ask_why(request, row, back=written(request), status=409)
    try:
        step = request.POST.get("step", "")
        taken = services.Taken(
            note=as_id(posted(request, "id")),
            step=int(step) if step.isascii() and step.isdigit() and len(step) < 3 else None,
            reached=request.POST.get("reached", ""),
            text=request.POST.get("text", ""),
        )
        services.take_step(actor(request), id, taken)
    except Refused as refused:
        return show(request, row, refusal(refused), request.POST)
    messages.success(request, _("Written down."))
    return redirect("referral", id=id)


@interview_room
@require_POST
def close(request: HttpRequest, id: UUID) -> HttpResponse:
    """``outcome``, ``closing``."""
    row = _readable(request, id)
    if not is_open(request, id):
        return _ask_why(request, row, back=written(request), status=409)
    outcome = None
    with suppress(ValueError):
        outcome = Outcome(request.POST.get("outcome", ""))
    try:
        services.close(actor(request), id, outcome, request.POST.get("closing", ""))
    except Refused as refused:
        return show(request, row, refusal(refused), request.POST)
    messages.success(request, _("The referral is closed."))
    return redirect("referral", id=id)


@interview_room
@require_safe
def sheet(request: HttpRequest, id: UUID) -> HttpResponse:
    """The minimum data set on paper, for whom the pathway names. That it was printed is recorded."""
    row = opened(request, id)
    shown = in_full(row, Reader(signed_in(request)))
    if not (shown.passes_on and may_tell(SHEET)):
        raise Http404
    lookups.made(actor(request), Purpose.CASE, "", f"referral {id}, sheet", 1)
    context = {"shown": shown, "post": this_node().config.name, "number": str(id)[-12:]}
    return render(request, "cases/referrals/sheet.html", context)


_USUALLY = {"purpose": Purpose.CASE}


def _here(id: UUID) -> Referral:
    """Raises `Http404` for a referral of another post; the HQ has those of all."""
    row = get_object_or_404(Referral, id=id)
    node = this_node()
    if row.node != node.id and not node.is_hq:
        raise Http404
    return row


def opened(request: HttpRequest, id: UUID) -> Referral:
    """One that this officer may read and has opened. Raises `Http404`, `PermissionDenied`."""
    row = _readable(request, id)
    if not is_open(request, id):
        raise PermissionDenied
    return row


def _readable(request: HttpRequest, id: UUID) -> Referral:
    """One that this officer may read. Raises `Http404`, `PermissionDenied`."""
    row = _here(id)
    if not Reader(signed_in(request)).may_read(row):
        raise PermissionDenied
    return row


def _ask_why(
    request: HttpRequest,
    row: Referral,
    form: OpenForm | None = None,
    back: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    """Why is it opened? ``back``: words that came too late for the last answer, and are not lost."""
    (told,) = in_lines([row], Reader(signed_in(request)))
    context = {"told": told, "form": form or OpenForm(initial=_USUALLY), "kept": back}
    return render(request, "cases/referrals/purpose.html", context, status=status)


def _crossing(row: Referral) -> UUID | None:
    """The crossing, where this node has a page for it."""
    there = Crossing.objects.filter(id=row.crossing, node=this_node().id).exists()
    return row.crossing if there else None


def show(
    request: HttpRequest,
    row: Referral,
    problem: str | SafeString = "",
    posted: QueryDict | None = None,
) -> HttpResponse:
    """The referral. ``posted``: what stands in its forms."""
    context = {
        "shown": in_full(row, Reader(signed_in(request))),
        "referral": row,
        "crossing": _crossing(row),
        "at_hq": this_node().is_hq,
        "outcomes": OUTCOMES,
        "new_note": ("" if problem else id_again(posted)) or new_id(),
        "pictures": shown_of_referral(row),
        "attach_to": "" if this_node().is_hq else reverse("referral-attach", args=[row.id]),
        "new_id": issue_id(),
        "posted": posted,
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "cases/referrals/referral.html", context, status=status)
