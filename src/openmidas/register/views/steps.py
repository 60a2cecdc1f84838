"""What is done with the book at the post: open, hand over, close, relax, write a line."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openmidas.crossings.views.counter import as_id, posted, posted_id
from openmidas.posts.access import actor, signed_in
from openmidas.posts.refusals import Refused
from openmidas.register import services, writing
from openmidas.register.access import anybody
from openmidas.register.entries import Duty
from openmidas.register.forms import (
    BookForm,
    CloseForm,
    HandOverForm,
    OccurrenceForm,
    OpenForm,
    RelaxForm,
)
from openmidas.register.page import shift_page
from openmidas.register.views.post import current, id_of, lines_of
from openmidas.register.wording import refusal


@anybody
@require_http_methods(["GET", "POST"])
def open_shift(request: HttpRequest) -> HttpResponse:
    """Open a shift: a duty for each officer who is in it, and ``moment``, since when."""
    officers = services.officers_here()
    mine = {signed_in(request).id: Duty.IN_CHARGE}
    form = OpenForm(_sent(request), officers=officers, before=mine)
    if form.is_bound and form.is_valid():
        try:
            said = form.cleaned_data["moment"]
            services.open_shift(actor(request), posted_id(request), form.team(), said)
        except Refused as refused:
            form.refuse(refused)
            return _form(request, "register/open.html", form, 409)
        messages.success(request, _("The shift is open."))
        return redirect("shift")
    if not form.is_bound and services.on_duty() is not None:
        return redirect("shift")
    return _form(request, "register/open.html", form)


@anybody
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest) -> HttpResponse:
    """Hand over to the next team: ``shift`` is the one that ends, ``words`` the note."""
    form = HandOverForm(_sent(request), officers=services.officers_here(), before={})
    if form.is_bound and form.is_valid():
        try:
            shift, to = as_id(posted(request, "shift")), posted_id(request)
            words = form.cleaned_data["words"]
            services.hand_over(actor(request), shift, to, form.team(), words)
        except Refused as refused:
            form.refuse(refused)
            return _ending(request, "register/hand_over.html", form, 409)
        messages.success(request, _("The shift was handed over. Print its sheet and sign it."))
        return redirect("shift-earlier", id=shift)
    return _ending(request, "register/hand_over.html", form)


@anybody
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """Close the shift, with nobody who takes over: ``shift``, ``words`` the note, ``moment`` until when."""
    form = CloseForm(_sent(request))
    if form.is_bound and form.is_valid():
        try:
            shift, said = as_id(posted(request, "shift")), form.cleaned_data
            services.close(actor(request), shift, said["words"], said["moment"])
        except Refused as refused:
            form.refuse(refused)
            return _ending(request, "register/close.html", form, 409)
        messages.success(request, _("The shift is closed. Print its sheet and sign it."))
        return redirect("shift-earlier", id=shift)
    return _ending(request, "register/close.html", form)


@anybody
@require_POST
def relax(request: HttpRequest) -> HttpResponse:
    """Write down that checks are relaxed: the fields of `forms.RelaxForm`."""
    form = RelaxForm(request.POST, auto_id="relax_%s")
    if not form.is_valid():
        return current(request, relax=form, problem=_told(Refused("shift.none")), status=422)
    try:
        writing.relax(actor(request), posted_id(request), *form.order())
    except Refused as refused:
        form.refuse(refused)
        return current(request, relax=form, problem=_told(refused), status=409)
    return _written(request)


@anybody
@require_POST
def end_relaxation(request: HttpRequest, id: UUID) -> HttpResponse:
    """Write down that checks are in full again."""
    try:
        writing.end_relaxation(actor(request), id)
    except Refused as refused:
        return current(request, problem=str(refusal(refused)), status=409)
    return _written(request)


@anybody
@require_POST
def occurrence(request: HttpRequest) -> HttpResponse:
    """Write a line: the fields of `forms.OccurrenceForm`."""
    row = services.on_duty()
    lines = lines_of(row) if row else []
    form = OccurrenceForm(request.POST, lines=lines, auto_id="occurrence_%s")
    if not form.is_valid():
        return current(request, occurrence=form, problem=_told(Refused("shift.none")), status=422)
    said = form.cleaned_data
    try:
        writing.note_occurrence(
            actor(request),
            posted_id(request),
            said["words"],
            said["moment"],
            said.get("corrects"),
        )
    except Refused as refused:
        form.refuse(refused)
        return current(request, occurrence=form, problem=_told(refused), status=409)
    return _written(request)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _told(refused: Refused) -> str:
    """What is told above the page where there is no shift, and so no form that could tell it."""
    return "" if services.on_duty() else str(refusal(refused))


def _form(request: HttpRequest, template: str, form: BookForm, status: int = 0) -> HttpResponse:
    """The page of a form, with the id that it was or will be sent with."""
    code = status or (422 if form.is_bound else 200)
    return render(request, template, {"form": form, "id": id_of(request, form)}, status=code)


def _ending(request: HttpRequest, template: str, form: BookForm, status: int = 0) -> HttpResponse:
    """The page of a form that ends the shift on duty; where there is none, the page that says so."""
    row = services.on_duty()
    if row is None:
        problem = " ".join(map(str, form.non_field_errors())) if form.is_bound else ""
        return current(request, problem=problem, status=status or 200)
    page = shift_page(row)
    context = {
        "form": form,
        "page": page,
        "left": page.left,
        "shift": row.id if form.spent else request.POST.get("shift") or row.id,
        "id": id_of(request, form),
    }
    return render(request, template, context, status=status or (422 if form.is_bound else 200))


def _written(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Written into the book."))
    return redirect("shift")
