"""One listing of the State's own: what it says, its history, and proposing something else."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openmidas.lists.national import pages, proposals
from openmidas.lists.national.forms import ListingForm, WhyForm, typed
from openmidas.lists.national.models import ListingProposal, NationalList, NationalListing
from openmidas.lists.national.owners import owners_of
from openmidas.lists.national.wording import word
from openmidas.lists.views.national import keepers, readable, readers
from openmidas.lists.views.opened import is_open, keep_open, kept, open_for, open_form, written
from openmidas.nodes.services import node_day
from openmidas.posts.access import actor, signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.lookups import Purpose
from openmidas.posts.refusals import Refused

FIRST_REVIEW = timedelta(days=90)


@keepers
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, id: UUID) -> HttpResponse:
    """Propose a new listing."""
    of = readable(request, id)
    first = {"expires_on": node_day() + FIRST_REVIEW}
    form = ListingForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = proposals.propose(actor(request), id, form.said(), form.cleaned_data["why"])
        except Refused as refused:
            form.refuse(refused)
        else:
            return _proposed(request, made)
    context = {"form": form, "list": of}
    return render(
        request, "lists/national/propose.html", context, status=422 if form.errors else 200
    )


@readers
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, id: UUID) -> HttpResponse:
    """A listing and its history. Who is listed is shown once the look-up is written."""
    row = get_object_or_404(NationalListing, id=id)
    of = readable(request, row.list)
    form, back = open_form(request), kept(request)
    if request.method != "POST":
        return _page(request, row, of, form)
    if not open_for(request, form, id, f"listing {row.number}"):
        return _page(request, row, of, form, back=back, status=422)
    if not back or row.removed or signed_in(request).id not in owners_of(of):
        return redirect("listing", id=id)
    return _change_page(request, row, of, ListingForm(initial=back))


def _page(
    request: HttpRequest,
    row: NationalListing,
    of: NationalList,
    form: OpenForm,
    *,
    why: WhyForm | None = None,
    back: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    """The listing. ``back``: a change that was sent after it closed, and comes again once it is opened."""
    id, officer = row.id, signed_in(request)
    history = ListingProposal.objects.filter(listing=id).order_by("-proposed_at", "-id")
    opened = is_open(request, id)
    context = {
        "listing": pages.listing_rows([row])[0],
        "notice": pages.notice_of(row.category),
        "list": of,
        "own": officer.id in owners_of(of),
        "history": pages.proposal_rows(history, officer.id),
        "waiting": proposals.waiting_on(id),
        "opened": opened,
        "facts": pages.facts(row.said(), None) if opened else [],
        "form": form,
        "kept": back,
        "opens": reverse("listing", args=[id]),
        "why": why or WhyForm(auto_id="remove_%s"),
    }
    return render(request, "lists/national/listing.html", context, status=status)


@keepers
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: UUID) -> HttpResponse:
    """Propose that it says something else; once it is open."""
    row = get_object_or_404(NationalListing, id=id, removed=False)
    of = readable(request, row.list)
    if not is_open(request, id):
        if request.method != "POST":
            return redirect("listing", id=id)
        asking = OpenForm(initial={"purpose": Purpose.LISTS})
        return _page(request, row, of, asking, back=written(request), status=409)
    form = ListingForm(request.POST or None, initial=typed(row.said()))
    if request.method == "POST" and form.is_valid():
        try:
            why = form.cleaned_data["why"]
            made = proposals.propose_change(actor(request), id, form.said(), why)
        except Refused as refused:
            form.refuse(refused)
        else:
            return _proposed(request, made)
    return _change_page(request, row, of, form)


def _change_page(
    request: HttpRequest, row: NationalListing, of: NationalList, form: ListingForm
) -> HttpResponse:
    context = {"form": form, "list": of, "listing": row}
    return render(
        request, "lists/national/propose.html", context, status=422 if form.errors else 200
    )


@keepers
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, id: UUID) -> HttpResponse:
    """Propose that it goes. Asked for by GET, by reloading: the listing."""
    row = get_object_or_404(NationalListing, id=id)
    of = readable(request, row.list)
    if request.method != "POST":
        return redirect("listing", id=id)
    why = WhyForm(request.POST, auto_id="remove_%s")
    try:
        made = proposals.propose_removal(actor(request), id, request.POST.get("why", ""))
    except Refused as refused:
        why.refuse(refused)
        if "why" not in why.errors:  # the form is not there any more
            messages.error(request, word(refused))
            return redirect("listing", id=id)
        asking = OpenForm(initial={"purpose": Purpose.LISTS})
        return _page(request, row, of, asking, why=why, status=422)
    return _proposed(request, made)


def _proposed(request: HttpRequest, made: ListingProposal) -> HttpResponse:
    """Who typed it has seen it."""
    keep_open(request, made.id)
    messages.success(
        request, _("Proposed. Another officer must approve it before anything happens.")
    )
    return redirect("proposal", id=made.id)
