"""An upload that was not read, because others are on their way, is told so in words."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from openmidas.web.doorway import BUSY
from openmidas.web.views.errors import busy


class BusyMiddleware:
    """Answers instead of the page where the doorway says that it did not read what was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return busy(request) if BUSY in request.META else self.get_response(request)
