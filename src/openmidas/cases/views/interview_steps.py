"""What an officer writes down during an interview; each comes back to its page."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from openmidas.cases.access import interview_room
from openmidas.cases.interviews import services
from openmidas.cases.interviews.entries import Care, CareAnswer, HoldGround, Item
from openmidas.cases.interviews.history import earlier_crossings
from openmidas.cases.interviews.wording import refusal
from openmidas.cases.views.interview import found, show
from openmidas.cases.views.opening import first_say_why, opened
from openmidas.crossings.views.counter import as_id, one_of, posted, posted_id
from openmidas.lists.views.opened import kept
from openmidas.posts.access import actor
from openmidas.posts.refusals import Refused


@interview_room
@require_POST
def take(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``seen``: the taking that stood on the page, if there was one. Words that came too late come back."""

    def do() -> None:
        seen = request.POST.get("seen", "")
        services.take(actor(request), crossing, seen=as_id(seen) if seen else None)

    answer = _done(request, crossing, do)
    back = kept(request)
    return show(request, crossing, back=back) if back and answer.status_code == 302 else answer


@interview_room
@require_POST
def leave(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """Give the traveller back to the queue."""
    return _done(request, crossing, lambda: services.leave(actor(request), crossing))


@interview_room
@require_POST
def note(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``text``, and the ``id`` that the page was made with."""

    def do() -> None:
        services.note(actor(request), crossing, posted_id(request), request.POST.get("text", ""))

    return _done(request, crossing, do, "events")


@interview_room
@require_POST
def check(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``done``: each item that is ticked."""
    ticked = request.POST.getlist("done")
    done = frozenset(item for item in Item if item in ticked)
    return _done(
        request, crossing, lambda: services.check(actor(request), crossing, done), "checklist"
    )


@interview_room
@require_POST
def care(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``what``, ``answer``, ``said``, and the ``id`` that the page was made with."""

    def do() -> None:
        services.care(
            actor(request),
            crossing,
            posted_id(request),
            one_of(Care, posted(request, "what")),
            one_of(CareAnswer, posted(request, "answer")),
            request.POST.get("said", ""),
        )

    return _done(request, crossing, do, "care")


@interview_room
@require_POST
def hold(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """``ground`` and ``hold_note``; or ``free``: the traveller may leave again."""

    def do() -> None:
        if request.POST.get("free"):
            services.let_go(actor(request), crossing)
            return
        ground = request.POST.get("ground", "")
        if not ground:
            raise Refused("hold.ground")
        said = request.POST.get("hold_note", "")
        services.hold(actor(request), crossing, one_of(HoldGround, ground), said)

    return _done(request, crossing, do, "care")


@interview_room
@require_POST
def history(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """The earlier crossings of the same document: who looked is written down before they are shown."""
    row = found(crossing)
    if not opened(request, row):
        return first_say_why(row)
    history = earlier_crossings(actor(request), row)
    return show(request, crossing, asked=True, history=history)


def _done(
    request: HttpRequest, crossing: UUID, do: Callable[[], None], place: str = "main"
) -> HttpResponse:
    """Do it, and show the page again at that place; or say what stands against it."""
    try:
        do()
    except Refused as refused:
        return show(request, crossing, refusal(refused), wrong=refused.code)
    return redirect(f"{reverse('second-line-case', args=[crossing])}#{place}")
