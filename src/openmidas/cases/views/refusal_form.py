"""The form of a refusal: printed, and written down as given."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from openmidas.cases.access import interview_room
from openmidas.cases.interviews.wording import refusal
from openmidas.cases.refusal_form.entries import Signed, Understood
from openmidas.cases.refusal_form.filling import LANGUAGES, fill
from openmidas.cases.refusal_form.services import refused_here, serve
from openmidas.cases.refusal_form.setting import set_form
from openmidas.cases.views.interview import show
from openmidas.cases.views.opening import first_say_why, opened
from openmidas.crossings.views.counter import one_of, posted, posted_id
from openmidas.posts.access import actor
from openmidas.posts.refusals import Refused


@interview_room
@require_GET
def form(request: HttpRequest, crossing: UUID, language: str) -> HttpResponse:
    """The form as PDF, in one of the languages that it is written in."""
    row = refused_here(crossing)
    if row is None or language not in LANGUAGES:
        raise Http404
    if not opened(request, row):
        return first_say_why(row)
    headers = {"Content-Disposition": f'inline; filename="refusal-{row.id}-{language}.pdf"'}
    return HttpResponse(set_form(fill(row, language)), "application/pdf", headers=headers)


@interview_room
@require_POST
def given(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``language``, ``understood``, ``signed``, and the ``id`` that the page was made with."""
    try:
        serve(
            actor(request),
            crossing,
            posted_id(request),
            request.POST.get("language", ""),
            one_of(Understood, posted(request, "understood")),
            one_of(Signed, posted(request, "signed")),
        )
    except Refused as refused:
        return show(request, crossing, refusal(refused))
    return redirect(f"{reverse('second-line-case', args=[crossing])}#refusal")
