"""What is done about an incident of this post: add, comment, close, open again."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openmidas.crossings.views.counter import as_id, posted_id
from openmidas.incidents import services
from openmidas.incidents.access import anybody, interview_room
from openmidas.incidents.entries import Outcome
from openmidas.incidents.models import Incident
from openmidas.incidents.views.post import post_page, readable_or_404, update_form
from openmidas.incidents.wording import refusal
from openmidas.posts.access import actor
from openmidas.posts.refusals import Refused


@anybody
@require_POST
def update(request: HttpRequest, id: UUID) -> HttpResponse:
    """Add what is known since: the fields of `forms.UpdateForm`, ``form`` is "update"."""
    row = readable_or_404(request, id)
    form = update_form(request, row)
    if not form.is_valid():
        return post_page(
            request,
            row,
            form,
            problem=_("Nothing was saved. Please correct what is marked below."),
            at="update",
            status=422,
        )
    try:
        services.update(actor(request), id, posted_id(request), form.update())
    except Refused as refused:
        form.refuse(refused)
        return post_page(request, row, form, problem=str(refusal(refused)), at="update", status=409)
    return _saved(request, id)


@anybody
@require_POST
def comment(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say something: ``words``."""
    return _done(request, id, "comment", lambda row: commented(request, row))


@interview_room
@require_POST
def close(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say how it ended: ``outcome``, ``words``; ``same_as``: of a duplicate, the other one."""
    return _done(request, id, "close", lambda row: closed(request, row))


@interview_room
@require_POST
def reopen(request: HttpRequest, id: UUID) -> HttpResponse:
    """Open it again: ``words`` say why."""
    return _done(request, id, "reopen", lambda row: reopened(request, row))


def commented(request: HttpRequest, row: Incident) -> None:
    """Write the comment that a form has. Raises `Refused`."""
    words = request.POST.get("words", "")
    services.comment(actor(request), row.id, posted_id(request), words)


def closed(request: HttpRequest, row: Incident) -> None:
    """Close it as a form says. Raises `Refused`."""
    said = request.POST.get("outcome", "")
    outcome = Outcome(said) if said in set(Outcome) else None
    words = request.POST.get("words", "")
    named = request.POST.get("same_as", "")
    same_as = as_id(named) if named else None
    services.close(actor(request), row.id, posted_id(request), outcome, words, same_as=same_as)


def reopened(request: HttpRequest, row: Incident) -> None:
    """Open it again as a form says. Raises `Refused`."""
    services.reopen(actor(request), row.id, posted_id(request), request.POST.get("words", ""))


def _done(request: HttpRequest, id: UUID, at: str, do: Callable[[Incident], None]) -> HttpResponse:
    row = readable_or_404(request, id)
    try:
        do(row)
    except Refused as refused:
        return post_page(request, row, problem=str(refusal(refused)), at=at, status=409)
    return _saved(request, id)


def _saved(request: HttpRequest, id: UUID) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("incident", id=id)
