"""A bus: opened, its manifest given, its travellers scanned at a lane, compared, closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from openmidas.crossings.conveyances import services
from openmidas.crossings.conveyances.limits import MOST, MOST_FILE_BYTES, MOST_TEXT, PLATE
from openmidas.crossings.conveyances.page import conveyance_page, conveyance_rows
from openmidas.crossings.conveyances.pictures import shown_at_post
from openmidas.crossings.conveyances.reading import (
    ReadManifest,
    read_manifest_file,
    read_manifest_text,
)
from openmidas.crossings.conveyances.services import Opening
from openmidas.crossings.conveyances.wording import KINDS, ROW_PROBLEMS
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Conveyance, Direction
from openmidas.crossings.limits import NOTE
from openmidas.crossings.views.counter import as_id, one_of, posted, posted_id
from openmidas.crossings.views.typing import form_id
from openmidas.crossings.wording import refusal
from openmidas.crossings.words import DIRECTIONS
from openmidas.journal import NodeKind
from openmidas.lists.views.from_file import InMemory
from openmidas.lists.wording import PAGE, word_error
from openmidas.nodes.services import node_day
from openmidas.posts.access import actor, allow, lane
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.screening import ListError

FORM_BYTES = 256 * 1024
"""What the form around a file may take, with the lines that were typed."""

at_the_barrier = allow(Role.PRIMARY, Role.SECOND_LINE, Role.HEAD_OF_POST, at=NodeKind.POST)


@at_the_barrier
@require_http_methods(["GET", "POST"])
def conveyances(request: HttpRequest) -> HttpResponse:
    """Those of the last day, and the form that opens one; posted: opened, or 409 with what was typed."""
    problem, next_id = None, issue_id()
    if request.method == "POST":
        try:
            id = posted_id(request)
            services.open_conveyance(actor(request), id, _opening(request))
        except Refused as refused:
            problem = refusal(refused)
            if refused.code != "form.saved_already":  # that one is of another conveyance
                next_id = form_id(request)
        else:
            return redirect("conveyance", conveyance=id)
    plate = request.GET.get("plate", "").strip()[:PLATE]
    context = {
        "rows": conveyance_rows(plate),
        "plate": plate,
        "kinds": KINDS,
        "directions": DIRECTIONS,
        "values": request.POST,
        "id": next_id,
        "most": MOST,
        "longest_plate": PLATE,
        "problem": problem,
    }
    status = 409 if problem else 200
    return render(request, "crossings/conveyances/list.html", context, status=status)


@at_the_barrier
@require_GET
def conveyance(request: HttpRequest, conveyance: UUID) -> HttpResponse:
    """One of them: who is missing, who is extra, who is on both."""
    return show(request, conveyance)


@at_the_barrier
@csrf_exempt  # the token is checked below, after the size: reading the token reads the whole upload
def manifest(request: HttpRequest, conveyance: UUID) -> HttpResponseBase:
    """``file`` with its ``encoding``, or ``text``; ``leave_out``: without the rows that have problems.

    A row that is not understood stops the whole, and all rows come back to be corrected.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_FILE_BYTES + FORM_BYTES:
        error = ListError("too_large", {"limit": str(MOST_FILE_BYTES)})
        return show(request, conveyance, word_error(error, Path(), PAGE), status=413)
    request.upload_handlers = [InMemory(request)]
    return _manifest(request, conveyance)


@csrf_protect
@require_POST
def _manifest(request: HttpRequest, conveyance: UUID) -> HttpResponse:
    try:
        read = _read(request)
        if read.problems and "leave_out" not in request.POST:
            return show(request, conveyance, read=read, status=422)
        services.give_manifest(
            actor(request), conveyance, posted_id(request), read.source, read.lines
        )
    except ListError as error:
        name = getattr(request.FILES.get("file"), "name", "") or ""
        return show(request, conveyance, word_error(error, Path(name), PAGE), status=422)
    except Refused as refused:
        return show(request, conveyance, refusal(refused), status=409)
    messages.success(request, _("The manifest is saved."))
    return redirect("conveyance", conveyance=conveyance)


@at_the_barrier
@require_POST
def here(request: HttpRequest, conveyance: UUID) -> HttpResponse:
    """Scan its travellers at the officer's lane from now on, or (``leave``) no longer."""

    def do() -> None:
        if "leave" in request.POST:
            services.leave_lane(actor(request))
        else:
            services.scan_here(actor(request), conveyance)

    after = "conveyance" if "leave" in request.POST else "counter"
    return _after(request, conveyance, do, after)


@at_the_barrier
@require_POST
def driver(request: HttpRequest, conveyance: UUID) -> HttpResponse:
    """Who drives it: ``crossing``, of those who came with it."""

    def do() -> None:
        try:
            crossing = as_id(request.POST.get("crossing", ""))
        except Refused as error:  # nobody is chosen yet
            raise Refused("conveyance.driver") from error
        services.name_driver(actor(request), conveyance, crossing)

    return _after(request, conveyance, do, "conveyance")


@at_the_barrier
@require_POST
def close(request: HttpRequest, conveyance: UUID) -> HttpResponse:
    """All are scanned. ``note``: what differs, and why."""

    def do() -> None:
        services.close_conveyance(actor(request), conveyance, request.POST.get("note", ""))

    return _after(request, conveyance, do, "conveyance")


def _after(
    request: HttpRequest, conveyance: UUID, do: Callable[[], None], name: str
) -> HttpResponse:
    try:
        do()
    except Refused as refused:
        return show(request, conveyance, refusal(refused), status=409)
    if name == "counter":
        return redirect("counter")
    try:
        services.found(conveyance)
    except Refused:  # it was closed after its day, and has no page any more
        return redirect("conveyances")
    return redirect(name, conveyance=conveyance)


def _read(request: HttpRequest) -> ReadManifest:
    """What was given. Raises `ListError`, `Refused`."""
    file = request.FILES.get("file")
    if file is None:
        return read_manifest_text(request.POST.get("text", ""), node_day())
    encoding = "cp1252" if request.POST.get("encoding") == "cp1252" else ""
    return read_manifest_file(file.read(), file.name or "", encoding, node_day())


def _opening(request: HttpRequest) -> Opening:
    """The form. Raises `Refused`."""
    seats = request.POST.get("seats", "").strip()
    if seats and not (seats.isascii() and seats.isdigit()):
        raise Refused("conveyance.seats", most=str(MOST))
    return Opening(
        what=one_of(Conveyance, posted(request, "what")),
        plate=" ".join(request.POST.get("plate", "").upper().split()),
        direction=one_of(Direction, posted(request, "direction")),
        company=request.POST.get("company", "").strip(),
        origin=request.POST.get("origin", "").strip(),
        destination=request.POST.get("destination", "").strip(),
        seats=int(seats[:6] or 0),
    )


def show(
    request: HttpRequest,
    conveyance: UUID,
    problem: str = "",
    *,
    read: ReadManifest | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a problem or with the rows that are to be corrected. Raises `Http404`."""
    try:
        row = services.found(conveyance)
    except Refused as error:
        raise Http404 from error
    problems = read.problems if read else ()
    typed = QueryDict() if status == 413 else request.POST  # what is too large is not read at all
    context = {
        "page": conveyance_page(row, lane(request)),
        "pictures": shown_at_post(row),
        "attach_to": reverse("conveyance-attach", args=[row.id]),
        "new_id": issue_id(),
        "posted": typed,
        "id": form_id(request) if read else issue_id(),
        "text": read.text if read else typed.get("text", ""),
        "row_problems": [(one.row, ROW_PROBLEMS[one.code], one.said) for one in problems],
        "note": typed.get("note", ""),
        "longest_text": MOST_TEXT,
        "longest_note": NOTE,
        "problem": problem,
    }
    return render(request, "crossings/conveyances/one.html", context, status=status)
