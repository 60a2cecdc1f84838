"""Health checks: who waits, one traveller, writing down a check, the word for the others.

A role opens the pages; what stands there is for the members of the medical compartment, after the
look-up is written down.
"""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.crossings.views.counter import posted_id
from openmidas.crossings.views.typing import form_id
from openmidas.health import services
from openmidas.health.access import (
    crossing_here,
    file_of,
    for_members,
    interview_room,
    is_member,
    name_of_file,
    readers,
)
from openmidas.health.entries import Word
from openmidas.health.forms import USUAL_DAYS, CheckForm
from openmidas.health.page import alerts_on, checks_of, files_here, in_lines, posts_by_id
from openmidas.health.publishing import in_force
from openmidas.health.signs import words_on
from openmidas.health.wording import LOOKS, WORDS, refusal, word_sign
from openmidas.incidents.models import number_of
from openmidas.lists.views.opened import is_open, keep_open, open_for
from openmidas.nodes.identity import this_node
from openmidas.posts.access import actor, signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.lookups import Purpose
from openmidas.posts.refusals import Refused

ON_A_PAGE = 50
USUALLY = {"purpose": Purpose.CASE}


@readers
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """Who waits for health at this post, and who was checked; at the HQ those of all posts."""
    if not is_member(signed_in(request)):
        return render(request, "health/closed.html", {"at_hq": this_node().is_hq})
    page = Paginator(files_here(), ON_A_PAGE).get_page(request.GET.get("page"))
    now = in_force()
    context = {
        "page": page,
        "rows": in_lines(page),
        "at_hq": this_node().is_hq,
        "published": now is not None,
        "stale": now is not None and now.stale,
    }
    return render(request, "health/checks.html", context)


@readers
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """One traveller. By POST: the purpose for which the file is opened."""
    row = crossing_here(crossing)
    if not is_member(signed_in(request)):
        context = {"at_hq": this_node().is_hq, "crossing": row.id}
        return render(request, "health/closed.html", context)
    if is_open(request, file_of(crossing)) and request.method == "GET":
        return _page(request, row)
    what = f"health {name_of_file(row)}"
    return ask_purpose(request, row, id=file_of(crossing), what=what, then="health-check")


@interview_room
@require_POST
def save(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """The fields of `forms.CheckForm`, and ``id``: of the check."""
    row = _of_member(request, crossing)
    form = CheckForm(request.POST, days=_days())
    if not form.is_valid():
        return _page(request, row, form, id=form_id(request), status=422)
    try:
        met = services.check(actor(request), crossing, form.said(posted_id(request)))
    except Refused as refused:
        form.refuse(refused)
        return _page(request, row, form, id=_id_after(request, refused), status=409)
    if is_open(request, file_of(crossing)):
        keep_open(request, file_of(crossing))
    if met:
        messages.warning(request, _("Saved. An alert definition is met: see what to do below."))
    else:
        messages.success(request, _("Saved."))
    return redirect("health-check", crossing=crossing)


@interview_room
@require_POST
def answer(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``word``: all that the others are told; ``id``: of the answer."""
    row = _of_member(request, crossing)
    word = None
    with suppress(ValueError):
        word = Word(request.POST.get("word", ""))
    try:
        services.answer(actor(request), crossing, posted_id(request), word)
    except Refused as refused:
        id = _id_after(request, refused)
        return _page(request, row, problem=refusal(refused), id=id, status=409)
    messages.success(request, _("The others are told: %(word)s.") % {"word": WORDS[str(word)]})
    return redirect("health-check", crossing=crossing)


def ask_purpose(
    request: HttpRequest, row: Crossing, *, id: UUID, what: str, then: str, results: int = 1
) -> HttpResponse:
    """Ask why something is opened; once that is written down, go to the page ``then``.

    ``id``: what is kept open for some minutes; ``what``, ``results``: what the look-up says.
    """
    form = OpenForm(request.POST) if request.method == "POST" else OpenForm(initial=USUALLY)
    if request.method == "POST" and open_for(request, form, id, what, results):
        return redirect(then, crossing=row.id)
    context = {"form": form, "crossing": row, "number": number_of(row.id.hex), "then": then}
    return render(request, "health/purpose.html", context, status=422 if form.errors else 200)


def _of_member(request: HttpRequest, crossing: UUID) -> Crossing:
    """One that this officer may write of, also when the file was closed meanwhile: what was typed is not
    lost. Raises `Http404`, `PermissionDenied`."""
    row = crossing_here(crossing)
    for_members(request)
    return row


def _id_after(request: HttpRequest, refused: Refused) -> UUID:
    """The id of the form that comes back: another where that one is saved with something else in it."""
    return issue_id() if refused.code == "form.saved_already" else form_id(request)


def _days() -> int:
    now = in_force()
    return now.said.days if now else USUAL_DAYS


def _page(
    request: HttpRequest,
    row: Crossing,
    form: CheckForm | None = None,
    *,
    problem: str | SafeString = "",
    id: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    """``id``: of the form or the word that comes back. Of a file that is not open only the form is shown."""
    word = words_on([row.id])[row.id]
    now = in_force()
    opened = is_open(request, file_of(row.id))
    context = {
        "crossing": row,
        "number": number_of(row.id.hex),
        "post": posts_by_id().get(row.node, this_node().config.name),
        "opened": opened,
        "alerts": alerts_on(row) if opened else [],
        "checks": checks_of(row) if opened else [],
        "word": word_sign(word) if word else "",
        "look": LOOKS.get(word, "look"),
        "form": form or CheckForm(days=_days()),
        "places": now.said.places if now else (),
        "answers": [(code, WORDS[code]) for code in Word],
        "id": id if form is not None else issue_id(),
        "answer_id": id if problem else issue_id(),
        "problem": problem,
        "may_write": row.node == this_node().id and not this_node().is_hq,
        "published": now is not None,
        "stale": now is not None and now.stale,
    }
    return render(request, "health/check.html", context, status=status)
