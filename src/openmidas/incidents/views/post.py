"""Incidents at the post: the list, reporting one, and one in full."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.crossings.ids import issue_id
from openmidas.crossings.views.counter import posted_id
from openmidas.incidents import overview, services
from openmidas.incidents.access import (
    READS_ALL,
    anybody,
    may_name,
    pictures_of_incident,
    readable,
    reporter,
)
from openmidas.incidents.entries import Source
from openmidas.incidents.forms import ReportForm, UpdateForm
from openmidas.incidents.mapping import map_of, map_to_pick
from openmidas.incidents.models import Incident, number_of
from openmidas.incidents.page import (
    crossings_to_link,
    incident_page,
    incidents_to_link,
    incidents_to_name,
    shown,
)
from openmidas.incidents.wanted_form import State, WantedForm
from openmidas.incidents.wording import OUTCOMES, SEVERITIES, TAGS
from openmidas.nodes.identity import this_node
from openmidas.pictures.page import shown_pictures
from openmidas.posts.access import actor, signed_in
from openmidas.posts.refusals import Refused

ON_A_PAGE = 50


@anybody
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """The incidents of this post; of a primary officer those that they reported."""
    here = overview.all_here(reporter(signed_in(request)))
    form = WantedForm(request.GET or {"state": State.OPEN})
    context = list_context(request, form, here) | {
        "all": signed_in(request).has_role(*READS_ALL),
        "any": here.exists(),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "incidents/incidents.html", context, status=status)


@anybody
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report an incident. ``crossing``, in the address: one that it has to do with."""
    form = _report_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            id = posted_id(request)
            services.report(actor(request), id, form.report())
        except Refused as refused:
            form.refuse(refused)
            return _report_page(request, form, 409)
        said = _("Saved: incident %(number)s. What else is known can be added below.")
        messages.success(request, said % {"number": number_of(id.hex)})
        return redirect("incident", id=id)
    return _report_page(request, form, 422 if form.is_bound else 200)


@anybody
@require_safe
def incident(request: HttpRequest, id: UUID) -> HttpResponse:
    """One incident, and what can be done about it."""
    return post_page(request, readable_or_404(request, id))


def readable_or_404(request: HttpRequest, id: UUID) -> Incident:
    """The incident. Raises `Http404` for one that this officer may not open."""
    row = readable(signed_in(request), id)
    if row is None:
        raise Http404
    return row


def post_page(
    request: HttpRequest,
    row: Incident,
    form: UpdateForm | None = None,
    *,
    problem: str = "",
    at: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of one incident at the post. ``problem``: why what was asked ``at`` a form cannot be."""
    officer = signed_in(request)
    context = {
        **page_context(request, row, problem=problem, at=at),
        "form": form or update_form(request, row),
        "all": officer.has_role(*READS_ALL),
        "pictures": shown_pictures(
            pictures_of_incident(row.id),
            row.node,
            lambda one: reverse("incident-picture", args=[row.id, one.id]),
        ),
        "attach_to": reverse("incident-attach", args=[row.id]),
        "new_id": issue_id(),
        "pick": map_to_pick(),
    }
    return render(request, "incidents/incident.html", context, status=status)


def page_context(
    request: HttpRequest, row: Incident, *, problem: str = "", at: str = ""
) -> dict[str, object]:
    """What the page of one incident shows at either kind of node; with an id for each of its forms."""
    return {
        "page": incident_page(row, named=may_name(signed_in(request), row)),
        "map": map_of(row),
        "outcomes": OUTCOMES,
        "same_as": incidents_to_name(row) if row.open and row.node == this_node().id else (),
        "id": request.POST.get("id") if problem else issue_id(),
        "posted": request.POST,
        "problem": problem,
        "at": at,
    }


def update_form(request: HttpRequest, row: Incident) -> UpdateForm:
    """The form that adds to an incident, with what was posted into it."""
    return UpdateForm(
        request.POST if request.POST.get("form") == "update" else None,
        crossings=crossings_to_link(request.POST.getlist("crossings")),
        others=incidents_to_link(row.id) if signed_in(request).has_role(*READS_ALL) else None,
    )


def list_context(request: HttpRequest, form: WantedForm, here: overview.Found) -> dict[str, object]:
    """What a list of incidents shows: a page of those that are wanted, and how many are open."""
    wanted = form.wanted() if form.is_valid() else overview.Wanted()
    page = Paginator(overview.chosen(here, wanted), ON_A_PAGE).get_page(request.GET.get("page"))
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    counted = overview.open_by_severity(here)
    return {
        "form": form,
        "page": page,
        "rows": shown(page),
        "asked": urlencode(asked),
        "filtered": bool(request.GET),
        "open": [(SEVERITIES[one], TAGS.get(one, ""), number) for one, number in counted.items()],
    }


def _report_form(request: HttpRequest) -> ReportForm:
    asked = request.GET.get("crossing", "")
    offered = crossings_to_link([*request.POST.getlist("crossings"), asked])
    return ReportForm(
        request.POST if request.method == "POST" else None,
        initial={
            "source": Source.OFFICER,
            "crossings": [asked] if asked in dict(offered) else [],
        },
        crossings=offered,
        others=incidents_to_link() if signed_in(request).has_role(*READS_ALL) else None,
    )


def _report_page(request: HttpRequest, form: ReportForm, status: int) -> HttpResponse:
    id = request.POST.get("id") if request.method == "POST" else issue_id()
    context = {"form": form, "id": id, "pick": map_to_pick()}
    return render(request, "incidents/report.html", context, status=status)
