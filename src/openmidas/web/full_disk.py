"""A full disk is told on every page that would have recorded something."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from openmidas.nodes.refusals import Refused
from openmidas.nodes.room import found_full
from openmidas.web.views.errors import disk_full


class FullDiskMiddleware:
    """Answers in words where a view's recording was refused, and the view did not say so itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a full disk; None for whatever else went wrong."""
        refused = isinstance(error, Refused) and error.code == "disk.full"
        return disk_full(request) if refused or found_full(error) else None
