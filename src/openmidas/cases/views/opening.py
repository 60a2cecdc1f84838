"""Opening an interview at its own post: whoever has taken it on reads it, everybody else says for what."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString

from openmidas.cases.interviews.services import came_to_second_line, has_taken, taken_by
from openmidas.crossings.models import Crossing, Status
from openmidas.lists.views.opened import is_open, open_for, why_opened
from openmidas.posts.access import signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.lookups import Purpose
from openmidas.posts.models import Officer

_USUALLY = {"purpose": Purpose.CASE}
_TYPED = ("text", "note", "said", "hold_note", "why", "caption")
"""The fields in which an officer writes sentences."""


def opened(request: HttpRequest, row: Crossing) -> bool:
    """Whether the officer may read: they have the traveller, or said a short while ago for what."""
    return has_taken(row, signed_in(request).id) or is_open(request, row.id)


def opened_for(request: HttpRequest, row: Crossing) -> tuple[Purpose, str]:
    """For what an interview that is open is read: purpose and reason."""
    if has_taken(row, signed_in(request).id):
        return Purpose.CASE, ""
    return why_opened(request, row.id)


def open_interview(request: HttpRequest, row: Crossing) -> HttpResponse:
    """Write down for what it is opened, and go there; or ask again, saying what is missing."""
    form = OpenForm(request.POST)
    if open_for(request, form, row.id, f"interview {row.id}"):
        return _go(request, row)
    return ask_why(request, row, form)


def ask_why(
    request: HttpRequest,
    row: Crossing,
    form: OpenForm | None = None,
    problem: str | SafeString = "",
) -> HttpResponse:
    """The question for what an interview is opened; taking it on answers it, too.

    ``problem``: why something was not saved that was sent from a page which has closed since. What
    was typed there stands on the page.
    """
    waits = row.status == Status.REFERRED
    taking = taken_by(row.id) if waits else None
    by = Officer.objects.filter(id=taking.officer).first() if taking and taking.officer else None
    context = {
        "crossing": row,
        "interview": came_to_second_line(row),
        "waits": waits,
        "taking": taking,
        "by": by.name if by else "",
        "form": form or OpenForm(initial=_USUALLY),
        "problem": problem,
        "typed": [request.POST[name] for name in _TYPED if problem and request.POST.get(name)],
        "hit": request.GET.get("hit", ""),
    }
    status = 409 if problem else 422 if form else 200
    return render(request, "cases/interview/purpose.html", context, status=status)


def first_say_why(row: Crossing, hit: UUID | None = None) -> HttpResponse:
    """Go where it is asked for what an interview is opened; then on to one of its hits."""
    case = reverse("second-line-case", args=[row.id])
    return redirect(f"{case}?hit={hit}" if hit else case)


def _go(request: HttpRequest, row: Crossing) -> HttpResponse:
    with suppress(ValueError):  # none was asked for, or the address is not ours
        return redirect("hit", row.id, UUID(request.GET.get("hit", "")))
    return redirect("second-line-case", row.id)
