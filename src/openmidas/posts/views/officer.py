"""One officer: roles, suspension, one-time code."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
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


def form_of_the_page(
    view: Callable[[HttpRequest, Officer], HttpResponse],
) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A form of the officer's page. Asked for by GET, by reloading or switching language: the page."""

    @superiors
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, id: UUID) -> HttpResponse:
        known = _officer(id)
        return view(request, known) if request.method == "POST" else redirect("officer", id=id)

    return answer


@superiors
@require_safe
def officer(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everything about one officer that the person at the page may see and do."""
    return _page(request, _officer(id))


@form_of_the_page
def roles(request: HttpRequest, known: Officer) -> HttpResponse:
    """Change name and roles."""
    form = OfficerForm(request.POST, allowed=_mandate(request).roles_for(known.post))
    if not form.is_valid():
        return _page(request, known, roles_form=form)
    name = form.cleaned_data["name"]
    return _do(
        request,
        known,
        lambda: services.change_officer(actor(request), known.id, name=name, roles=form.chosen()),
    )


@form_of_the_page
def suspend(request: HttpRequest, known: Officer) -> HttpResponse:
    """Shut the officer out at once."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, known, reason_form=form)
    reason = form.cleaned_data["reason"]
    return _do(request, known, lambda: services.suspend(actor(request), known.id, reason=reason))


@form_of_the_page
def reinstate(request: HttpRequest, known: Officer) -> HttpResponse:
    """Let a suspended officer work again."""
    return _do(request, known, lambda: services.reinstate(actor(request), known.id))


@form_of_the_page
def confirm(request: HttpRequest, known: Officer) -> HttpResponse:
    """At the HQ: keep an officer whom a head of post has enrolled."""
    return _do(request, known, lambda: services.confirm_officer(actor(request), known.id))


@form_of_the_page
@sensitive_variables()
def code(request: HttpRequest, known: Officer) -> HttpResponse:
    """Issue a one-time code and show it, once: it is stored nowhere."""
    try:
        issued = issue_code(actor(request), known.id)
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
    row = rows([known])[0]
    context: dict[str, Any] = {
        "row": row,
        "officer": known,
        "problem": problem,
        "suspensions": [(one, names.get(one.node, "")) for one in in_force],
        "own_row": known.id == signed_in(request).id,
        "changeable": known.node == node.id,
        "confirmable": node.is_hq and known.node != node.id and row["until"],
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
