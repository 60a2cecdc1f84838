"""Entries and exits with different documents that may be one traveller's, for a person to decide."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmidas.crossings.views.hq import headquarters
from openmidas.flows.entries import MOST_REASON
from openmidas.flows.models import Outcome
from openmidas.flows.stays import deciding as stays
from openmidas.flows.stays import matches as stays_matches
from openmidas.flows.stays.coverage import coverage
from openmidas.flows.stays.pairs import Pair
from openmidas.flows.stays.wording import DONE, LEVELS, OUTCOMES, word
from openmidas.flows.views.stays import page_number
from openmidas.journal import NodeKind
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.wording import word as word_of_posts


class DecideForm(forms.Form):
    """Why an analyst decides so."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=MOST_REASON,
        help_text=_("Without names or numbers. It is recorded with your decision."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )


@headquarters
@require_safe
def matches(request: HttpRequest) -> HttpResponse:
    """What is proposed, the surest first, and what was decided last. Nobody is named here."""
    page = stays_matches.proposals(page_number(request))
    context = {
        "page": page,
        "decided": stays_matches.decided() if page.number == 1 else [],
        "coverage": coverage(),
    }
    return render(request, "flows/stays_matches.html", context)


@headquarters
@require_http_methods(["GET", "POST"])
def match(request: HttpRequest, id: UUID) -> HttpResponse:
    """Two crossings beside each other: who crossed is shown once the look-up is written."""
    pair = _pair(id)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            stays.look(actor(request), pair, data["purpose"], data["reason"])
        except Refused as refused:
            form.add_error("reason", word_of_posts(refused))
        else:
            return _page(request, pair, {"in_full": True, "deciding": DecideForm()})
    status = 422 if form.errors else 200
    return _page(request, pair, {"in_full": False, "form": form}, status)


@allow(Role.HQ_ANALYST, at=NodeKind.HQ)
@require_POST
def decide(request: HttpRequest, id: UUID) -> HttpResponse:
    """``outcome`` (matched, dismissed, open) and its ``reason``."""
    pair = _pair(id)
    given = request.POST.get("outcome", "")
    form = DecideForm(request.POST)
    if form.is_valid() and given in Outcome.values:
        outcome = Outcome(given)
        try:
            stays.decide(actor(request), id, outcome, form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error("reason" if refused.code == "reason.missing" else None, word(refused))
        else:
            messages.success(request, str(DONE[outcome]))
            return redirect("stays-matches")
    # Whoever has not looked yet must not see by a mistake who it is.
    in_full = stays.looked(actor(request), pair)
    context = {"in_full": in_full, "deciding": form, "form": OpenForm()}
    return _page(request, pair, context, 422)


def _page(
    request: HttpRequest, pair: Pair, context: dict[str, object], status: int = 200
) -> HttpResponse:
    shown = stays_matches.show([pair])[0]
    known = {
        "shown": shown,
        "level": LEVELS[shown.level],
        "outcome": OUTCOMES[shown.decision.outcome] if shown.decision else "",
        "decided": shown.decision is not None and shown.decision.outcome != Outcome.OPEN,
        "may_decide": signed_in(request).has_role(Role.HQ_ANALYST),
    }
    return render(request, "flows/stays_match.html", known | context, status=status)


def _pair(id: UUID) -> Pair:
    pair = stays.find_pair(id)
    if pair is None:
        raise Http404
    return pair
