"""The addresses of the API, and of the pages about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from openmidas.api.problems import NotAnswered
from openmidas.api.views import docs, systems
from openmidas.api.views.problems import answer_problem
from openmidas.api.views.v1 import api
from openmidas.journal import NodeKind
from openmidas.posts.access import open_at

POSTED = frozenset({"api-screen"})
"""Questions about a person come in a body: an address is written down by machines on the way."""

View = Callable[..., HttpResponseBase]


def for_systems(view: View, method: str) -> View:
    """The view checks a token by itself, and no session; it takes one method and no other."""

    @open_at(NodeKind.HQ)
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.method == method:
            return view(request, **kwargs)
        response = answer_problem(NotAnswered(405, "method.not_allowed"))
        response["Allow"] = method
        return response

    return answer


def _addresses() -> list[URLPattern]:
    """What ninja serves, each view with the project's own rule; ninja's own pages are left out."""
    served = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    return [
        path(
            f"api/v1/{one.pattern}",
            for_systems(one.callback, "POST" if one.name in POSTED else "GET"),
            name=one.name,
        )
        for one in served
    ]


urlpatterns = [
    path("hq/systems/", systems.systems, name="systems"),
    path("hq/systems/new/", systems.admit, name="system-admit"),
    path("hq/systems/<uuid:id>/", systems.system, name="system"),
    path("hq/systems/<uuid:id>/revoke/", systems.revoke, name="system-revoke"),
    path("api/v1/docs/", docs.docs, name="api-docs"),
    path("api/v1/openapi.json", docs.openapi, name="api-openapi"),
    *_addresses(),
    path("api/<path:rest>", docs.unknown, name="api-unknown"),
]
