"""Pictures of an incident: attached at the post, looked at there, and at the HQ for a purpose."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from openmidas.crossings.views.counter import posted_id
from openmidas.incidents.access import anybody, headquarters, may_name, pictures_of_incident
from openmidas.incidents.models import Incident
from openmidas.incidents.views.hq import incident_page_at_hq
from openmidas.incidents.views.post import post_page, readable_or_404
from openmidas.incidents.wording import refusal
from openmidas.lists.views.opened import is_open, open_for
from openmidas.nodes.identity import this_node
from openmidas.pictures.services import attach as attach_picture
from openmidas.pictures.uploads import given_picture, picture_response, takes_picture
from openmidas.posts.access import actor, signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.refusals import Refused


@anybody
@takes_picture(back_to="incident")
@require_POST
def attach(request: HttpRequest, id: UUID) -> HttpResponse:
    """``picture``, ``caption``, and the ``id`` that the page was made with."""
    row = readable_or_404(request, id)
    try:
        new, given = posted_id(request), given_picture(request)
        caption = request.POST.get("caption", "")
        about = pictures_of_incident(id)
        attach_picture(actor(request), about=about, id=new, picture=given, caption=caption)
    except Refused as refused:
        return post_page(request, row, problem=str(refusal(refused)), at="picture", status=409)
    return redirect(f"{reverse('incident', args=[id])}#pictures")


@anybody
@require_safe
def picture(request: HttpRequest, id: UUID, picture: UUID) -> HttpResponse:
    """One of them, at the post."""
    readable_or_404(request, id)
    return picture_response(pictures_of_incident(id), picture, this_node().id)


@headquarters
@require_POST
def open_at_hq(request: HttpRequest, id: UUID) -> HttpResponse:
    """Look at the pictures of an incident: ``purpose``, ``reason``."""
    row = _named(request, id)
    form = OpenForm(request.POST)
    if not open_for(request, form, pictures_of_incident(id), f"pictures of incident {id}"):
        return incident_page_at_hq(request, row, opening=form, status=422)
    return redirect(f"{reverse('hq-incident', args=[id])}#pictures")


@headquarters
@require_safe
def picture_at_hq(request: HttpRequest, id: UUID, picture: UUID) -> HttpResponse:
    """One of them, at the HQ, for whoever has said why."""
    row, about = _named(request, id), pictures_of_incident(id)
    if not is_open(request, about):
        return redirect("hq-incident", id=id)
    return picture_response(about, picture, row.node)


def _named(request: HttpRequest, id: UUID) -> Incident:
    """The incident, where this officer may know of whom it is. Raises `Http404`."""
    row = get_object_or_404(Incident, id=id)
    if not may_name(signed_in(request), row):
        raise Http404
    return row
