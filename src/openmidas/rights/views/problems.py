"""What goes wrong on the pages for the public, told without a link to anything inside."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from openmidas.rights.public import public_page
from openmidas.rights.wording import LANGUAGES


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what the browser sent cannot be understood."""
    return _problem(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: a form of another site."""
    return _problem(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page."""
    return _problem(request, 404)


def _problem(request: HttpRequest, status: int) -> HttpResponse:
    parts = request.path.strip("/").split("/")
    language = next((part for part in parts if part in LANGUAGES), "fr")
    with override(language):
        return public_page(request, "problem.html", {}, status)
