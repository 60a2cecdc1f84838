"""Pictures of an interview at the post: attaching one, and looking at it."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from openmidas.cases.access import interview_room
from openmidas.cases.interviews.pictures import attach_picture
from openmidas.cases.interviews.wording import refusal
from openmidas.cases.views.interview import found, show
from openmidas.cases.views.opening import opened
from openmidas.crossings.views.counter import posted_id
from openmidas.nodes.identity import this_node
from openmidas.pictures.uploads import given_picture, picture_response, takes_picture
from openmidas.posts.access import actor
from openmidas.posts.refusals import Refused


@interview_room
@takes_picture(back_to="second-line-case")
@require_POST
def attach(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``picture``, ``caption``, and the ``id`` that the page was made with."""
    found(crossing)
    try:
        caption = request.POST.get("caption", "")
        id = posted_id(request)
        attach_picture(actor(request), crossing, id, given_picture(request), caption)
    except Refused as refused:
        return show(request, crossing, refusal(refused))
    return redirect(f"{reverse('second-line-case', args=[crossing])}#pictures")


@interview_room
@require_GET
def picture(request: HttpRequest, crossing: UUID, picture: UUID) -> HttpResponse:
    """One of them, while the interview is open.

    What pictures of other things are about is no crossing: none is shown by it.
    """
    if not opened(request, found(crossing)):
        raise PermissionDenied
    return picture_response(crossing, picture, this_node().id)
