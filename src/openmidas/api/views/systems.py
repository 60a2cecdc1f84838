"""The HQ's pages about the State's other systems: who may ask, what for, and what they asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmidas.api import services
from openmidas.api.forms import AdmitForm, RevokeForm
from openmidas.api.models import PersonsRead, System
from openmidas.api.scopes import Scope
from openmidas.api.usage import days_of_use, usage_of
from openmidas.api.wording import STANDING_NAMES, scope_names, word
from openmidas.journal import NodeKind
from openmidas.nodes.services import node_time
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.models import Officer
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role

ON_A_PAGE = 50


@allow(Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)
@require_safe
def systems(request: HttpRequest) -> HttpResponse:
    """All systems that were ever given a token; those that may ask come first."""
    known = sorted(System.objects.all(), key=lambda one: (not _valid(one), one.name, one.id))
    context = {"rows": [_row(one) for one in known], "may_admit": _administers(request)}
    return render(request, "api/systems.html", context)


@allow(Role.ADMINISTRATOR, at=NodeKind.HQ)
@require_http_methods(["GET", "POST"])
@sensitive_variables()
def admit(request: HttpRequest) -> HttpResponse:
    """Give a system a token and show it, once: it is stored nowhere."""
    form = AdmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            issued = services.admit_system(actor(request), form.admission())
        except Refused as refused:
            form.refuse(refused)
        else:
            shown = {"system": System.objects.get(id=issued.system), "issued": issued}
            return render(request, "api/token.html", shown)
    return render(request, "api/admit.html", {"form": form}, status=422 if form.errors else 200)


@allow(Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)
@require_safe
def system(request: HttpRequest, id: UUID) -> HttpResponse:
    """One system: why it may ask, how often it did, and each answer that named persons."""
    return _page(request, get_object_or_404(System, id=id), RevokeForm())


@allow(Role.ADMINISTRATOR, at=NodeKind.HQ)
@require_POST
def revoke(request: HttpRequest, id: UUID) -> HttpResponse:
    """Shut a system out."""
    known = get_object_or_404(System, id=id)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return _page(request, known, form)
    try:
        services.revoke_system(actor(request), id, form.cleaned_data["reason"])
    except Refused as refused:
        form.add_error(None, word(refused))
        return _page(request, known, form)
    messages.success(request, _("Revoked and recorded: this token opens nothing any more."))
    return redirect("system", id=id)


def _page(request: HttpRequest, known: System, form: RevokeForm) -> HttpResponse:
    reads = PersonsRead.objects.filter(system=known.id).order_by("-at", "-id")
    officers: dict[UUID | None, str] = dict(
        Officer.objects.filter(
            id__in=[id for id in (known.admitted_by, known.revoked_by) if id]
        ).values_list("id", "name")
    )
    context: dict[str, Any] = {
        "row": _row(known),
        "system": known,
        "admitted_by": officers.get(known.admitted_by, ""),
        "revoked_by": officers.get(known.revoked_by, ""),
        "days": days_of_use(known.id),
        "names_persons": Scope.PERSONS in known.scopes,
        "page": Paginator(reads, ON_A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "may_revoke": known.revoked_at is None and _administers(request),
    }
    return render(request, "api/system.html", context, status=422 if form.errors else 200)


def _row(known: System) -> dict[str, Any]:
    standing = services.standing_of(known, node_time())
    return {
        "system": known,
        "scopes": scope_names(known.scopes),
        "standing": STANDING_NAMES[standing],
        "valid": standing is services.Standing.VALID,
        "usage": usage_of(known.id),
    }


def _valid(known: System) -> bool:
    return services.standing_of(known) is services.Standing.VALID


def _administers(request: HttpRequest) -> bool:
    return signed_in(request).has_role(Role.ADMINISTRATOR)
