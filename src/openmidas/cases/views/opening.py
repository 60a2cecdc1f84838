"""Opening an interview at its own post: whoever has taken it on reads it, everybody else says for what."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString

from openmidas.cases.interviews.services import came_to_second_line, has_taken, taken_by
from openmidas.crossings.models import Crossing, Status
from openmidas.lists.views.opened import is_open, kept, open_for, why_opened, written
from openmidas.posts.access import signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.lookups import Purpose
from openmidas.posts.models import Officer

_USUALLY = {"purpose": Purpose.CASE}


def opened(request: HttpRequest, row: Crossing) -> bool:
    """Whether the officer may read: they have the traveller, or said a short while ago for what."""
    return has_taken(row, signed_in(request).id) or is_open(request, row.id)


def opened_for(request: HttpRequest, row: Crossing) -> tuple[Purpose, str]:
    """For what an interview that is open is read: purpose and reason."""
    if has_taken(row, signed_in(request).id):
        return Purpose.CASE, ""
    return why_opened(request, row.id)


def asked_again(
    request: HttpRequest, row: Crossing, hit: UUID | None = None
) -> HttpResponse | None:
    """Write down for what it is opened: None. Else the question again, saying what is missing."""
    form = OpenForm(request.POST)
    if open_for(request, form, row.id, f"interview {row.id}"):
        return None
    return _ask(request, row, form, hit, back=kept(request), status=422)


def ask_why(
    request: HttpRequest,
    row: Crossing,
    problem: str | SafeString = "",
    hit: UUID | None = None,
) -> HttpResponse:
    """The question for what an interview is opened; taking it on answers it, too.

    ``problem``: why something was not saved that was sent from a page which has closed since. What
    was typed there comes back with the answer. ``hit``: which of its hits is opened.
    """
    form = OpenForm(initial=_USUALLY)
    if not problem:
        return _ask(request, row, form, hit)
    back = kept(request) or written(request)
    return _ask(request, row, form, hit, problem, back, status=409)


def first_say_why(row: Crossing) -> HttpResponse:
    """Go where it is asked for what an interview is opened."""
    return redirect("second-line-case", row.id)


def _ask(
    request: HttpRequest,
    row: Crossing,
    form: OpenForm,
    hit: UUID | None,
    problem: str | SafeString = "",
    back: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    waits = row.status == Status.REFERRED
    taking = taken_by(row.id) if waits else None
    by = Officer.objects.filter(id=taking.officer).first() if taking and taking.officer else None
    context = {
        "crossing": row,
        "interview": came_to_second_line(row),
        "waits": waits,
        "taking": taking,
        "by": by.name if by else "",
        "form": form,
        "problem": problem,
        "kept": back,
        "opens": reverse("hit", args=[row.id, hit])
        if hit
        else reverse("second-line-case", args=[row.id]),
    }
    return render(request, "cases/interview/purpose.html", context, status=status)
