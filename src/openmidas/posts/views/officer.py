"""One officer: roles, suspension, one-time code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.nodes.identity import this_node
from openmidas.posts import services
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.codes import issue_code
from openmidas.posts.forms import OfficerForm, ReasonForm
from openmidas.posts.mandate import Mandate
from openmidas.posts.models import Officer
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.standing import suspensions_of
from openmidas.posts.views.officers import post_names, rows
from openmidas.posts.wording import word

superiors = allow(Role.HEAD_OF_POST, Role.ADMINISTRATOR)
# A page that was posted to is asked for by GET when somebody reloads it or switches the language.
get_or_post = require_http_methods(["GET", "POST"])


@superiors
@require_safe
def officer(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everything about one officer that the person at the page may see and do."""
    return _page(request, _officer(id))


@superiors
@get_or_post
def roles(request: HttpRequest, id: UUID) -> HttpResponse:
    """Change name and roles."""
    known = _officer(id)
    if request.method == "GET":
        return redirect("officer", id=id)
    form = OfficerForm(request.POST, allowed=_mandate(request).roles_for(known.post))
    if not form.is_valid():
        return _page(request, known, roles_form=form)
    name = form.cleaned_data["name"]
    return _do(
        request,
        known,
        lambda: services.change_officer(actor(request), id, name=name, roles=form.chosen()),
    )


@superiors
@get_or_post
def suspend(request: HttpRequest, id: UUID) -> HttpResponse:
    """Shut the officer out at once."""
    known = _officer(id)
    if request.method == "GET":
        return redirect("officer", id=id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, known, reason_form=form)
    reason = form.cleaned_data["reason"]
    return _do(request, known, lambda: services.suspend(actor(request), id, reason=reason))


@superiors
@get_or_post
def reinstate(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let a suspended officer work again."""
    known = _officer(id)
    if request.method == "GET":
        return redirect("officer", id=id)
    return _do(request, known, lambda: services.reinstate(actor(request), id))


@superiors
@get_or_post
def confirm(request: HttpRequest, id: UUID) -> HttpResponse:
    """At the HQ: keep an officer whom a head of post has enrolled."""
    known = _officer(id)
    if request.method == "GET":
        return redirect("officer", id=id)
    return _do(request, known, lambda: services.confirm_officer(actor(request), id))


@superiors
@get_or_post
@sensitive_variables()
def code(request: HttpRequest, id: UUID) -> HttpResponse:
    """Issue a one-time code and show it, once: it is stored nowhere."""
    known = _officer(id)
    if request.method == "GET":
        return redirect("officer", id=id)
    try:
        issued = issue_code(actor(request), id)
    except Refused as refused:
        return _page(request, known, problem=word(refused))
    return render(request, "posts/code.html", {"officer": known, "issued": issued})


def _officer(id: UUID) -> Officer:
    """An officer of this post, or at the HQ any. Raises `Http404`."""
    known = Officer.objects.filter(id=id).first()
    node = this_node()
    if known is None or not (node.is_hq or known.post == node.id):
        raise Http404
    return known


def _mandate(request: HttpRequest) -> Mandate:
    node = this_node()
    return Mandate(node.is_hq, node.id, signed_in(request).id)


def _do(request: HttpRequest, known: Officer, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        return _page(request, known, problem=word(refused))
    messages.success(request, _("Done and recorded."))
    return redirect("officer", id=known.id)


def _page(
    request: HttpRequest,
    known: Officer,
    *,
    roles_form: OfficerForm | None = None,
    reason_form: ReasonForm | None = None,
    problem: str = "",
) -> HttpResponse:
    node = this_node()
    in_force = suspensions_of([known])
    names = post_names()
    context: dict[str, Any] = {
        "row": rows([known])[0],
        "officer": known,
        "problem": problem,
        "suspensions": [(one, names.get(one.node, "")) for one in in_force],
        "own_row": known.id == signed_in(request).id,
        "changeable": known.node == node.id,
        "confirmable": node.is_hq and known.node != node.id and rows([known])[0]["until"],
        "roles_form": roles_form
        or OfficerForm(
            allowed=_mandate(request).roles_for(known.post),
            initial={"name": known.name, "roles": known.roles},
        ),
        "reason_form": reason_form or ReasonForm(),
        "limited": not node.is_hq,
    }
    wrong = problem or roles_form or reason_form
    return render(request, "posts/officer.html", context, status=422 if wrong else 200)
