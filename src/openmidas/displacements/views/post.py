"""Displacements at the post: the list, opening one, counting, correcting, and one in full."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Direction
from openmidas.crossings.views.counter import as_id, posted_id
from openmidas.displacements import services
from openmidas.displacements.access import anybody, interview_room
from openmidas.displacements.forms import CountForm, OpeningForm, values_of
from openmidas.displacements.models import Displacement, DisplacementCount
from openmidas.displacements.page import (
    displacement_page,
    displacements_here,
    incidents_to_link,
    known_counts,
    markable,
    marked,
    shown,
)
from openmidas.displacements.totals import totals
from openmidas.displacements.wording import refusal
from openmidas.nodes.services import node_day, node_time
from openmidas.posts.access import actor, from_script, signed_in
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role

ON_THE_LIST = 50


@anybody
@require_safe
def displacements(request: HttpRequest) -> HttpResponse:
    """The displacements of this post."""
    rows = list(displacements_here()[:ON_THE_LIST])
    context = {"rows": shown(rows, totals(rows)), "may_open": _leads(request)}
    return render(request, "displacements/displacements.html", context)


@interview_room
@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """Open a displacement. ``incident``, in the address: one that told of it."""
    asked = request.POST.get("incident") or request.GET.get("incident", "")
    form = OpeningForm(
        request.POST if request.method == "POST" else None,
        initial={"since": node_day(), "direction": Direction.ENTRY, "incident": asked},
        incidents=incidents_to_link(_uuid(asked)),
    )
    if form.is_bound and form.is_valid():
        try:
            id = posted_id(request)
            services.open_displacement(actor(request), id, form.opening())
        except Refused as refused:
            form.refuse(refused)
            return _opening_page(request, form, 409)
        messages.success(request, _("Saved."))
        return redirect("displacement", id=id)
    return _opening_page(request, form, 422 if form.is_bound else 200)


@anybody
@require_safe
def displacement(request: HttpRequest, id: UUID) -> HttpResponse:
    """One displacement with its numbers and counts."""
    context = {"page": displacement_page(_here(id)), "may_close": _leads(request)}
    return render(request, "displacements/displacement.html", context)


@anybody
@require_http_methods(["GET", "POST"])
def count(request: HttpRequest, id: UUID) -> HttpResponse:
    """Count people. ``instead_of``: the count that is corrected."""
    row = _here(id)
    if request.method == "GET" and not row.open:  # said before anybody counts in vain
        messages.error(request, refusal(Refused("displacement.closed")))
        return redirect("displacement", id=id)
    corrected = _corrected(row, request)
    form = CountForm(
        request.POST if request.method == "POST" else None,
        initial=values_of(corrected) if corrected else {"since": timezone.localtime(node_time())},
    )
    if form.is_bound and form.is_valid():
        try:
            said = form.count(corrected.id if corrected else None)
            new = services.count(actor(request), id, posted_id(request), said)
        except Refused as refused:
            form.refuse(refused)
            return _count_page(request, row, form, corrected, 409)
        words = ngettext("Saved: %(number)s person.", "Saved: %(number)s people.", said.number)
        if not new:
            words = ngettext(
                "This count of %(number)s person was saved already, and stands there once.",
                "This count of %(number)s people was saved already, and stands there once.",
                said.number,
            )
        messages.success(request, words % {"number": said.number})
        if from_script(request):  # it must not take a page to sign in for an answer
            return HttpResponse(status=204)
        return redirect("displacement", id=id)
    return _count_page(request, row, form, corrected, 422 if form.is_bound else 200)


@anybody
@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say which crossings are of people who were counted before: ``crossings``."""
    row = _here(id)
    problem = ""
    if request.method == "POST":
        try:
            chosen = [as_id(one) for one in request.POST.getlist("crossings")]
            number = services.mark(actor(request), id, chosen)
        except Refused as refused:
            problem = str(refusal(refused))
        else:
            messages.success(
                request, _("Marked as counted before: %(number)s.") % {"number": number}
            )
            return redirect("displacement-mark", id=id)
    offered = markable(row)
    chosen = [one.row.id for one in offered if one.likely]
    if problem:
        asked = map(_uuid, request.POST.getlist("crossings"))
        chosen = [one for one in asked if one is not None]
    context = {
        "row": row,
        "balance": totals([row])[row.id].balance,
        "markable": offered,
        "marked": marked(row),
        "chosen": chosen,
        "problem": problem,
    }
    return render(request, "displacements/mark.html", context, status=409 if problem else 200)


@anybody
@require_POST
def unmark(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take it back of one ``crossing``."""
    _here(id)
    try:
        services.unmark(actor(request), id, as_id(request.POST.get("crossing", "")))
    except Refused as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, _("Saved."))
    return redirect("displacement-mark", id=id)


@interview_room
@require_POST
def close(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say that nobody else is expected; ``again``: that it goes on after all."""
    _here(id)
    services.close(actor(request), id, closed="again" not in request.POST)
    messages.success(request, _("Saved."))
    return redirect("displacement", id=id)


def _here(id: UUID) -> Displacement:
    """A displacement of this post. Raises `Http404`."""
    row = displacements_here().filter(id=id).first()
    if row is None:
        raise Http404
    return row


def _leads(request: HttpRequest) -> bool:
    return signed_in(request).has_role(Role.SECOND_LINE, Role.HEAD_OF_POST)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _corrected(row: Displacement, request: HttpRequest) -> DisplacementCount | None:
    """The count that a form or an address names. Raises `Http404` where it is of no such displacement."""
    asked = request.POST.get("instead_of") or request.GET.get("instead_of", "")
    if not asked:
        return None
    counts = DisplacementCount.objects.filter(displacement=row.id)
    found = counts.filter(id__in=[id for id in (_uuid(asked),) if id]).first()
    if found is None:
        raise Http404
    return found


def _opening_page(request: HttpRequest, form: OpeningForm, status: int) -> HttpResponse:
    id = request.POST.get("id") if form.is_bound else issue_id()
    return render(request, "displacements/opening.html", {"form": form, "id": id}, status=status)


def _count_page(
    request: HttpRequest,
    row: Displacement,
    form: CountForm,
    corrected: DisplacementCount | None,
    status: int,
) -> HttpResponse:
    context = {
        "row": row,
        "form": form,
        "corrected": corrected,
        "id": request.POST.get("id") if form.is_bound else issue_id(),
        "known": " ".join(str(id) for id in known_counts(row)),
        "steps": (1, 5, 10),
    }
    return render(request, "displacements/count.html", context, status=status)
