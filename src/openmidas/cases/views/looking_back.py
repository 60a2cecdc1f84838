"""Looking back, at the HQ: what the worker is at, what it found, and one hit in full."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

import msgspec
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmidas.cases.entries import reasons_on
from openmidas.cases.hits import Question, answers_to, list_titles
from openmidas.cases.looking_back import pages
from openmidas.cases.looking_back.limits import MONTHS, MOST_POSSIBLE
from openmidas.cases.looking_back.models import LaterHit
from openmidas.cases.page import given_answers
from openmidas.cases.services import answer_hit
from openmidas.cases.views.hit import given_by
from openmidas.cases.wording import answers_on, refusal, word_reason
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.list_wording import HIT_LEVELS
from openmidas.crossings.models import CancelledInspection
from openmidas.crossings.overview import post_names
from openmidas.crossings.page import shown_findings, shown_travellers
from openmidas.crossings.telling import for_headquarters
from openmidas.journal import NodeKind
from openmidas.lists.lost.in_use import LOST
from openmidas.lists.national.owners import closed_to
from openmidas.lists.views.opened import is_open, kept, open_for, open_form, written
from openmidas.posts.access import actor, allow, from_script, signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.lookups import Purpose
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role

ON_A_PAGE = 50
LEVELS = ("strong", "possible")
readers = allow(Role.HQ_LISTS, Role.HQ_ANALYST, Role.OVERSIGHT, at=NodeKind.HQ)


@readers
@require_safe
def looking_back(request: HttpRequest) -> HttpResponse:
    """How far looking back is, and its hits. A script asks every few seconds how far it is."""
    closed = closed_to(signed_in(request))
    context: dict[str, object] = {"runs": pages.runs_under_way(closed)}
    if from_script(request):
        return render(request, "cases/looking_back/runs.html", context)
    wanted = {name: request.GET.get(name, "") for name in ("list", "level")}
    hits = pages.later_hits(closed, wanted["list"], wanted["level"])
    page = Paginator(hits, ON_A_PAGE).get_page(request.GET.get("page"))
    done = pages.done(closed)
    context |= {
        "done": done,
        "page": page,
        "hits": pages.shown(page),
        "unanswered": pages.unanswered(closed),
        "wanted": wanted,
        "asked": urlencode({name: value for name, value in wanted.items() if value}),
        "lists": sorted({row.back.list_code: row.list for row in done}.items()),
        "levels": [(level, HIT_LEVELS[level]) for level in LEVELS],
        "level_words": HIT_LEVELS,
        "months": MONTHS,
        "most": MOST_POSSIBLE,
    }
    return render(request, "cases/looking_back/looking_back.html", context)


@readers
@require_http_methods(["GET", "POST"])
def later_hit(request: HttpRequest, id: UUID) -> HttpResponse:
    """One hit. Who it is about is shown once the purpose is given and the look-up is written."""
    hit = _readable(request, id)
    form, back = open_form(request), kept(request)
    what = f"listing {hit.list_code} {hit.listing}, crossing {hit.crossing}"
    opens = request.method == "POST" and open_for(request, form, id, what)
    if opens and not back:
        return redirect("later-hit", id=id)
    context = _shown(request, hit, posted=back) | {"form": form, "kept": back}
    status = 422 if request.method == "POST" and not opens else 200
    return render(request, "cases/looking_back/hit.html", context, status=status)


@readers
@require_POST
@transaction.atomic
def answer(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say whether the two are one person, as at a post; once it is open."""
    hit = _readable(request, id)
    if not is_open(request, id):
        context = _shown(request, hit) | {
            "form": OpenForm(initial={"purpose": Purpose.LISTS}),
            "kept": written(request),
        }
        return render(request, "cases/looking_back/hit.html", context, status=409)
    row = pages.scan_of(hit.crossing, hold=True)
    if row is None:
        raise Http404
    inspection = row.inspected()
    asked = pages.question_of(hit, inspection)
    try:
        if asked is None:
            raise Refused("hit.unknown")
        answer_hit(actor(request), inspection, asked.said, given_by(request))
    except Refused as refused:
        context = _shown(request, hit, refusal(refused), request.POST)
        return render(request, "cases/looking_back/hit.html", context, status=409)
    return redirect("later-hit", id=id)


def _readable(request: HttpRequest, id: UUID) -> LaterHit:
    """Raises `Http404`, and `PermissionDenied` for a list that the officer may not look into."""
    hit = get_object_or_404(LaterHit, id=id)
    if hit.list_code in closed_to(signed_in(request)):
        raise PermissionDenied
    return hit


def _shown(
    request: HttpRequest,
    hit: LaterHit,
    problem: str | SafeString = "",
    posted: QueryDict | None = None,
) -> dict[str, object]:
    """What the page of a hit shows. ``posted``: what stands in its form."""
    answers = list(given_answers(answers_to(hit.id)))
    context: dict[str, object] = {
        "hit": hit,
        "list": list_titles().get(hit.list_code, hit.list_code),
        "post": post_names().get(hit.post, str(hit.post)),
        "level": HIT_LEVELS.get(hit.level, hit.level),
        "opened": is_open(request, hit.id),
        "problem": problem,
    }
    row = pages.scan_of(hit.crossing)
    if not context["opened"] or row is None:
        return context
    inspection = row.inspected()
    asked = pages.question_of(hit, inspection)
    return context | {
        "document": hit.list_code == LOST,
        "cancelled": isinstance(row, CancelledInspection),
        "traveller": shown_travellers([inspection])[0],
        "answers": answers,
        "question": asked,
        "findings": shown_findings((_with(inspection, asked),), for_headquarters) if asked else (),
        "posted": posted,
        "choices": [
            (
                answers_on(hit.list_code)[one],
                [(f"{one}.{code}", word_reason(one, code, hit.list_code)) for code in reasons],
            )
            for one, reasons in reasons_on(hit.list_code).items()
        ],
    }


def _with(inspection: Inspection, asked: Question) -> Inspection:
    """The traveller with this hit alone: what the lane found stands on the page of the crossing."""
    return msgspec.structs.replace(inspection, findings=(asked.finding,))
