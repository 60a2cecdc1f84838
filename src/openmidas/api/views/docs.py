"""The API's own description: a page for programmers, a document for programs, and what is neither.

Open to everybody at the HQ: who builds a system reads it before a token is asked for, and it tells
nothing about anybody.
"""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from openmidas.api.manual import manual
from openmidas.api.openapi import document
from openmidas.api.problems import NotAnswered
from openmidas.api.rate import PER_MINUTE
from openmidas.api.views.problems import answer_problem
from openmidas.journal import NodeKind
from openmidas.posts.access import open_at


@open_at(NodeKind.HQ)
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """What can be asked, how, and what is answered."""
    host = f"{request.scheme}://{request.get_host()}"
    context = {"manual": manual(document()), "host": host, "per_minute": PER_MINUTE}
    return render(request, "api/docs.html", context)


@open_at(NodeKind.HQ)
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The same for programs (OpenAPI 3.1, JSON)."""
    return HttpResponse(msgspec.json.encode(document()), content_type="application/json")


@open_at(NodeKind.HQ)
@csrf_exempt
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """There is nothing at this address: told to a program as a program reads it."""
    return answer_problem(NotAnswered(404, "address.unknown"))
