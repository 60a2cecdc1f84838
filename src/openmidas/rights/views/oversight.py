"""The oversight at the HQ: the complaints, one of them once its reader has said why, and its answer.

Who has not opened a complaint does not answer it: an answer to words that nobody read is none.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmidas.crossings.overview import post_names
from openmidas.crossings.receipts.issuing import crossing_of
from openmidas.journal import NodeKind
from openmidas.journal.models import new_id
from openmidas.lists.views.opened import is_open, kept, open_for, written
from openmidas.posts.access import actor, allow
from openmidas.posts.forms import OpenForm
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.rights import answering, limits
from openmidas.rights.entries import ComplaintOutcome
from openmidas.rights.models import ClosedComplaint, Complaint, ReceivedComplaint
from openmidas.rights.sealing import Unreadable
from openmidas.rights.taking_in import opened
from openmidas.rights.wording import KINDS, LANGUAGES, OUTCOMES, SHORT_KINDS, refusal

oversight = allow(Role.OVERSIGHT, at=NodeKind.HQ)


@oversight
@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """All complaints, those that wait longest first. Not what they say."""
    context = {"complaints": answering.complaints(), "kinds": SHORT_KINDS, "outcomes": OUTCOMES}
    return render(request, "rights/complaints.html", context)


@oversight
@require_http_methods(["GET", "POST"])
def complaint(request: HttpRequest, id: UUID) -> HttpResponse:
    """One complaint. What it says is shown once the purpose is given and the look-up is written."""
    row = get_object_or_404(Complaint, id=id)
    if request.method != "POST":
        return _shut(request, row)
    form, back = OpenForm(request.POST), kept(request)
    if not open_for(request, form, row.id, f"complaint {row.number}"):
        return _shut(request, row, form, back, 422)
    return _opened(request, row, back)


@oversight
@require_POST
def answer(request: HttpRequest, id: UUID) -> HttpResponse:
    """An answer (``words``), with an ``outcome`` that closes, or without."""
    row = get_object_or_404(Complaint, id=id)
    if not is_open(request, row.id):
        return _shut(request, row, back=written(request), status=409)
    outcome = request.POST.get("outcome", "")
    try:
        answering.answer_complaint(
            actor(request),
            row.id,
            _answer_id(request),
            request.POST.get("words", ""),
            ComplaintOutcome(outcome) if outcome in OUTCOMES else None,
        )
    except Refused as refused:
        return _opened(request, row, request.POST, refusal(refused), 422)
    messages.success(request, _("The answer is on its way to the kiosk of the post."))
    return redirect("complaints")


def _answer_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("answer", ""))
    except ValueError as error:
        raise Refused("request.broken") from error


def _shut(
    request: HttpRequest,
    row: Complaint,
    form: OpenForm | None = None,
    back: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    """The question why it is opened. ``back``: an answer that came before, and is not lost."""
    return _page(request, row, {"form": form or OpenForm(), "kept": back}, status)


def _opened(
    request: HttpRequest, row: Complaint, typed: QueryDict, problem: str = "", status: int = 200
) -> HttpResponse:
    """What it says, and the form of the answer with what was ``typed`` there."""
    form = {"words": typed.get("words", ""), "chosen": typed.get("outcome", "")}
    # What was sent twice has one id, so that it is one answer.
    same = {"answer_id": typed["answer"]} if typed.get("answer") and not problem else {}
    return _page(request, row, _in_full(row) | form | same | {"problem": problem}, status)


def _page(
    request: HttpRequest, row: Complaint, context: dict[str, object], status: int
) -> HttpResponse:
    closed = ClosedComplaint.objects.filter(id=row.id).first()
    received = ReceivedComplaint.objects.filter(id=row.id).first()
    usual = {
        "complaint": row,
        "post": post_names().get(row.node, str(row.node)),
        "received": received,
        "about": KINDS.get(received.about, "") if received else "",
        "closed": closed,
        "outcome": OUTCOMES.get(closed.outcome, "") if closed else "",
        "outcomes": OUTCOMES,
        "answer_id": new_id(),
        "most": limits.ANSWER,
    }
    return render(request, "rights/complaint.html", usual | context, status=status)


def _in_full(row: Complaint) -> dict[str, object]:
    try:
        said = opened(row)
    except Unreadable:
        return {"unreadable": True}
    answers = answering.answers_of(row, said.secret)
    return {
        "said": said,
        "crossing": crossing_of(said.receipt, list(post_names())) if said.receipt else None,
        "language": LANGUAGES.get(said.language, said.language),
        "answers": [(one.at, told.words if told else "") for one, told in answers],
    }
