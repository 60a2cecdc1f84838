"""One page: who collects, then a form for each traveller. It saves, and shows a number."""

from __future__ import annotations

import sqlite3
import time
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from openmidas.crossings.collecting import collect_crossing
from openmidas.crossings.ids import issue_id, issued_here
from openmidas.crossings.wording import refusal
from openmidas.nodes.collecting.pins import officer_by_pin
from openmidas.nodes.collecting.store import CollectingStore
from openmidas.nodes.home import this_home
from openmidas.nodes.refusals import Refused
from openmidas.posts.wording import word
from openmidas.web.collecting.forms import CollectorForm, SheetForm
from openmidas.web.collecting.signing_in import SignedIn, forget, remember, signed_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def collect(request: HttpRequest) -> HttpResponse:
    """The form for the next traveller; sent, it is sealed and only its number is shown."""
    store = CollectingStore(this_home())
    if not store.exists:
        return render(request, "web/collect_not.html", status=503)
    officer = signed_in(request)
    if officer is None:
        return redirect("collect-sign-in")
    # Only ages in years count from the day; it may be wrong where the clock is.
    form = SheetForm(
        request.POST or None, today=timezone.localdate(), initial={"direction": "entry"}
    )
    if request.method == "POST" and form.is_valid():
        number = _save(request, store, officer, form)
        if number is not None:
            return redirect(f"{reverse('collect')}?saved={number}")
    context = {
        "form": form,
        "id": _id(request) or issue_id(),
        "officer": officer,
        "saved": saved_number(request),
    }
    return render(request, "web/collect.html", context, status=422 if form.errors else 200)


def _save(
    request: HttpRequest, store: CollectingStore, officer: SignedIn, form: SheetForm
) -> int | None:
    """The number, once it is on the disk; None where the form now says why it is not."""
    id = _id(request)
    if id is None:
        form.add_error(None, _("The page was too old. Nothing was recorded: save once more."))
        return None
    try:
        return collect_crossing(store, officer.actor(), id, form.sheet(), wall=_now())
    except Refused as refused:
        form.add_error(None, refusal(refused))
    except (sqlite3.OperationalError, OSError):
        # A full or broken disk: what was typed stays in the form, and nobody believes it saved.
        form.add_error(
            None, _("Nothing was recorded: the disk is full or does not answer. Write on paper.")
        )
    return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Number and PIN: all that a post knows its officers by while it is shut."""
    store = CollectingStore(this_home())
    if not store.exists:
        return render(request, "web/collect_not.html", status=503)
    form = CollectorForm(request.POST or None, lanes=store.about().lanes)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            known = officer_by_pin(store, said["number"], said["pin"], _now())
        except Refused as refused:
            form.add_error(None, word(refused))
        else:
            response = redirect("collect")
            here = SignedIn(number=known.number, id=known.id, role=known.role, lane=said["lane"])
            remember(response, here)
            return response
    context = {"form": form}
    return render(request, "web/collect_sign_in.html", context, status=422 if form.errors else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The next officer gives number and PIN."""
    response = redirect("collect-sign-in")
    forget(response)
    return response


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For the machines that watch: this post is there, and only collects."""
    said = msgspec.json.encode({"node": "post", "database": False, "state": "collect_only"})
    return HttpResponse(said, content_type="application/json", status=503)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language of this page."""
    return set_language(request)


@require_safe
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Whatever was asked for cannot be read now."""
    return redirect("collect")


def _id(request: HttpRequest) -> UUID | None:
    """The id that the page was made with; None where it has none of ours."""
    try:
        id = UUID(request.POST.get("id", ""))
    except ValueError:
        return None
    return id if issued_here(id) else None


def saved_number(request: HttpRequest) -> int | None:
    """The number that was given just now, as the address has it."""
    text = request.GET.get("saved", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _now() -> int:
    return time.time_ns() // 1_000_000
