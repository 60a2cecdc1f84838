"""One post at the HQ: how it is laid out, how that came to be, who works there, by which rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from openmidas.crossings.facts import rules_in_force
from openmidas.crossings.views.hq import headquarters
from openmidas.journal import NodeKind
from openmidas.nodes.entries import LONGEST_REASON
from openmidas.nodes.models import AcceptedStick, EnrolledNode
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.layout_form import LayoutForm
from openmidas.posts.layout_wording import worded_changes
from openmidas.posts.layouts import PostLayout, layout_of, steps_of
from openmidas.posts.models import Officer, Post
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.services import configure_post, revoke_post
from openmidas.posts.views import leases, replacements
from openmidas.posts.views.officers import rows
from openmidas.posts.wording import word

STEPS_SHOWN = 50
OFFICERS_SHOWN = 200
STICKS_SHOWN = 10


class RevokeForm(forms.Form):
    """Why a post is trusted no more."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("It stays in the journal, and all nodes of the State see it."),
    )


@headquarters
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everything about one post; the administrator changes its layout here."""
    layout = _layout(id)
    may_edit = signed_in(request).has_role(Role.ADMINISTRATOR)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = LayoutForm(request.POST or None, layout=layout)
    if request.method == "POST" and form.is_valid() and _saved(request, id, layout, form):
        return redirect("hq-post", id=id)
    status = 422 if request.method == "POST" else 200
    context = {
        "id": id,
        "layout": layout,
        "form": form,
        "may_edit": may_edit,
        "officers": rows(list(Officer.objects.filter(post=id).order_by("name")[:OFFICERS_SHOWN])),
        "in_force": rules_in_force(),
        "steps": _steps(id),
        "enrolled": EnrolledNode.objects.filter(id=id).first(),
        "revoking": RevokeForm(),
        "replacement": replacements.shown(id, signed_in(request).id),
        "seal": leases.shown(id),
        "sticks": _accepted_sticks(id),
    }
    return render(request, "crossings/hq/post.html", context, status=status)


@allow(Role.ADMINISTRATOR, at=NodeKind.HQ)
@require_POST
def revoke(request: HttpRequest, id: UUID) -> HttpResponse:
    """Trust the post no more: its machine was stolen or lost."""
    _layout(id)
    form = RevokeForm(request.POST)
    form.is_valid()  # what is not is missing: the service says so
    try:
        revoke_post(actor(request), id, form.cleaned_data.get("reason", ""))
    except Refused as refused:
        messages.error(request, word(refused))
    else:
        messages.success(request, _("The post is trusted no more. Nothing is exchanged with it."))
    return redirect("hq-post", id=id)


def _layout(id: UUID) -> PostLayout:
    """The layout of a post; of one that is enrolled only, an empty one. Raises `Http404`."""
    laid_out = Post.objects.filter(id=id).first()
    if laid_out is not None:
        return layout_of(laid_out)
    enrolled = EnrolledNode.objects.filter(id=id).first()
    if enrolled is None:
        raise Http404
    return PostLayout(name=enrolled.name, lanes=())


def _saved(request: HttpRequest, id: UUID, before: PostLayout, form: LayoutForm) -> bool:
    """Whether the post has the layout of the form now."""
    layout = form.layout()
    if layout == before and Post.objects.filter(id=id).exists():
        messages.success(request, _("There was nothing to change."))
        return True
    try:
        configure_post(actor(request), id, layout)
    except Refused as refused:
        form.add_error(None, word(refused))
        return False
    messages.success(request, _("Saved. The post gets it with the next exchange."))
    return True


def _steps(id: UUID) -> list[dict[str, Any]]:
    steps = steps_of(id)[:STEPS_SHOWN]
    ids = {step.officer for step in steps if step.officer}
    names = dict(Officer.objects.filter(id__in=ids).values_list("id", "name"))
    return [
        {
            "at": step.at,
            "officer": names.get(step.officer, "") if step.officer else "",
            "changes": worded_changes(step),
        }
        for step in steps
    ]


def _accepted_sticks(id: UUID) -> list[dict[str, Any]]:
    """The sticks of machines that are trusted no more which somebody decided to take in, and why."""
    found = list(AcceptedStick.objects.filter(of=id).order_by("-at", "-id")[:STICKS_SHOWN])
    ids = {one.officer for one in found if one.officer}
    names = dict(Officer.objects.filter(id__in=ids).values_list("id", "name"))
    return [
        {"row": one, "officer": names.get(one.officer, "") if one.officer else ""} for one in found
    ]
