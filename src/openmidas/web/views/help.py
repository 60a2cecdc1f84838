"""The documentation site, as files of the package. It holds nobody's data and is open to all."""

from __future__ import annotations

import mimetypes

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openmidas.posts.access import open_to_all
from openmidas.web import help as documentation


@open_to_all
@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    """To the page that helps on the page named by ``for``, in the language of the officer."""
    if documentation.find_file("") is None:
        return render(request, "web/no_help.html", status=404)
    page = documentation.page_for(request.GET.get("for"), get_language() or "fr")
    return redirect("help-file", page or "index.html")


@open_to_all
@require_safe
def help_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the site. Raises `Http404` where there is none."""
    file = documentation.find_file(path)
    if file is None:
        raise Http404
    if file.name == "index.html" and not path.endswith(("/", ".html")):
        return redirect("help-file", f"{path}/")  # links of the page are relative to its folder
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    answer = HttpResponse(file.read_bytes(), content_type=kind)
    return csp_update(documentation.policy())(lambda _request: answer)(request)
