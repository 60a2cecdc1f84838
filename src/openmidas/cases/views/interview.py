"""The second line: who waits, one traveller in full, and the decision."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openmidas.cases.access import interview_room
from openmidas.cases.interviews.page import interview_page, queue_page
from openmidas.cases.interviews.pictures import shown_of_interview
from openmidas.cases.interviews.services import Decision, came_to_second_line, decide
from openmidas.cases.interviews.wording import CARE, CARE_ANSWERS, HOLD_GROUNDS, refusal
from openmidas.cases.referrals.page import referrals_of
from openmidas.cases.refusal_form.filling import LANGUAGES
from openmidas.cases.refusal_form.services import refused_here
from openmidas.cases.refusal_form.wording import SIGNED, UNDERSTOOD
from openmidas.cases.refusal_form.wording import SPOKEN as SPOKEN_LANGUAGES
from openmidas.cases.taking_over.standing import standing_of
from openmidas.cases.views.opening import ask_why, asked_again, opened
from openmidas.crossings import hits, second_line
from openmidas.crossings.entries import (
    AdmissionReason,
    HandedTo,
    OpenHitReason,
    Outcome,
    RefusalReason,
)
from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing, Status
from openmidas.crossings.page import shown_findings, shown_travellers
from openmidas.crossings.signs import signs_of
from openmidas.crossings.telling import for_post
from openmidas.crossings.views.counter import one_of, posted
from openmidas.crossings.words import (
    ADMISSION_CHOICES,
    ADMISSION_REASONS,
    HANDED_TO,
    OPEN_HIT_REASONS,
    OUTCOMES,
    REFERRAL_REASONS,
    REFUSAL_REASONS,
)
from openmidas.lists.views.opened import keep_open, kept
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time
from openmidas.posts.access import actor, from_script, signed_in
from openmidas.posts.models import Officer
from openmidas.posts.refusals import Refused

LATELY = timedelta(hours=24)
"""For how long who was decided on stands below the queue: until the next shift at the same hour."""

MOST_DECIDED = 100


@interview_room
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Those who wait, longest first, asked for again every few seconds; and who was decided on lately."""
    context: dict[str, object] = {"waiting": queue_page(second_line.queue(), signed_in(request))}
    if from_script(request):
        return render(request, "cases/interview/queue_rows.html", context)
    context["decided"] = second_line.decided_since(node_time() - LATELY)[:MOST_DECIDED]
    return render(request, "cases/interview/queue.html", context)


@interview_room
@require_http_methods(["GET", "POST"])
def interview(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """One traveller, with everything that the primary line saw and all that happened since.

    By POST: the purpose for which it is opened.
    """
    if request.method != "POST":
        return show(request, crossing)
    if again := asked_again(request, found(crossing)):
        return again
    back = kept(request)
    return show(request, crossing, back=back) if back else redirect("second-line-case", crossing)


@interview_room
@require_POST
def resolve(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``outcome``, its ``reason``, ``note``; ``open_hit``: why a hit stays without an answer.

    ``stay``: something else was typed on the page that is not saved yet; it comes again.
    """
    try:
        decision = _decision(request)
        decide(actor(request), crossing, decision)
    except Refused as refused:
        return show(request, crossing, refusal(refused))
    if found(crossing).resolved_by == signed_in(request).id:
        keep_open(request, crossing)  # whoever has just decided prints the form, or adds a word
    said = _("Saved: %(outcome)s.") % {"outcome": OUTCOMES[decision.outcome]}
    case = reverse("second-line-case", args=[crossing])
    if decision.outcome is Outcome.REFUSED:  # the form is to be printed and explained now
        messages.success(request, said)
        return redirect(f"{case}#refusal")
    if request.POST.get("stay"):
        messages.success(request, said)
        return redirect(case)
    more = format_html('{} <a href="{}">{}</a>', said, case, _("Open the interview again"))
    messages.success(request, more)
    return redirect("second-line")


def _decision(request: HttpRequest) -> Decision:
    outcome = one_of(Outcome, posted(request, "outcome"))
    given = request.POST.get("reason", "")
    open_hit = request.POST.get("open_hit", "")
    return Decision(
        outcome=outcome,
        refusal=RefusalReason(given) if given in REFUSAL_REASONS else None,
        admission=AdmissionReason(given) if given in ADMISSION_CHOICES else None,
        handed_to=HandedTo(given) if given in HANDED_TO else None,
        open_hit=OpenHitReason(open_hit)
        if outcome is Outcome.ADMITTED and open_hit in OPEN_HIT_REASONS
        else None,
        note=request.POST.get("note", ""),
    )


def found(crossing: UUID) -> Crossing:
    """A crossing of this post. Raises `Http404`."""
    row = Crossing.objects.filter(id=crossing, node=this_node().id).first()
    if row is None:
        raise Http404
    return row


def show(
    request: HttpRequest,
    crossing: UUID,
    problem: SafeString | str = "",
    back: QueryDict | None = None,
    **more: object,
) -> HttpResponse:
    """The page of an interview; with a problem, what was typed stands where it was. Raises `Http404`.

    To whom it is not open: the question why they open it. ``back``: what was typed before it closed.
    """
    row = found(crossing)
    if not opened(request, row):
        return ask_why(request, row, problem)
    inspection = row.inspected()
    links = hits.links(inspection)
    said = {link.answer for link in links.values()}
    context = {
        "crossing": row,
        # Hits and incidents lead here from travellers, too, whom the lane let cross: nobody interviewed.
        "interview": interview_page(row, signed_in(request).id)
        if came_to_second_line(row)
        else None,
        "traveller": shown_travellers([inspection])[0],
        "findings": shown_findings((inspection,), for_post, links),
        "unanswered": sum(not link.answer for link in links.values()),
        "open_hits": len(hits.unanswered(inspection)),
        "open_hit_reasons": OPEN_HIT_REASONS,
        # Whose hits are all somebody else's is let cross for that: still for the officer to say.
        "likely": AdmissionReason.NOT_THE_PERSON if said == {"not_same"} else "",
        "officer": Officer.objects.filter(id=row.officer).first() if row.officer else None,
        "referral": REFERRAL_REASONS.get(row.reason, ""),
        "refusal_reasons": REFUSAL_REASONS,
        "admission_reasons": ADMISSION_CHOICES,
        "handed_to": HANDED_TO,
        "outcome": None if row.status == Status.REFERRED else OUTCOMES[row.status],
        "why": (REFUSAL_REASONS | ADMISSION_REASONS | HANDED_TO).get(
            row.refusal_reason or row.admission_reason or row.handed_to, ""
        ),
        "care": CARE,
        "care_answers": CARE_ANSWERS,
        "hold_grounds": HOLD_GROUNDS,
        "has_form": refused_here(row.id) is not None,
        "form_languages": LANGUAGES,
        "spoken": SPOKEN_LANGUAGES,
        "understood": UNDERSTOOD,
        "signed": SIGNED,
        "referrals": referrals_of(row, signed_in(request)),
        "signs": signs_of([row.id], signed_in(request)).get(row.id, ()),
        "taking_over": standing_of(row),
        "pictures": shown_of_interview(row.id),
        "attach_to": reverse("interview-attach", args=[row.id]),
        "new_id": issue_id(),
        "posted": back or request.POST,
        "problem": problem,
        **more,
    }
    status = 409 if problem else 200
    return render(request, "cases/interview/interview.html", context, status=status)
