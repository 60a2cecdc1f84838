"""What waits for a second person on the State's own lists, and deciding on it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.lists.national import pages
from openmidas.lists.national import proposals as service
from openmidas.lists.national.batches import Batch, batch_of, waiting_of
from openmidas.lists.national.digests import digest_of
from openmidas.lists.national.entries import Said
from openmidas.lists.national.forms import WhyForm
from openmidas.lists.national.models import ListingProposal, NationalList, NationalListing
from openmidas.lists.national.owners import owners_of
from openmidas.lists.national.wording import ACTIONS, CATEGORIES, of_code, word
from openmidas.lists.views.national import keepers, readable
from openmidas.lists.views.opened import is_open, kept, open_for, open_form, written
from openmidas.posts.access import actor, signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.lookups import Purpose
from openmidas.posts.refusals import Refused
from openmidas.posts.standing import officer_names

SHOWN = 200


@keepers
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that waits on the lists that one keeps; one's own as well, to be taken back."""
    officer = signed_in(request)
    own = [each.row.id for each in pages.lists_for(officer) if each.own]
    found = pages.waiting(own)
    batches = sorted({one.batch for one in found if one.batch}, key=str)
    single = [one for one in found if one.batch is None]
    context = {
        "rows": pages.proposal_rows(single[:SHOWN], officer.id),
        "more": max(0, len(single) - SHOWN),
        "batches": [
            {"batch": batch, "by": officer_names([batch.proposed_by]).get(batch.proposed_by)}
            for batch in map(batch_of, batches)
            if batch is not None
        ],
    }
    return render(request, "lists/national/waiting.html", context)


@keepers
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, id: UUID) -> HttpResponse:
    """What is proposed. Who it is about is shown once the look-up is written; then one may approve."""
    row = get_object_or_404(ListingProposal, id=id)
    of = readable(request, row.list)
    form, back = open_form(request), kept(request)
    if request.method != "POST":
        return _page(request, row, of, form)
    if not open_for(request, form, id, f"listing {row.number}"):
        return _page(request, row, of, form, back, status=422)
    return _page(request, row, of, form, back) if back else redirect("proposal", id=id)


def _page(
    request: HttpRequest,
    row: ListingProposal,
    of: NationalList,
    form: OpenForm,
    back: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    """The proposal. ``back``: an answer that was sent after it closed; it stands in its form once it is
    open again."""
    id, officer = row.id, signed_in(request)
    opened = is_open(request, id)
    current = NationalListing.objects.filter(id=row.listing).first()
    context = {
        "proposal": pages.proposal_rows([row], officer.id)[0],
        "list": of,
        "own": officer.id in owners_of(of),
        "current": current,
        "opened": opened,
        "facts": pages.facts(_now(row, current), row.said()) if opened else [],
        "digest": digest_of(row),
        "form": form,
        "kept": back,
        "opens": reverse("proposal", args=[id]),
        "why": WhyForm(initial=back, auto_id="refuse_%s"),
    }
    return render(request, "lists/national/proposal.html", context, status=status)


@keepers
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, id: UUID) -> HttpResponse:
    """``decision``: approve with the ``digest`` of what was seen, refuse with ``why``, or withdraw."""
    row = get_object_or_404(ListingProposal, id=id)
    of, posted = readable(request, row.list), request.POST
    if request.method != "POST":
        return redirect("proposal", id=id)
    if not is_open(request, id):
        asking = OpenForm(initial={"purpose": Purpose.LISTS})
        return _page(request, row, of, asking, written(request), status=409)
    who = actor(request)
    match posted.get("decision"):
        case "approve":
            said = _("Approved. It goes to the posts with the next edition.")
            return _do(
                request, id, lambda: service.approve(who, id, posted.get("digest", "")), said
            )
        case "refuse":
            said = _("Refused. The proposer sees why.")
            return _do(request, id, lambda: service.refuse(who, id, posted.get("why", "")), said)
        case "withdraw":
            return _do(request, id, lambda: service.withdraw(who, id), _("Taken back."))
        case _:
            return redirect("proposal", id=id)


@keepers
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, id: UUID) -> HttpResponse:
    """What came in one file: how many of what, and some of them in full once the look-up is written."""
    known = batch_of(id)
    if known is None:
        return redirect("proposals")
    of = readable(request, known.list)
    form = open_form(request)
    if request.method == "POST" and open_for(request, form, id, f"batch {id}, {known.count}"):
        return redirect("proposal-batch", id=id)
    officer, opened = signed_in(request), is_open(request, id)
    context = {
        "batch": known,
        "list": of,
        "by": officer_names([known.proposed_by]).get(known.proposed_by, ""),
        "own": officer.id == known.proposed_by,
        "may": officer.id in owners_of(of),
        "categories": [(of_code(CATEGORIES, code), count) for code, count in known.categories],
        "actions": [(of_code(ACTIONS, code), count) for code, count in known.actions],
        "opened": opened,
        "sample": _sample(known) if opened else [],
        "each": waiting_of(id)[:SHOWN],
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "lists/national/batch.html", context, status=status)


@keepers
@require_http_methods(["GET", "POST"])
def approve_batch(request: HttpRequest, id: UUID) -> HttpResponse:
    """Approve all that waits of a file, with the ``digest`` of what was seen."""
    known = batch_of(id)
    if known is None:
        return redirect("proposals")
    readable(request, known.list)
    if request.method != "POST" or not is_open(request, id):
        return redirect("proposal-batch", id=id)
    try:
        count = service.approve_batch(actor(request), id, request.POST.get("digest", ""))
    except Refused as refused:
        messages.error(request, word(refused))
        return redirect("proposal-batch", id=id)
    said = ngettext("%(count)s listing approved.", "%(count)s listings approved.", count)
    messages.success(request, said % {"count": count})
    return redirect("national-list", id=known.list)


def _sample(known: Batch) -> list[list[pages.Fact]]:
    return [pages.facts(None, proposal.said()) for proposal in known.sample]


def _now(row: ListingProposal, current: NationalListing | None) -> Said | None:
    return current.said() if current is not None and row.rests_on is not None else None


def _do(request: HttpRequest, id: UUID, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, word(refused))
    else:
        messages.success(request, said)
    return redirect("proposal", id=id)
