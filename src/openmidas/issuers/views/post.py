"""At a post: the States whose documents can be checked there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmidas.issuers.access import anybody
from openmidas.issuers.pages import state_rows


@anybody
@require_safe
def issuers(request: HttpRequest) -> HttpResponse:
    """Whose signatures are taken here, and since when."""
    return render(request, "issuers/post.html", {"states": state_rows()})
