"""Pages for what goes wrong, in the user's words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def session_ended(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token does not fit: the session ended, or the page is too old."""
    return render(request, "web/errors/session_ended.html", status=403)
