"""Border residents at their post: the list, registering one, one in full, and the card."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.crossings.ids import issue_id
from openmidas.crossings.views.counter import posted_id
from openmidas.crossings.words import CARD_ENDS
from openmidas.nodes.identity import this_node
from openmidas.posts.access import actor, lane, signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.residents import services
from openmidas.residents.access import at_the_post
from openmidas.residents.card.filling import fill
from openmidas.residents.card.setting import set_card
from openmidas.residents.finding import find_residents
from openmidas.residents.forms import RegisterForm, WantedForm
from openmidas.residents.models import Resident
from openmidas.residents.page import all_shown, facts_of, numbers_here, shown

ON_A_PAGE = 50


@at_the_post
@require_safe
def residents(request: HttpRequest) -> HttpResponse:
    """Who is registered at this post: all, or those that a name, village, card or plate means."""
    form = WantedForm(request.GET)
    valid = form.is_valid()
    rows = find_residents(form.cleaned_data["text"]) if valid else Resident.objects.none()
    if kind := form.cleaned_data.get("kind"):
        rows = rows.filter(kind=kind)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context = {
        "form": form,
        "page": page,
        "rows": all_shown(page),
        "numbers": numbers_here(),
        "asked": urlencode(asked),
        "filtered": bool(asked),
    }
    status = 200 if valid else 422
    return render(request, "residents/residents.html", context, status=status)


@at_the_post
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a border resident: the fields of `forms.RegisterForm`."""
    if request.method == "GET":
        known = {"nationality": this_node().config.state, "kind": "resident"}
        return _form(request, RegisterForm(initial=known), 200)
    form = RegisterForm(request.POST)
    if not form.is_valid():
        return _form(request, form, 422)
    try:
        row = services.register(actor(request), posted_id(request), form.registration())
    except Refused as refused:
        form.refuse(refused)
        return _form(request, form, 409)
    said = _("Registered: card %(number)s. Print it and hand it over.")
    messages.success(request, said % {"number": row})
    return redirect("resident", id=row.id)


@at_the_post
@require_safe
def resident(request: HttpRequest, id: UUID) -> HttpResponse:
    """One resident: the card, how they are known, and what can be done."""
    return page_of(request, here_or_404(id))


@at_the_post
@require_safe
def card(request: HttpRequest, id: UUID) -> HttpResponse:
    """The card as PDF, while it holds."""
    row = here_or_404(id)
    if row.revoked_on is not None:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="card-{row.number}.pdf"'}
    return HttpResponse(set_card(fill(row)), "application/pdf", headers=headers)


def here_or_404(id: UUID) -> Resident:
    """A resident of this post. Raises `Http404`."""
    row = Resident.objects.filter(id=id, node=this_node().id).first()
    if row is None:
        raise Http404
    return row


def page_of(
    request: HttpRequest,
    row: Resident,
    *,
    problem: str = "",
    at: str = "",
    opened: OpenForm | None = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    """The page of one resident. ``problem``: why what was asked ``at`` a form cannot be."""
    officer = signed_in(request)
    context = {
        "shown": shown(row),
        "facts": facts_of(row),
        "opened": opened or OpenForm(),
        "ends": CARD_ENDS,
        "may_end": officer.has_role(Role.HEAD_OF_POST),
        "may_cross": officer.has_role(Role.PRIMARY) and bool(lane(request)),
        "next_id": issue_id(),
        "posted": request.POST,
        "problem": problem,
        "at": at,
        **more,
    }
    return render(request, "residents/resident.html", context, status=status)


def _form(request: HttpRequest, form: RegisterForm, status: int) -> HttpResponse:
    id = request.POST.get("id") if request.method == "POST" else issue_id()
    return render(request, "residents/new.html", {"form": form, "id": id}, status=status)
