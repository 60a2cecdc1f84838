"""At the HQ: the leases of sealed posts on one page, and setting one on the page of its post."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.journal import NodeKind
from openmidas.nodes.entries import LONGEST_REASON
from openmidas.nodes.local import Peer
from openmidas.nodes.models import Unsealing
from openmidas.nodes.sealing.entries import MOST_DAYS
from openmidas.posts.access import actor, allow
from openmidas.posts.leases import SealOf, change_lease, changes_of, openings_of, seals
from openmidas.posts.models import Officer
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.seal_wording import word_share
from openmidas.posts.wording import word

SHOWN = 10


class LeaseForm(forms.Form):
    """For how many days, and why."""

    days = forms.IntegerField(
        label=gettext_lazy("Days from the next renewal on"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("0: it is not renewed any more."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why the lease is changed"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("It stays in the journal, with your name."),
    )


@allow(Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)
@require_safe
def leases(request: HttpRequest) -> HttpResponse:
    """Every post: sealed or not, until when it may be read, who opened it last."""
    return render(request, "posts/leases.html", {"rows": [_row(one) for one in seals()]})


@allow(Role.ADMINISTRATOR, at=NodeKind.HQ)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, id: UUID) -> HttpResponse:
    """Set a lease. Asked for by GET, by reloading or switching language: the post."""
    if not Peer.objects.filter(id=id, kind=NodeKind.POST).exists():
        raise Http404
    if request.method != "POST":
        return redirect("hq-post", id=id)
    form = LeaseForm(request.POST)
    form.is_valid()  # what is not is missing: the service says so
    said = form.cleaned_data
    try:
        change_lease(actor(request), id, said.get("days", -1), said.get("reason", ""))
    except Refused as refused:
        messages.error(request, word(refused))
    else:
        messages.success(request, _("Written down. It holds from the next renewal on."))
    return redirect("hq-post", id=id)


def shown(post: UUID) -> dict[str, Any] | None:
    """What the page of a post says of its seal; None of one that was never met."""
    found = seals(post)
    if not found:
        return None
    changes = changes_of(post, SHOWN)
    officers = Officer.objects.filter(id__in=[one.officer for one in changes if one.officer])
    names: dict[UUID | None, str] = dict(officers.values_list("id", "name"))
    (one,) = found
    return {
        **_row(one),
        "openings": [_opening(each) for each in openings_of(post, SHOWN)],
        "changes": [{"row": each, "officer": names.get(each.officer, "")} for each in changes],
        "form": LeaseForm(
            initial={"days": one.lease.days if one.lease else None}, auto_id="lease_%s"
        ),
    }


def _row(one: SealOf) -> dict[str, Any]:
    return {"seal": one, "last": _opening(one.last) if one.last else None}


def _opening(one: Unsealing) -> dict[str, Any]:
    return {"row": one, "share": word_share(one.share)}
