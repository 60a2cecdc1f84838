"""The State's own lists: who keeps them, what is on them, what is due, publishing."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.journal import NodeKind
from openmidas.lists.national import pages, publishing
from openmidas.lists.national.forms import ListForm
from openmidas.lists.national.models import NationalList, NationalListing
from openmidas.lists.national.owners import may_read
from openmidas.lists.national.searching import find
from openmidas.lists.national.wording import ACTIONS, CATEGORIES, word
from openmidas.posts import lookups
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.forms import FindForm
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.standing import officer_names

ON_A_PAGE = 50
FILTERS = ("category", "action", "state")
keepers = allow(Role.HQ_LISTS, at=NodeKind.HQ)
readers = allow(Role.HQ_LISTS, Role.HQ_ANALYST, Role.OVERSIGHT, at=NodeKind.HQ)


def readable(request: HttpRequest, id: UUID) -> NationalList:
    """The list, for an officer who may look into it. Raises `Http404`, `PermissionDenied`."""
    found = get_object_or_404(NationalList, id=id)
    if not may_read(found, signed_in(request)):
        raise PermissionDenied
    return found


@keepers
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Keep another list."""
    return _settings(request, None)


@keepers
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, id: UUID) -> HttpResponse:
    """Its name, owners, readers and age limit."""
    return _settings(request, readable(request, id))


@readers
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, id: UUID) -> HttpResponse:
    """What stands on a list, without names; with them after a search, which is a recorded look-up."""
    of = readable(request, id)
    form = FindForm(request.POST or None, initial={"purpose": lookups.Purpose.LISTS})
    found = _search(request, form, of) if request.method == "POST" else None
    wanted = {name: request.GET.get(name, "") for name in FILTERS}
    page = Paginator(pages.listings(of, wanted), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "list": pages.summary(of, signed_in(request)),
        "owners": sorted(officer_names(UUID(owner) for owner in of.owners).values()),
        "page": page,
        "rows": pages.listing_rows(page),
        "wanted": wanted,
        "asked": urlencode({name: value for name, value in wanted.items() if value}),
        "categories": CATEGORIES,
        "actions": ACTIONS,
        "states": pages.STATES,
        "form": form,
        "found": None if found is None else pages.listing_rows(found, named=True),
        "most": lookups.MOST_RESULTS,
    }
    return render(request, "lists/national/list.html", context, status=422 if form.errors else 200)


@keepers
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, id: UUID) -> HttpResponse:
    """Send what is approved to every post. Asked for by GET, by reloading: the list."""
    of = readable(request, id)
    if request.method == "POST":
        try:
            publishing.publish(actor(request), of.id)
        except Refused as refused:
            messages.error(request, word(refused))
        else:
            messages.success(request, _("Published. It is on its way to the posts."))
    return redirect("national-list", id=id)


@keepers
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """What must be looked at again soon, on the lists that one keeps."""
    own = [each for each in pages.lists_for(signed_in(request)) if each.own]
    page = Paginator(pages.due(each.row.id for each in own), ON_A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    context = {"page": shown, "rows": pages.listing_rows(shown), "days": pages.DUE_DAYS}
    return render(request, "lists/national/due.html", context)


def _search(
    request: HttpRequest, form: FindForm, of: NationalList
) -> Sequence[NationalListing] | None:
    if not form.is_valid():
        return None
    asked = form.cleaned_data
    try:
        return lookups.look_up(
            actor(request),
            asked["purpose"],
            asked["reason"],
            asked["text"],
            lambda text: find(of, text, lookups.MOST_RESULTS),
            within=f"{of.code}: ",
        )
    except Refused as refused:
        form.refuse(refused)
        return None


def _settings(request: HttpRequest, known: NationalList | None) -> HttpResponse:
    form = ListForm(request.POST or None, known=known, initial=_initial(known))
    if request.method == "POST" and form.is_valid():
        try:
            id = publishing.configure(
                actor(request), list=known.id if known else None, **form.settings()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("national-list", id=id)
    context = {"form": form, "list": known}
    return render(
        request, "lists/national/settings.html", context, status=422 if form.errors else 200
    )


def _initial(known: NationalList | None) -> dict[str, object]:
    if known is None:
        return {}
    return {
        "title": known.title,
        "owners": known.owners,
        "readers": known.readers,
        "limit_days": known.limit_days,
    }
