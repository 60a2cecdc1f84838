"""What is done about a border resident: let them cross, renew, revoke, look at their crossings."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openmidas.crossings import services as lane_services
from openmidas.crossings.cards import CardEnd
from openmidas.crossings.views.counter import posted_id
from openmidas.posts.access import actor
from openmidas.posts.forms import OpenForm
from openmidas.posts.refusals import Refused
from openmidas.residents import services
from openmidas.residents.access import at_the_post, head, lane
from openmidas.residents.page import history_of
from openmidas.residents.views.post import here_or_404, page_of
from openmidas.residents.wording import refusal


@at_the_post
@require_POST
def history(request: HttpRequest, id: UUID) -> HttpResponse:
    """The crossings with the card, for a ``purpose`` that is recorded."""
    row, form = here_or_404(id), OpenForm(request.POST)
    if not form.is_valid():
        return page_of(request, row, opened=form, status=422)
    said = form.cleaned_data
    try:
        found = history_of(actor(request), row, said["purpose"], said["reason"])
    except Refused as refused:
        form.refuse(refused)
        return page_of(request, row, opened=form, status=422)
    return page_of(request, row, crossings=found, looked=True)


@lane
@require_POST
def to_counter(request: HttpRequest, id: UUID) -> HttpResponse:
    """Who forgot the card, and is known all the same, stands at the officer's lane: ``id``."""
    row = here_or_404(id)
    try:
        lane_services.scan(actor(request), posted_id(request), row.number)
    except Refused as refused:
        return page_of(request, row, problem=str(refusal(refused)), at="counter", status=409)
    return redirect("counter")


@head
@require_POST
def renew(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let the card hold for as long as a new one would."""
    row = here_or_404(id)
    try:
        renewed = services.renew(actor(request), row.id)
    except Refused as refused:
        return page_of(request, row, problem=str(refusal(refused)), at="renew", status=409)
    said = _("The card is valid until %(until)s. Print it again.")
    messages.success(request, said % {"until": renewed.until.isoformat()})
    return redirect("resident", id=id)


@head
@require_POST
def revoke(request: HttpRequest, id: UUID) -> HttpResponse:
    """End the card for good: ``end`` says why, ``words`` say more."""
    row = here_or_404(id)
    said = request.POST.get("end", "")
    end = CardEnd(said) if said in set(CardEnd) else None
    try:
        services.revoke(actor(request), row.id, end, request.POST.get("words", ""))
    except Refused as refused:
        return page_of(request, row, problem=str(refusal(refused)), at="revoke", status=409)
    messages.success(request, _("Revoked: the counter tells whoever shows this card."))
    return redirect("resident", id=id)
