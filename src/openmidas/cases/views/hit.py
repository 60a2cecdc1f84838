"""One hit: traveller and listing side by side, and the answer."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST

from openmidas.cases.access import interview_room
from openmidas.cases.entries import REASONS, Answer, Reason
from openmidas.cases.hits import Question, question
from openmidas.cases.page import hit_page
from openmidas.cases.services import Given, remembered_until, resolve_hit
from openmidas.cases.views.opening import ask_why, asked_again, opened, opened_for
from openmidas.cases.wording import ANSWERS, refusal, word_reason
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.list_wording import HIT_LEVELS as LEVELS
from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.page import shown_travellers
from openmidas.lists.views.opened import is_open, keep_open, kept
from openmidas.nodes.identity import this_node
from openmidas.posts import lookups
from openmidas.posts.access import actor
from openmidas.posts.refusals import Refused


@interview_room
@require_http_methods(["GET", "POST"])
def hit(request: HttpRequest, crossing: UUID, hit: UUID) -> HttpResponse:
    """The hit, of an interview that is open. That the officer looks at the listing is written down first.

    By POST: the purpose for which the interview is opened.
    """
    row, inspection, asked = _found(crossing, hit)
    if request.method == "POST" and (again := asked_again(request, row, hit)):
        return again
    if not opened(request, row):
        return ask_why(request, row, hit=hit)
    back = kept(request)
    if request.method == "POST" and not back:
        return redirect("hit", crossing, hit)
    _record_look(request, row, asked)
    return _page(request, row, inspection, asked, posted=back)


@interview_room
@require_POST
def answer(request: HttpRequest, crossing: UUID, hit: UUID) -> HttpResponse:
    """``said``: an answer and its reason, with a full stop between; ``note``; ``after``."""
    row, inspection, asked = _found(crossing, hit)
    try:
        resolve_hit(actor(request), crossing, hit, given_by(request))
    except Refused as refused:
        if not opened(request, row):
            return ask_why(request, row, refusal(refused), hit)
        return _page(request, row, inspection, asked, refusal(refused), request.POST)
    return redirect(f"{reverse('hit', args=[crossing, hit])}#answered")


def _found(crossing: UUID, hit: UUID) -> tuple[Crossing, Inspection, Question]:
    """Raises `Http404` where this post has no such hit."""
    row = Crossing.objects.filter(id=crossing, node=this_node().id).first()
    if row is None:
        raise Http404
    inspection = row.inspected()
    asked = question(inspection, hit)
    if asked is None:
        raise Http404
    return row, inspection, asked


def _record_look(request: HttpRequest, row: Crossing, asked: Question) -> None:
    """Once for each officer and hit within a while: the log says who saw what, not who reloads."""
    if is_open(request, asked.id):
        return
    what = f"listing {asked.said.list_code} {asked.said.listing}, crossing {row.id}"
    lookups.made(actor(request), *opened_for(request, row), what, 1)
    keep_open(request, asked.id)


def given_by(request: HttpRequest) -> Given:
    """The answer in a form: see `answer`."""
    said, _, reason = request.POST.get("said", "").partition(".")
    after = None
    with suppress(ValueError):  # none was there, or the form is not ours
        after = UUID(request.POST.get("after", ""))
    return Given(
        answer=Answer(said) if said in set(Answer) else None,
        reason=Reason(reason) if reason in set(Reason) else None,
        note=request.POST.get("note", ""),
        after=after,
    )


def _page(
    request: HttpRequest,
    row: Crossing,
    inspection: Inspection,
    asked: Question,
    problem: str | SafeString = "",
    posted: QueryDict | None = None,
) -> HttpResponse:
    page = hit_page(inspection, asked)
    context = {
        "page": page,
        "crossing": row,
        "waits": row.status == Status.REFERRED,
        "traveller": shown_travellers([inspection])[0],
        "level": LEVELS[asked.said.level],
        "choices": [
            (answer, ANSWERS[answer], [(f"{answer}.{r}", word_reason(answer, r)) for r in reasons])
            for answer, reasons in REASONS.items()
        ],
        "posted": posted,
        "until": remembered_until(),
        "problem": problem,
    }
    return render(request, "cases/hit.html", context, status=409 if problem else 200)
