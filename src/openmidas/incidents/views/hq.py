"""Incidents at the HQ: of all posts, and those that its own rules raised."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openmidas.crossings.overview import post_names
from openmidas.incidents import overview
from openmidas.incidents.access import commenters, headquarters, may_name, pictures_of_incident
from openmidas.incidents.models import Incident
from openmidas.incidents.page import shown_alerts
from openmidas.incidents.views.post import list_context, page_context
from openmidas.incidents.views.steps import closed, commented, reopened
from openmidas.incidents.wanted_form import State, WantedForm
from openmidas.incidents.wording import refusal
from openmidas.lists.views.opened import is_open
from openmidas.nodes.identity import this_node
from openmidas.pictures.page import shown_pictures
from openmidas.posts.access import signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.lookups import Purpose
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role


@headquarters
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """The incidents of all posts, how many are open, and alerts that came ahead of their journals."""
    here = overview.all_here()
    posts = [(str(id), name) for id, name in post_names().items()]
    form = WantedForm(request.GET or {"state": State.OPEN}, posts=posts)
    context = list_context(request, form, here) | {"alerts": shown_alerts(), "any": here.exists()}
    status = 200 if form.is_valid() else 422
    return render(request, "incidents/hq/incidents.html", context, status=status)


@headquarters
@require_safe
def incident(request: HttpRequest, id: UUID) -> HttpResponse:
    """One incident, and what headquarters may do about it."""
    return incident_page_at_hq(request, get_object_or_404(Incident, id=id))


@commenters
@require_POST
def comment(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say something that the incident's post reads: ``words``."""
    return _done(request, id, "comment", commented)


@commenters
@require_POST
def close(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say how one ended that a rule raised here: ``outcome``, ``words``."""
    return _done(request, id, "close", closed)


@commenters
@require_POST
def reopen(request: HttpRequest, id: UUID) -> HttpResponse:
    """Open one again that a rule raised here: ``words`` say why."""
    return _done(request, id, "reopen", reopened)


def _done(
    request: HttpRequest, id: UUID, at: str, do: Callable[[HttpRequest, Incident], None]
) -> HttpResponse:
    row = get_object_or_404(Incident, id=id)
    try:
        do(request, row)
    except Refused as refused:
        return incident_page_at_hq(request, row, problem=str(refusal(refused)), at=at, status=409)
    messages.success(request, _("Saved."))
    return redirect("hq-incident", id=id)


def incident_page_at_hq(
    request: HttpRequest,
    row: Incident,
    *,
    problem: str = "",
    at: str = "",
    opening: OpenForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one incident at the HQ. ``opening``: the question why its pictures are looked at."""
    officer, about = signed_in(request), pictures_of_incident(row.id)
    context = {
        **page_context(request, row, problem=problem, at=at),
        "may_comment": officer.has_role(Role.HQ_ANALYST, Role.ADMINISTRATOR),
        "own": row.node == this_node().id,
        "may_look": may_name(officer, row),
        "opened": is_open(request, about),
        "opening": opening or OpenForm(initial={"purpose": Purpose.CASE}),
        "pictures": shown_pictures(
            about, row.node, lambda one: reverse("hq-incident-picture", args=[row.id, one.id])
        ),
    }
    return render(request, "incidents/hq/incident.html", context, status=status)
