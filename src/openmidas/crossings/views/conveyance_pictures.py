"""Photos of a bus's manifest on paper: attached and looked at at the post, and at the HQ for a purpose."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.conveyances.pictures import attach_to_list, named_here, pictures_of_list
from openmidas.crossings.views.conveyances import at_the_barrier, show
from openmidas.crossings.views.counter import posted_id
from openmidas.crossings.views.hq import headquarters
from openmidas.crossings.wording import refusal
from openmidas.lists.views.opened import is_open
from openmidas.nodes.identity import this_node
from openmidas.pictures.uploads import given_picture, picture_response, takes_picture
from openmidas.posts.access import actor
from openmidas.posts.refusals import Refused


@at_the_barrier
@takes_picture(back_to="conveyance")
@require_POST
def attach(request: HttpRequest, conveyance: UUID) -> HttpResponse:
    """``picture``, ``caption``, and the ``id`` that the page was made with."""
    _named_or_404(conveyance)
    try:
        id, caption = posted_id(request), request.POST.get("caption", "")
        attach_to_list(actor(request), conveyance, id, given_picture(request), caption)
    except Refused as refused:
        return show(request, conveyance, refusal(refused), status=409)
    return redirect(f"{reverse('conveyance', args=[conveyance])}#pictures")


@at_the_barrier
@require_safe
def picture(request: HttpRequest, conveyance: UUID, picture: UUID) -> HttpResponse:
    """One of them, at the post, as long as the page of the conveyance names people."""
    _named_or_404(conveyance)
    return picture_response(pictures_of_list(conveyance), picture, this_node().id)


@headquarters
@require_safe
def picture_at_hq(request: HttpRequest, id: UUID, picture: UUID) -> HttpResponse:
    """One of them, at the HQ, for whoever has said why."""
    row, about = get_object_or_404(OpenedConveyance, id=id), pictures_of_list(id)
    if not is_open(request, about):
        return redirect("hq-conveyance", id=id)
    return picture_response(about, picture, row.node)


def _named_or_404(conveyance: UUID) -> None:
    try:
        named_here(conveyance)
    except Refused as error:
        raise Http404 from error
