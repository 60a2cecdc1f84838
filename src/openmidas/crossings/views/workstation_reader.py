"""The reader's own program on a workstation (`midas reader`): the page that pairs it, and who may ask it."""

from __future__ import annotations

from collections.abc import Mapping

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmidas.journal import NodeKind
from openmidas.posts.access import open_at


@open_at(NodeKind.POST)
@require_safe
def workstation_reader(request: HttpRequest) -> HttpResponseBase:
    """Pair and try a reader. Open to all: who sets up a workstation is not signed in there yet."""
    page = render(request, "crossings/workstation_reader.html", {"reader": settings.READER})
    return asks_reader(request, page)


def asks_reader(
    request: HttpRequest, page: HttpResponse, also: Mapping[str, list[str]] | None = None
) -> HttpResponseBase:
    """The page, allowed to connect to the reader's program on its own workstation, and to nothing else.

    ``also``: what else its policy allows, by directive. The policy of a page is said once: of two
    decorators the outer one would count alone.
    """
    allow = csp_update({"connect-src": [settings.READER], **(also or {})})
    answer: HttpResponseBase = allow(lambda _request: page)(request)
    return answer
