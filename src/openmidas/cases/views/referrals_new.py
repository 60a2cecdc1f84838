"""Beginning a referral, from a traveller's page: which pathway, then its form."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.cases.access import interview_room
from openmidas.cases.referrals import services
from openmidas.cases.referrals.page import fields_to_fill, shown_pathway
from openmidas.cases.referrals.pathways import WITH_A_REASON, Consent, Pathway
from openmidas.cases.referrals.publishing import in_force, post_name
from openmidas.cases.referrals.wording import CONSENTS, refusal
from openmidas.cases.views.opening import first_say_why, opened
from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.crossings.views.counter import posted_id
from openmidas.lists.views.opened import keep_open
from openmidas.nodes.identity import this_node
from openmidas.posts.access import actor
from openmidas.posts.entries import Compartment
from openmidas.posts.refusals import Refused
from openmidas.posts.wording import COMPARTMENT_NAMES


@interview_room
@require_safe
def choose(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """The pathways that this post has, each with whom it is for."""
    row = _crossing(crossing)
    if not opened(request, row):
        return first_say_why(row)
    now = in_force()
    post = post_name(this_node().id)
    found = [now.said.for_post(kind, post) for kind in Compartment] if now else []
    context = {
        "crossing": row,
        "stale": now is not None and now.stale,
        "choices": [
            (one.kind.value, COMPARTMENT_NAMES[one.kind], shown_pathway(one))
            for one in found
            if one
        ],
    }
    return render(request, "cases/referrals/choose.html", context)


@interview_room
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, crossing: UUID, kind: str) -> HttpResponse:
    """The form of one pathway. ``id``, ``consent``, ``why``, and ``data-CODE`` for each field."""
    row = _crossing(crossing)
    pathway = _pathway(kind)
    if request.method == "GET" and not opened(request, row):
        return first_say_why(row)
    if request.method == "GET":
        return _form(request, row, pathway)
    try:
        begun = _begun(request, pathway)
        services.begin(actor(request), crossing, begun)
    except Refused as refused:
        return _form(request, row, pathway, refusal(refused), refused.params.get("datum", ""))
    keep_open(request, begun.referral)  # who has just written it reads it
    return redirect("referral", id=begun.referral)


def _crossing(crossing: UUID) -> Crossing:
    """Raises `Http404` where this post has no such crossing."""
    row = Crossing.objects.filter(id=crossing, node=this_node().id).first()
    if row is None:
        raise Http404
    return row


def _pathway(kind: str) -> Pathway:
    """Raises `Http404` where this post has none of this kind."""
    now = in_force()
    known = Compartment(kind) if kind in set(Compartment) else None
    found = now.said.for_post(known, post_name(this_node().id)) if now and known else None
    if found is None:
        raise Http404
    return found


def _begun(request: HttpRequest, pathway: Pathway) -> services.Begun:
    consent = None
    with suppress(ValueError):  # none was chosen
        consent = Consent(request.POST.get("consent", ""))
    return services.Begun(
        referral=posted_id(request),
        compartment=pathway.kind,
        consent=consent,
        why=request.POST.get("why", ""),
        data=_typed(request, pathway),
    )


def _typed(request: HttpRequest, pathway: Pathway) -> dict[str, str]:
    return {one.code: request.POST.get(f"data-{one.code}", "") for one in pathway.data}


def _form(
    request: HttpRequest,
    crossing: Crossing,
    pathway: Pathway,
    problem: str | SafeString = "",
    wrong: str = "",
) -> HttpResponse:
    typed = _typed(request, pathway) if request.method == "POST" else None
    context = {
        "crossing": crossing,
        "kind": pathway.kind.value,
        "pathway": shown_pathway(pathway),
        "fields": fields_to_fill(pathway, crossing, typed),
        "consents": [(one.value, CONSENTS[one], one in WITH_A_REASON) for one in pathway.consent],
        "id": request.POST.get("id") or issue_id(),
        "posted": request.POST,
        "problem": problem,
        "wrong": wrong,
    }
    status = 422 if problem else 200
    return render(request, "cases/referrals/begin.html", context, status=status)
