"""At the post: granting headquarters an interview that it asks for, declining, taking it back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from openmidas.cases.access import interview_room
from openmidas.cases.interviews.wording import refusal
from openmidas.cases.taking_over import services
from openmidas.cases.views.interview import show
from openmidas.crossings.views.counter import as_id, posted
from openmidas.posts.access import actor
from openmidas.posts.refusals import Refused


@interview_room
@require_POST
def answer(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``asking``, ``granted`` ("yes" or not), ``why``."""
    try:
        services.answer(
            actor(request),
            crossing,
            as_id(posted(request, "asking")),
            granted=request.POST.get("granted") == "yes",
            why=request.POST.get("why", ""),
        )
    except Refused as refused:
        return show(request, crossing, refusal(refused))
    return redirect("second-line-case", crossing)


@interview_room
@require_POST
def take_back(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``asking``."""
    try:
        services.take_back(actor(request), crossing, as_id(posted(request, "asking")))
    except Refused as refused:
        return show(request, crossing, refusal(refused))
    return redirect("second-line-case", crossing)
