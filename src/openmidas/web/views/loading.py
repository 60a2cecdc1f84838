"""How far the sample country is loaded, asked for every few seconds by the pages that say it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmidas.posts.access import open_to_all


@open_to_all
@require_safe
def loading(request: HttpRequest) -> HttpResponse:
    """The line with the progress bar; nothing once all is there, and at any node in service."""
    return render(request, "web/loading.html")
