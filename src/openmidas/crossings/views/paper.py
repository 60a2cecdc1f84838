"""What the post did not check live: a line of the paper register, or a number of travellers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.crossings.cards import document_of_card, journey_with, read_card
from openmidas.crossings.counting import Count, counts_to_correct, record_count
from openmidas.crossings.entries import OLDEST, Outcome, RefusalReason
from openmidas.crossings.hits import links
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Journey, Purpose
from openmidas.crossings.models import Crossing
from openmidas.crossings.page import ShownFinding, shown_findings
from openmidas.crossings.paper_pages import PaperPages, beside, pages_of
from openmidas.crossings.reckoning import reckoning
from openmidas.crossings.recording import PaperLine, lines_to_correct, record_line
from openmidas.crossings.telling import for_post
from openmidas.crossings.views.counter import one_of, posted_id, posted_journey
from openmidas.crossings.views.paper_fields import (
    count_in,
    day_of,
    moment_of,
    values_of_count,
    values_of_line,
)
from openmidas.crossings.views.typing import ERRORS, Typed, card_number, form_id, read_typed
from openmidas.crossings.wording import refusal
from openmidas.crossings.words import (
    CONVEYANCES,
    COUNT_REASONS,
    DIRECTIONS,
    OUTCOMES,
    PURPOSES,
    REFUSAL_REASONS,
    SEXES,
    TYPED_DOCUMENTS,
    states_to_choose,
)
from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role

registrars = allow(Role.SECOND_LINE, Role.HEAD_OF_POST, at=NodeKind.POST)

MOMENT_ERRORS: dict[str, Promise] = {
    "day": _("Give the day of the crossing."),
    "time": _("Give the time of the crossing, for example 14:30."),
}
KEPT = (
    "day",
    "nationality",
    "direction",
    "purpose",
    "conveyance",
    "origin",
    "destination",
)
"""What the next line of a register often has in common with the one before."""
LINE_ERRORS = MOMENT_ERRORS | ERRORS
COUNT_ERRORS: dict[str, Promise] = {
    "day": _("Give the day that was counted."),
    "number": _("Give the number of travellers in digits."),
    "since": _("Give the hours of the count as 14:00, or none."),
    "until": _("Give the hours of the count as 14:00, or none."),
}


@registrars
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """Both forms, and what was entered last. ``line`` or ``count``: the one that is corrected."""
    entered = _lines(request)
    line = _one_of(entered, request.GET.get("line"))
    saved = _one_of(entered, request.GET.get("saved"))
    count = _one_of(counts_to_correct(), request.GET.get("count"))
    values = values_of_line(line or saved) if line or saved else {}
    return show(
        request,
        line=values if line else _for_the_next(values),
        count=values_of_count(count) if count else {},
        saved=saved,
        pages=beside(day_of({"day": request.GET.get("pages", "")}) or day_of(values)),
    )


@registrars
@require_http_methods(["GET", "POST"])
def line(request: HttpRequest) -> HttpResponse:
    """A line as typed: the page with what the lists say, or the form again with 422 or 409."""
    if request.method != "POST":
        return redirect("paper")
    crossed_at, wrong = moment_of(request.POST)
    pages = beside(day_of({"day": request.POST.get("pages", "")}))
    try:
        typed = _typed(request)
        if wrong or typed.errors or crossed_at is None:
            return show(
                request,
                line=_posted(request),
                errors=_worded(wrong + typed.errors),
                pages=pages,
                status=422,
            )
        saved = record_line(
            actor(request),
            posted_id(request),
            _line(request, typed, crossed_at),
            correct="correct" in request.POST,
            again="again" in request.POST,
            pages=pages_of(this_node().id, pages.day) if pages.pictures else None,
        )
    except Refused as refused:
        return show(
            request,
            line=_posted(request),
            problem=refusal(refused),
            there=refused.code == "recording.there",
            pages=pages,
            status=409,
        )
    after = f"&pages={pages.day.isoformat()}" if pages.pictures else ""
    return redirect(f"{reverse('paper')}?saved={saved.id}{after}")


@registrars
@require_http_methods(["GET", "POST"])
def count(request: HttpRequest) -> HttpResponse:
    """A number of travellers: the page again, with 422 or 409 where it cannot be."""
    if request.method != "POST":
        return redirect("paper")
    try:
        counted = count_in(request.POST)
        if not isinstance(counted, Count):
            told = {field: COUNT_ERRORS[field] for field in counted}
            return show(request, count=_posted(request), count_errors=told, status=422)
        correct = "correct" in request.POST
        again = "again" in request.POST
        record_count(actor(request), posted_id(request), counted, correct=correct, again=again)
    except Refused as refused:
        return show(
            request,
            count=_posted(request),
            count_problem=refusal(refused),
            there=refused.code == "count.there",
            status=409,
        )
    messages.success(request, gettext("Saved."))
    return redirect("paper")


def _typed(request: HttpRequest) -> Typed:
    """The traveller as typed; of a border resident's card the number is enough. Raises `Refused`."""
    if card := read_card(card_number(request.POST)):
        return Typed(traveller=card.traveller, document=document_of_card(card), errors=())
    day, now = day_of(request.POST), node_day()
    # An age counts from the day of the line. Where that day cannot be, it is the day that is said to be
    # wrong, and not the birth date.
    possible = day is not None and now - OLDEST <= day <= now
    return read_typed(request.POST, today=day if possible else None)


def _for_the_next(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the next line begins with: that somebody lives at the border says nothing of the next one."""
    kept = {name: values[name] for name in KEPT if name in values}
    return {name: value for name, value in kept.items() if value != Purpose.RESIDENT}


def _line(request: HttpRequest, typed: Typed, crossed_at: datetime) -> PaperLine:
    """The whole line. Raises `Refused`."""
    given = request.POST.get("refusal", "")
    return PaperLine(
        traveller=typed.traveller,
        document=typed.document,
        journey=journey_with(typed.document, posted_journey(request), crossed_at.date()),
        crossed_at=crossed_at,
        outcome=one_of(Outcome, request.POST.get("outcome", "")),
        refusal=one_of(RefusalReason, given) if given else None,
    )


def _lines(request: HttpRequest) -> list[Crossing]:
    return lines_to_correct(signed_in(request).id)


def _on_a_list(row: Crossing) -> bool:
    return any(finding.code == "list_hit" for finding in for_post(row.inspected().findings))


def _one_of(rows: list[Any], id: str | None) -> Any:
    return next((row for row in rows if str(row.id) == id), None)


def _posted(request: HttpRequest) -> dict[str, Any]:
    """What was typed, to be shown again; with the id that the form had."""
    return {**request.POST.dict(), "id": form_id(request)}


def _worded(wrong: tuple[str, ...]) -> dict[str, Promise]:
    return {field: text for field, text in LINE_ERRORS.items() if field in wrong}


def _findings(saved: Crossing) -> list[ShownFinding]:
    inspection = saved.inspected()
    return shown_findings((inspection,), for_post, links(inspection))


def show(
    request: HttpRequest,
    *,
    line: Mapping[str, Any] | None = None,
    count: Mapping[str, Any] | None = None,
    saved: Crossing | None = None,
    errors: Mapping[str, Promise] | None = None,
    count_errors: Mapping[str, Promise] | None = None,
    problem: str = "",
    count_problem: str = "",
    there: bool = False,
    pages: PaperPages | None = None,
    page_problem: str = "",
    status: int = 200,
) -> HttpResponse:
    usual = {"nationality": this_node().config.state, **msgspec.structs.asdict(Journey())}
    values = {"id": issue_id(), **usual, **(line or {})}
    context = {
        "values": values,
        "errors": errors or {},
        "problem": problem,
        "count": {"id": issue_id(), **(count or {})},
        "count_errors": count_errors or {},
        "count_problem": count_problem,
        "there": there,  # what was typed looks like what was typed before: a button saves it all the same
        "saved": saved,
        "findings": _findings(saved) if saved else (),
        "hit": saved is not None and _on_a_list(saved),
        "lines": _lines(request),
        "counts": counts_to_correct(),
        "reckoning": reckoning(day_of(request.GET) or node_day(), [this_node().id]),
        "today": node_day().isoformat(),
        "sexes": SEXES,
        "documents": TYPED_DOCUMENTS,
        "states": states_to_choose(),
        "directions": DIRECTIONS,
        "purposes": PURPOSES,
        "conveyances": CONVEYANCES,
        "outcomes": {code: OUTCOMES[code] for code in (Outcome.ADMITTED, Outcome.REFUSED)},
        "refusal_reasons": REFUSAL_REASONS,
        "count_reasons": COUNT_REASONS,
        "paper_pages": pages or beside(None),  # the base page calls its navigation "pages"
        "picture_problem": page_problem,
        "attach_to": reverse("paper-attach"),
        "new_id": issue_id(),
        "posted": request.POST if page_problem else {},
    }
    return render(request, "crossings/paper.html", context, status=status)
