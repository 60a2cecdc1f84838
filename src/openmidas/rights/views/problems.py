"""What goes wrong on the pages for the public, told without a link to anything inside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.translation import override

from openmidas.nodes.identity import this_node
from openmidas.rights.public import public_page
from openmidas.rights.wording import LANGUAGES, PROBLEMS


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what the browser sent cannot be understood."""
    return _problem(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: a form of another site."""
    return _problem(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page."""
    return _problem(request, 404)


def server_error(request: HttpRequest, status: int = 500) -> HttpResponse:
    """500: a mistake of ours, or no database. Hence without what would be asked of it."""
    page = get_template("rights/public/problem.html")
    with override(_language(request)):
        text = page.render(
            {"told": PROBLEMS[500], "place": this_node().config.name, "spoken": LANGUAGES}
        )
    return HttpResponse(text, status=status)


def disk_full(request: HttpRequest) -> HttpResponse:
    """507: there is no room to record anything."""
    return server_error(request, 507)


def _problem(request: HttpRequest, status: int) -> HttpResponse:
    with override(_language(request)):
        return public_page(request, "problem.html", {"told": PROBLEMS[status]}, status)


def _language(request: HttpRequest) -> str:
    parts = request.path.strip("/").split("/")
    return next((part for part in parts if part in LANGUAGES), "fr")
