"""What the camera of a workstation sees, read; nothing of it is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from openmidas.crossings.page import worded
from openmidas.crossings.photographs import Look, Result, look_at
from openmidas.crossings.views.counter import primary_line
from openmidas.crossings.wording import refusal
from openmidas.pictures.redrawing import MOST_GIVEN
from openmidas.pictures.uploads import FIELD, takes_pictures
from openmidas.posts.access import lane
from openmidas.posts.refusals import Refused

MEGABYTES = MOST_GIVEN // (1024 * 1024)


def _too_large(request: HttpRequest) -> HttpResponse:
    return _answer(
        request, Look(Result.NONE), Refused("picture.too_large", megabytes=str(MEGABYTES))
    )


@primary_line
@takes_pictures(_too_large)
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """As many as three pictures of one document: what they say, or why they cannot be read."""
    frames = [file.read() for file in request.FILES.getlist(FIELD)]
    try:
        seen = look_at(frames, lane(request), timezone.localdate())
    except Refused as refused:
        return _answer(request, Look(Result.NONE), refused)
    return _answer(request, seen)


def _answer(request: HttpRequest, seen: Look, problem: Refused | None = None) -> HttpResponse:
    context = {
        "look": seen,
        "findings": [worded(finding) for finding in seen.findings],
        "busy": problem is not None and problem.code == "camera.busy",
        "problem": refusal(problem) if problem else None,
    }
    status = 409 if problem else 200
    return render(request, "crossings/counter/camera_read.html", context, status=status)
