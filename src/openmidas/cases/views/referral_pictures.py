"""Pictures of a referral: attached and looked at by its author and its compartment, once it is open."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from openmidas.cases.access import interview_room
from openmidas.cases.referrals.pictures import attach_to_referral, pictures_of_referral
from openmidas.cases.referrals.wording import refusal
from openmidas.cases.views.referrals import opened, readers, show
from openmidas.crossings.views.counter import posted_id
from openmidas.pictures.uploads import given_picture, picture_response, takes_picture
from openmidas.posts.access import actor
from openmidas.posts.refusals import Refused


@interview_room
@takes_picture(back_to="referral")
@require_POST
def attach(request: HttpRequest, id: UUID) -> HttpResponse:
    """``picture``, ``caption``, and the ``id`` that the page was made with."""
    row = opened(request, id)
    try:
        new, caption = posted_id(request), request.POST.get("caption", "")
        attach_to_referral(actor(request), id, new, given_picture(request), caption)
    except Refused as refused:
        return show(request, row, refusal(refused), request.POST)
    return redirect(f"{reverse('referral', args=[id])}#pictures")


@readers
@require_safe
def picture(request: HttpRequest, id: UUID, picture: UUID) -> HttpResponse:
    """One of them: for whoever may read the referral, and has said for what."""
    row = opened(request, id)
    return picture_response(pictures_of_referral(id), picture, row.node)
