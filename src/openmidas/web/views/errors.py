"""Pages for what goes wrong, in the user's words, and never with a guess at what the user did."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from openmidas.posts.access import from_script
from openmidas.rights.public import for_everybody
from openmidas.rights.views import problems

View = Callable[..., HttpResponse]


class Problem(msgspec.Struct, frozen=True):
    """What went wrong, and what the button says that leads on."""

    title: str
    text: str
    way_on: str


def _or_for_the_public(theirs: View) -> Callable[[View], View]:
    """Below the public's prefix, its own page: without a cookie, and without a way inside."""

    def choose(ours: View) -> View:
        @wraps(ours)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return (theirs if for_everybody(request) else ours)(request, *args, **kwargs)

        return shown

    return choose


@_or_for_the_public(problems.bad_request)
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself cannot be understood."""
    text = _("What the browser sent could not be read. Nothing was changed.")
    return _answer(
        request, 400, Problem(_("The request was not understood"), text, _("To my first page"))
    )


@_or_for_the_public(problems.forbidden)
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: another role may do this."""
    text = _(
        "Your role does not open this page. If you need it, ask your head of post or headquarters."
    )
    return _answer(request, 403, Problem(_("Not for your role"), text, _("To my first page")))


@_or_for_the_public(problems.not_found)
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page here."""
    text = _("This page does not exist here, or what it showed is not there any more.")
    return _answer(request, 404, Problem(_("Not found"), text, _("To my first page")))


def session_ended(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token does not fit: the session ended, or the page is too old."""
    text = _(
        "This page is older than your session, so what it sent was not taken. "
        "Nothing was changed. Open the page again and repeat the step."
    )
    return _answer(request, 403, Problem(_("The page was too old"), text, _("To my first page")))


@_or_for_the_public(problems.server_error)
def server_error(request: HttpRequest) -> HttpResponse:
    """500: a mistake of ours, or no database. Hence without base page, user or context."""
    problem = Problem(
        _("Something went wrong here"),
        _(
            "What was saved before is safe. Try again; if it happens again, tell your head of "
            "post what you were doing and the time."
        ),
        _("Try again"),
    )
    page = get_template("web/errors/server_error.html").render({"problem": problem})
    return HttpResponse(page, status=500)


@_or_for_the_public(problems.disk_full)
def disk_full(request: HttpRequest) -> HttpResponse:
    """507: there is no room to record anything; see `openmidas.nodes.room`."""
    text = _(
        "The disk of this machine is full, so nothing was recorded. Write on paper, and call your "
        "administrator now. What was recorded before is safe, and can be read."
    )
    problem = Problem(_("The disk is full"), text, _("To my first page"))
    return _answer(request, 507, problem)


def busy(request: HttpRequest) -> HttpResponse:
    """503: so many pictures and lists are on their way that this one was not read."""
    text = _(
        "Other pictures or lists are just being taken in, so what you sent was not. Nothing is lost: "
        "reload this page in ten seconds, and your browser sends it again."
    )
    problem = Problem(_("Busy: please send it again"), text, _("To my first page"))
    answer = _answer(request, 503, problem)
    answer["Retry-After"] = "10"
    return answer


def _answer(request: HttpRequest, status: int, problem: Problem) -> HttpResponse:
    context = {"problem": problem, "in_page": from_script(request)}
    return render(request, "web/errors/problem.html", context, status=status)
