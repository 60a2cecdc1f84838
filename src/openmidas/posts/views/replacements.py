"""At the HQ: another machine becomes a post. Proposed and approved on the post's page, by two people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from openmidas.journal import NodeKind
from openmidas.nodes.entries import LONGEST_REASON
from openmidas.nodes.local import Peer
from openmidas.posts import replacements
from openmidas.posts.access import actor, allow
from openmidas.posts.models import Officer, PostReplacement
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.wording import REPLACEMENT_STATES, word

SHOWN = 10
administrators = allow(Role.ADMINISTRATOR, at=NodeKind.HQ)


class ProposalForm(forms.Form):
    """Why a post gets another machine."""

    reason = forms.CharField(
        label=gettext_lazy("Why the machine is replaced"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("It stays in the journal, with your name."),
    )


@administrators
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, id: UUID) -> HttpResponse:
    """Ask for another machine. Asked for by GET, by reloading or switching language: the post."""
    if request.method != "POST":
        return redirect("hq-post", id=id)
    if not Peer.objects.filter(id=id, kind=NodeKind.POST).exists():
        raise Http404
    form = ProposalForm(request.POST)
    form.is_valid()  # what is not is missing: the service says so
    reason = form.cleaned_data.get("reason", "")
    said = _("Proposed. Another administrator must approve it before anything happens.")
    return _do(request, id, lambda: replacements.propose(actor(request), id, reason), said)


@administrators
@require_http_methods(["GET", "POST"])
@sensitive_variables()
def approve(request: HttpRequest, id: UUID) -> HttpResponse:
    """Agree as a second person, and see the code, once: it is stored nowhere."""
    known = get_object_or_404(PostReplacement, id=id)
    if request.method != "POST":
        return redirect("hq-post", id=known.post)
    try:
        code = replacements.approve(actor(request), id)
    except Refused as refused:
        messages.error(request, word(refused))
        return redirect("hq-post", id=known.post)
    context = {"code": code, "post": known.post, "address": request.get_host()}
    return render(request, "posts/replacement_code.html", context)


@administrators
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take a replacement back."""
    known = get_object_or_404(PostReplacement, id=id)
    if request.method != "POST":
        return redirect("hq-post", id=known.post)
    said = _("Taken back. A machine that was shut out stays so.")
    return _do(request, known.post, lambda: replacements.withdraw(actor(request), id), said)


def shown(post: UUID, officer: UUID) -> dict[str, Any]:
    """What the page of a post says of its replacements, to this officer."""
    found = replacements.replacements_of(post)[:SHOWN]
    both = [who for one, _state in found for who in (one.proposed_by, one.approved_by)]
    officers = Officer.objects.filter(id__in=[who for who in both if who is not None])
    names: dict[UUID | None, str] = dict(officers.values_list("id", "name"))
    return {
        "form": ProposalForm(auto_id="replace_%s"),  # the page has another reason to give
        "under_way": any(state in _OPEN for _one, state in found),
        "all": [
            {
                "row": one,
                "state": state,
                "words": REPLACEMENT_STATES[state],
                "proposed_by": names.get(one.proposed_by, ""),
                "approved_by": names.get(one.approved_by, ""),
                "own": one.proposed_by == officer,
                "open": state in _OPEN,
            }
            for one, state in found
        ],
    }


_OPEN = (replacements.PROPOSED, replacements.APPROVED)


def _do(request: HttpRequest, post: UUID, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, word(refused))
    else:
        messages.success(request, said)
    return redirect("hq-post", id=post)
