"""Declarations at a post: the list, a herd, goods, and one in full."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.crossings.ids import issue_id
from openmidas.crossings.services import lane_journey
from openmidas.crossings.views.counter import posted_id
from openmidas.declarations import services
from openmidas.declarations.access import at_the_post
from openmidas.declarations.forms import GoodsForm, HerdForm, WantedForm
from openmidas.declarations.models import Declaration, What
from openmidas.declarations.page import all_shown, declarant_of, declared_here, shown
from openmidas.declarations.prefill import goods_initial, herd_initial
from openmidas.declarations.wording import VACCINATED
from openmidas.incidents.page import crossings_to_link
from openmidas.nodes.services import node_day
from openmidas.posts.access import actor, lane
from openmidas.posts.refusals import Refused

ON_A_PAGE = 50


@at_the_post
@require_safe
def declarations(request: HttpRequest) -> HttpResponse:
    """What was declared at this post, the newest first."""
    form = WantedForm(request.GET)
    here = declared_here()
    rows = here.order_by("-at", "-id")
    if form.is_valid():
        wanted = form.cleaned_data
        rows = rows.filter(day__gt=node_day() - timedelta(days=form.back()))
        for name in ("what", "direction"):
            rows = rows.filter(**{name: wanted[name]}) if wanted[name] else rows
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context = {
        "form": form,
        "page": page,
        "rows": all_shown(page),
        "any": here.exists(),
        "asked": urlencode(asked),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "declarations/declarations.html", context, status=status)


@at_the_post
@require_http_methods(["GET", "POST"])
def herd(request: HttpRequest) -> HttpResponse:
    """Declare a herd. ``crossing`` and ``corrects`` in the address: with which, and instead of which."""
    return _declare(request, HerdForm, What.HERD)


@at_the_post
@require_http_methods(["GET", "POST"])
def goods(request: HttpRequest) -> HttpResponse:
    """Declare goods; the address as of a herd."""
    return _declare(request, GoodsForm, What.GOODS)


@at_the_post
@require_safe
def declaration(request: HttpRequest, id: UUID) -> HttpResponse:
    """One declaration, and what is worth telling of its papers."""
    row = declared_here().filter(id=id).first()
    if row is None:
        raise Http404
    kept = declarant_of(row)
    context = {
        "one": shown(row),
        "herd": row.herd() if row.what == What.HERD else None,
        "goods": row.goods() if row.what == What.GOODS else None,
        "vaccinated": VACCINATED[row.herd().vaccinated] if row.what == What.HERD else "",
        "declarant": kept,
        "certificate": kept.shown() if kept else None,
    }
    return render(request, "declarations/declaration.html", context)


def _declare(
    request: HttpRequest, form_of: type[HerdForm] | type[GoodsForm], what: What
) -> HttpResponse:
    corrected = _corrected(request, what)
    asked = request.GET.get("crossing", "")
    offered = crossings_to_link([request.POST.get("crossing", ""), asked, *_crossing_of(corrected)])
    if request.method == "GET":
        form = form_of(initial=_initial(request, corrected, asked), crossings=offered)
        return _page(request, form, what, corrected, 200)
    form = form_of(request.POST, crossings=offered)
    if not form.is_valid():
        return _page(request, form, what, corrected, 422)
    try:
        said = form.said(posted_id(request), corrected.id if corrected else None)
        row = services.declare(actor(request), said, form.declarer())
    except Refused as refused:
        form.refuse(refused)
        return _page(request, form, what, corrected, 409)
    messages.success(request, _("Declared. No duty is due at this desk."))
    return redirect("declaration", id=row.id)


def _corrected(request: HttpRequest, what: What) -> Declaration | None:
    """The declaration that is corrected, where the address names one. Raises `Http404`."""
    asked = request.GET.get("corrects", "")
    if not asked:
        return None
    try:
        row = declared_here().filter(id=UUID(asked), what=what).first()
    except ValueError as error:
        raise Http404 from error
    if row is None:
        raise Http404
    return row


def _crossing_of(row: Declaration | None) -> list[str]:
    kept = declarant_of(row) if row else None
    return [str(kept.crossing)] if kept and kept.crossing else []


def _initial(request: HttpRequest, corrected: Declaration | None, asked: str) -> dict[str, Any]:
    if corrected is None:
        return {"direction": lane_journey(lane(request)).direction, "crossing": asked}
    kept = declarant_of(corrected)
    if corrected.what == What.HERD:
        return herd_initial(corrected.herd(), kept)
    return goods_initial(corrected.goods(), kept)


def _page(
    request: HttpRequest,
    form: HerdForm | GoodsForm,
    what: What,
    corrected: Declaration | None,
    status: int,
) -> HttpResponse:
    context = {
        "form": form,
        "id": request.POST.get("id") if request.method == "POST" else issue_id(),
        "corrected": shown(corrected) if corrected else None,
    }
    return render(request, f"declarations/{what}.html", context, status=status)
